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
    {
        name: "iam-no-wildcard-resource",
        displayName: "No wildcard resources where a resource can be named",
        description: "Statements must name resources for every action that supports it.",
        rationale: "A right on everything reaches other teams' keys, logs and servers.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the resource's ARN.",
            example:
                'new aws.iam.RolePolicy("unseal", { role: serverRole.name, policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"], Resource: unsealKey.arn }] } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "iam-no-privilege-escalation",
        displayName: "No way to more rights",
        description:
            "No role of a key-server stack may be able to give itself or another principal more rights, pass roles without limits, or issue certificates of authorities.",
        rationale: "A role that can raise itself has every right already.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Remove the action, or limit PassRole to one role and one service.",
            example:
                'new aws.iam.RolePolicy("pass", { role: windowRole.name, policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["iam:PassRole"], Resource: serverRole.arn, Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } } }] } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "iam-trust-scoped",
        displayName: "Trust is limited to those expected",
        description:
            "Roles may be assumed by expected services and accounts only, with conditions on the source where the service sends them and an external id for foreign accounts.",
        rationale:
            "An open trust lets a stranger, or a service that acts for one, become the key server.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the service, and the account it acts for.",
            example:
                'new aws.iam.Role("window", { assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "ssm.amazonaws.com" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }] } });',
        },
        remediable: false,
        parameters: ["trustedServices", "trustedAccounts"],
    },
    {
        name: "references-stay-in-account",
        displayName: "Nothing leans on a foreign account",
        description:
            "Keys, log destinations, topics, roles and functions that a key server's resources name must lie in the stack's own account or in an approved one.",
        rationale:
            "Whoever owns the key, the log group or the topic decides whether data can be read and whether records and alarms arrive.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name a resource of this stack, or list the other account in trustedAccounts.",
            example:
                'new aws.cloudwatch.LogGroup("security", { name: "/keyward/vault/security", kmsKeyId: logKey.arn, retentionInDays: 400 });',
        },
        remediable: false,
        parameters: ["trustedAccounts"],
    },
    {
        name: "iam-managed-policy-allowlist",
        displayName: "Only known AWS managed policies",
        description:
            "Roles may carry only allow-listed AWS managed policies, and never one of the forbidden ones.",
        rationale:
            "Managed policies such as AdministratorAccess grant far more than a key server needs, and AWS widens them.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Replace the policy by one with the needed actions.",
            example:
                'new aws.iam.RolePolicyAttachment("core", { role: serverRole.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" });',
        },
        remediable: false,
        parameters: ["allowedManagedPolicies", "forbiddenManagedPolicies"],
    },
    {
        name: "iam-permissions-boundary",
        displayName: "Roles have a permissions boundary",
        description:
            "Every role of a key-server stack must have a permissions boundary that holds: one that does not let its role gain more rights, and so lift the boundary.",
        rationale: "A boundary keeps a later mistake in a policy from becoming a right.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Set permissionsBoundary to a policy that allows at most what the role needs, and no change of roles or policies.",
            example:
                'new aws.iam.Role("server", { permissionsBoundary: boundary.arn, assumeRolePolicy: serverTrust.json });',
        },
        remediable: true,
        parameters: ["permissionsBoundaries", "forbiddenManagedPolicies"],
    },
    {
        name: "iam-no-users-or-access-keys",
        displayName: "No IAM users, no access keys",
        description:
            "A key-server stack must make no IAM user, no credential of one (login profile, access key, SSH key, certificate) and give users no permissions.",
        rationale: "Long-lived keys end up in files, and nobody notices when they are copied.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Use a role, or a federated identity.",
            example: 'new aws.iam.Role("operator", { assumeRolePolicy: operatorTrust.json });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "server-role-cannot-tamper-audit",
        displayName: "The server cannot touch its own audit trail",
        description:
            "The role of a key server must not be able to delete or shorten logs, weaken the archive, stop the trail, disable keys or change the session document.",
        rationale: "An intruder on the server first removes the traces.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Grant only the writing of log events.",
            example:
                'new aws.iam.RolePolicy("write-logs", { role: serverRole.name, policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], Resource: pulumi.interpolate`${logGroup.arn}:*` }] } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "kms-deletion-window",
        displayName: "Keys are deleted slowly",
        description: "A key must wait as long as allowed before it is deleted.",
        rationale:
            "Deleting a key destroys everything encrypted under it; the waiting period is the time to notice.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set deletionWindowInDays to 30.",
            example:
                'new aws.kms.Key("volumes", { deletionWindowInDays: 30, enableKeyRotation: true });',
        },
        remediable: true,
        parameters: ["keyDeletionWindowDays"],
    },
    {
        name: "kms-policy-scoped",
        displayName: "Key policies are scoped",
        description:
            "A key policy must not admit everybody without strong conditions or denials that leave known callers alone, neither it nor a grant a foreign account, and the check against locking oneself out must stay on. Services that cannot send a source, such as EventBridge, are admitted by name.",
        rationale: "A key that everybody may use protects nothing.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name principals, or limit the statement by account and service.",
            example:
                'new aws.kms.KeyPolicy("volumes", { keyId: volumeKey.id, policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/key-administrator" } } }] }) });',
        },
        remediable: false,
        parameters: ["trustedAccounts", "trustedServices"],
    },
    {
        name: "kms-separation-of-duties",
        displayName: "Administration and use of keys are apart",
        description:
            "No principal may both administer a key and use it, and only key servers may use the key that unseals them; creating grants for AWS resources does not count as administration.",
        rationale: "Who can both change a key's policy and decrypt needs nobody's help to steal.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Give administration and use to different roles.",
            example:
                'new aws.iam.RolePolicy("use", { role: serverRole.name, policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"], Resource: unsealKey.arn }] } });',
        },
        remediable: false,
        parameters: [],
    },
];
