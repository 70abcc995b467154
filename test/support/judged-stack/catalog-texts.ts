import type { Paragraph } from "../../../catalog/article";
import type { Control, Enforcement } from "../../../catalog/control";
import type { PolicyRecord } from "../../../catalog/policy";
import type { Severity } from "../../../catalog/severity";
import type { CatalogTexts } from "../../../report/catalog-texts";

type References = readonly [nist800130: string, nist80053: string, pciDss: string, cis: string];

/** Lists are written as words: "CM-7 AC-6(5)"; CIS ids, which hold a space, are separated by semicolons. */
function control(
    id: string,
    title: string,
    paragraph: string,
    severity: Severity,
    [nist800130, nist80053, pciDss, cis]: References,
    enforcement: Partial<Enforcement>,
): Control {
    const words = (text: string, separator: string): string[] =>
        text.split(separator).filter((word) => word !== "");
    return {
        id,
        title,
        requirement: `${title}.`,
        paragraph,
        severity,
        references: {
            nist800130: words(nist800130, " "),
            nist80053: words(nist80053, " "),
            pciDss: words(pciDss, " "),
            cis: words(cis, ";"),
        },
        parameters: [],
        operatingSystems: [],
        enforcement: { components: [], policies: [], hostChecks: [], ...enforcement },
    };
}

function policy(
    name: string,
    displayName: string,
    severity: Severity,
    rationale: string,
    remediation: string,
    example: string,
): PolicyRecord {
    return {
        name,
        displayName,
        description: `${displayName}: what this policy demands in one sentence.`,
        rationale,
        severity,
        level: severity === "medium" || severity === "low" ? "advisory" : "mandatory",
        exemptable: name !== "imdsv2-required",
        remediation: { text: remediation, example },
        remediable: name === "imdsv2-required",
        parameters: [],
    };
}

function paragraph(id: string, title: string): Paragraph {
    return { id, title, asks: `${title}.`, inArticle: true };
}

/** A small catalog in the shape of the real one: every paragraph, every state of a control, every standard. */
export const sampleTexts: CatalogTexts = {
    paragraphs: [
        paragraph("specification", "Specify the secure configuration"),
        paragraph("attack-surface", "Remove all non-essential services and programs"),
        paragraph("patching", "Upgrade and implement latest security patches"),
        paragraph("least-privilege", "Implement least privilege"),
        paragraph("passwords", "Password management"),
        paragraph("logging", "Logging and auditing"),
        paragraph("additional-features", "Enable additional security features"),
        paragraph("review", "Secure configuration audit"),
    ],
    policies: [
        policy(
            "imdsv2-required",
            "Instance metadata needs a session token",
            "critical",
            "Without a token, one forged request hands out the credentials of the server's role.",
            'Set metadataOptions.httpTokens to "required".',
            'metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" }',
        ),
        policy(
            "sg-no-public-ingress",
            "No way in from the internet",
            "critical",
            "Everybody can try the service's weaknesses.",
            "Name the security groups of the clients instead of a range of addresses.",
            "ingress: [{ protocol: 'tcp', fromPort: 8200, toPort: 8200, securityGroups: [clients.id] }]",
        ),
        policy(
            "volumes-encrypted-cmk",
            "Volumes are encrypted with a key of your own",
            "high",
            "Access to the key of Amazon's cannot be taken away or watched.",
            "Give kmsKeyId the ARN of a customer-managed key.",
            "kmsKeyId: encryption.volumeKey.arn",
        ),
        policy(
            "iam-no-wildcard-actions",
            "No wildcard in the actions of a policy",
            "high",
            "A wildcard grants what nobody thought of, today's and tomorrow's.",
            "List the actions.",
            'actions: ["kms:Encrypt", "kms:Decrypt"]',
        ),
        policy(
            "server-role-cannot-tamper-audit",
            "A server cannot touch its own audit trail",
            "critical",
            "Who takes the server erases the traces.",
            "Remove the actions from the server's role.",
            'actions: ["logs:PutLogEvents"]',
        ),
        policy(
            "patch-group-coverage",
            "Every key server has a patch baseline",
            "high",
            "A server without a baseline is never patched.",
            "Give the server the tag PatchGroup of a registered group.",
            'tags: { PatchGroup: "vault-production" }',
        ),
        policy(
            "log-group-retention-and-cmk",
            "Logs are kept, encrypted, and cannot be deleted",
            "high",
            "Evidence that is gone proves nothing.",
            "Set retentionInDays to 365 or more and kmsKeyId.",
            "retentionInDays: 365, kmsKeyId: logKey.arn",
        ),
        policy(
            "log-bucket-worm",
            "The archive of logs is written once",
            "high",
            "An administrator can rewrite history.",
            "Enable Object Lock in compliance mode.",
            "objectLockEnabled: true",
        ),
        policy(
            "sg-rules-described",
            "Rules of security groups say what they are for",
            "low",
            "Nobody dares to remove a rule that nobody understands.",
            "Write a description.",
            'description: "API for the payment service"',
        ),
        policy(
            "session-preferences-hardened",
            "Sessions are encrypted, logged and end by themselves",
            "medium",
            "A forgotten session is an open door.",
            "Set idleSessionTimeout to 15 minutes or less.",
            'idleSessionTimeout: "15"',
        ),
    ],
    controls: [
        control(
            "hardening-list",
            "The hardening activities are listed",
            "specification",
            "medium",
            ["8.7 11.16", "CM-6", "2.2.1", "Controls8 4.1"],
            { components: ["KeyServer"], policies: ["session-preferences-hardened"] },
        ),
        control(
            "no-telnet-ftp-rlogin",
            "No FTP, telnet or rlogin",
            "attack-surface",
            "high",
            ["8.4a", "CM-7", "2.2.4 2.2.5", "AL2023 2.2.13;Debian12 2.2.4"],
            { hostChecks: ["package-telnet-absent"] },
        ),
        control(
            "no-public-ingress",
            "No network port is open to the internet",
            "attack-surface",
            "critical",
            ["8.4j 8.16a", "SC-7 SC-7(5)", "1.3.1", "Controls8 4.4"],
            { components: ["KeyServer"], policies: ["sg-no-public-ingress", "sg-rules-described"] },
        ),
        control(
            "metadata-token",
            "Instance metadata needs a session token",
            "attack-surface",
            "critical",
            ["8.4k 8.4l", "AC-3 CM-6", "2.2.6", "Controls8 4.1"],
            { components: ["KeyServer"], policies: ["imdsv2-required"] },
        ),
        control(
            "removable-media-off",
            "Removable media are disabled",
            "attack-surface",
            "medium",
            ["8.4i 8.8", "MP-7", "5.3.3", "AL2023 1.1.9"],
            { hostChecks: ["module-usb-storage"] },
        ),
        control(
            "patches-in-time",
            "Patches reach every server inside the deadline",
            "patching",
            "critical",
            ["9.15 9.17", "SI-2 SI-2(2)", "6.3.3", "Controls8 7.3"],
            { components: ["KeyServerPatching"], policies: ["patch-group-coverage"] },
        ),
        control(
            "patches-tested",
            "Patches are tested on a confined ring first",
            "patching",
            "high",
            ["9.16", "CM-4(1)", "6.3.3", ""],
            { components: ["KeyServerPatching"], policies: ["patch-group-coverage"] },
        ),
        control(
            "roles-least-privilege",
            "Roles hold the actions they need and no more",
            "least-privilege",
            "high",
            ["8.4b 8.4e 6.90", "AC-6", "7.2.5", "Controls8 6.8"],
            { components: ["KeyServer"], policies: ["iam-no-wildcard-actions"] },
        ),
        control(
            "accounts-limited",
            "Accounts are limited to those needed",
            "least-privilege",
            "high",
            ["8.4d", "AC-2", "8.2.6", "AL2023 4.6.1.4"],
            { hostChecks: ["accounts-known"], planned: "needs the list of the directory service" },
        ),
        control(
            "password-length",
            "Passwords have at least 14 characters",
            "passwords",
            "medium",
            ["8.4f", "IA-5(1)", "8.3.6", "AL2023 4.5.1"],
            { hostChecks: ["pwquality-minlen"] },
        ),
        control(
            "own-keys",
            "Data are encrypted with keys of your own",
            "passwords",
            "high",
            ["8.4f", "SC-12", "3.6.1", "Controls8 3.11"],
            { components: ["KeyServerEncryption"], policies: ["volumes-encrypted-cmk"] },
        ),
        control(
            "logs-kept",
            "Logs are kept for a year",
            "logging",
            "high",
            ["8.10 8.12", "AU-11", "10.5.1", "Controls8 8.10"],
            { components: ["KeyServerAuditLog"], policies: ["log-group-retention-and-cmk"] },
        ),
        control(
            "logs-tamper-evident",
            "Logs show tampering",
            "logging",
            "critical",
            ["6.114 10.6", "AU-9 AU-10", "10.3.2 10.3.4", "AL2023 1.3.1"],
            {
                components: ["KeyServerAuditLog"],
                policies: ["log-bucket-worm", "server-role-cannot-tamper-audit"],
            },
        ),
        control(
            "mandatory-access-control",
            "SELinux or AppArmor is enforcing",
            "additional-features",
            "high",
            ["8.4k", "AC-3(3)", "2.2.6", "AL2023 1.6.1.5"],
            { hostChecks: ["selinux-enforcing"] },
        ),
        control(
            "configuration-review",
            "A security engineer reviews the configuration",
            "review",
            "medium",
            ["11.10 11.12", "CA-2", "1.2.7", ""],
            { manual: { periodDays: 180, evidence: "the signed review with its findings" } },
        ),
        control(
            "patch-process-review",
            "The patch process is rehearsed",
            "review",
            "medium",
            ["11.14", "CA-7", "6.3.1", ""],
            { manual: { periodDays: 90, evidence: "the minutes of the rehearsal" } },
        ),
        control(
            "penetration-test",
            "The system is tested by attackers of your own",
            "review",
            "medium",
            ["11.9", "CA-8", "11.4.1", ""],
            { manual: { periodDays: 365, evidence: "the report of the test" } },
        ),
    ],
};
