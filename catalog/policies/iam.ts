import type { PolicyRecord } from "../policy";

/** Rights in IAM and in key policies of AWS KMS. */
export const iamPolicies: readonly PolicyRecord[] = [
    {
        name: "iam-no-wildcard-actions",
        displayName: "No wildcard actions",
        description:
            "Policies of a key-server stack must name actions: no `*`, no `service:*`, no allow with NotAction or NotResource.",
        rationale: "A wildcard grants what nobody thought of, and what AWS adds tomorrow.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "List the actions that are needed.",
            example:
                'new aws.iam.RolePolicy("logs", { role: serverRole.name, policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: pulumi.interpolate`${logGroup.arn}:*` }] } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "kms-rotation",
        displayName: "Keys are rotated",
        description:
            "Symmetric encryption keys with AWS key material must be rotated automatically within the period.",
        rationale: "A key that never changes exposes everything that was ever encrypted under it.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set enableKeyRotation to true.",
            example:
                'new aws.kms.Key("volumes", { enableKeyRotation: true, rotationPeriodInDays: 365 });',
        },
        remediable: true,
        parameters: ["keyRotationDays"],
    },
];
