import { createHash } from "node:crypto";
import type { Finding } from "../../../catalog/records/finding";
import type { FindingLevel, FindingVerdict } from "../../../catalog/records/verdict";
import { sampleTexts } from "./catalog-texts";
import { typeOf, urns } from "./urns";

/** Builds a finding of a policy of the sample catalog; texts and controls are looked up there. */
export function finding(
    policy: string,
    verdict: FindingVerdict,
    level: FindingLevel,
    urn: string,
    path: string,
    message: string,
    exemption?: string,
): Finding {
    const record = sampleTexts.policies.find(({ name }) => name === policy);
    if (record === undefined) {
        throw new Error(`the sample catalog has no policy "${policy}"`);
    }
    return {
        policy,
        verdict,
        level,
        severity: record.severity,
        type: typeOf(urn),
        urn,
        path,
        message,
        remediation: `${record.remediation.text} ${record.remediation.example}`,
        controls: sampleTexts.controls
            .filter(({ enforcement }) => enforcement.policies.includes(policy))
            .map(({ id }) => id),
        fingerprint: createHash("sha256")
            .update([policy, urn, path, message].join("\n"))
            .digest("hex")
            .slice(0, 32),
        ...(exemption === undefined ? {} : { exemption }),
    };
}

/** Every verdict and level, worst first within a policy. */
export const sampleFindings: readonly Finding[] = [
    finding(
        "sg-no-public-ingress",
        "fail",
        "mandatory",
        urns.serverGroup,
        "ingress[0].cidrBlocks[0]",
        'ingress of port tcp/8200 must come from named clients; found "0.0.0.0/0" (every address of the internet) on vault-server-0, vault-server-1, vault-server-2 ← vault-servers ← rule ingress[0]',
    ),
    finding(
        "imdsv2-required",
        "fail",
        "mandatory",
        urns.servers[1] ?? "",
        "metadataOptions.httpTokens",
        'metadataOptions.httpTokens must be "required"; found "optional"',
    ),
    finding(
        "server-role-cannot-tamper-audit",
        "fail",
        "mandatory",
        urns.role,
        "inlinePolicies[0].policy",
        "the role of vault-server-0 must not be allowed logs:DeleteLogStream; found it allowed on arn:aws:logs:eu-central-1:111122223333:log-group:/keyward/* by inline policy maintenance",
    ),
    finding(
        "log-group-retention-and-cmk",
        "fail",
        "mandatory",
        urns.systemLog,
        "retentionInDays",
        "retentionInDays must be 365 or more; found 90",
    ),
    finding(
        "iam-no-wildcard-actions",
        "indeterminate",
        "mandatory",
        urns.role,
        "inlinePolicies[1].policy",
        "the actions of inline policy application cannot be read: the document depends on the output of payments:index:Access named payments, which is unknown until it is deployed",
    ),
    finding(
        "session-preferences-hardened",
        "fail",
        "advisory",
        urns.session,
        "content.inputs.idleSessionTimeout",
        'idleSessionTimeout must be 15 minutes or less; found "60"',
    ),
    finding(
        "sg-rules-described",
        "fail",
        "advisory",
        urns.balancerGroup,
        "ingress[0].description",
        'the rule must say what it is for; found "Managed by Pulumi"',
    ),
    finding(
        "volumes-encrypted-cmk",
        "exempt",
        "advisory",
        urns.dataVolume,
        "kmsKeyId",
        'kmsKeyId must name a customer-managed key; found "alias/aws/ebs"',
        "legacy-data-volume",
    ),
];
