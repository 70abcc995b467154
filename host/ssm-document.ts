import {
    auditLines,
    auditResultPath,
    hostScriptPath,
    publishScriptPath,
    renderPublishScript,
    unpackLines,
} from "./delivery";

/** Largest content of a Systems Manager document, in bytes. Source: Systems Manager API, CreateDocument. */
export const longestDocument = 65_536;

/** Seconds that one run may take: packages may have to be fetched. */
const timeoutSeconds = 3600;

/**
 * Command document that lays the profile down and runs it. Parameter `Verb`: `apply` (applies, then audits), `audit`, `plan`. Parameter
 * `Publish`: `yes` publishes the audit as compliance items. `exempt` says what the script carries exemptions from, because the packed script
 * shows it to nobody. Throws when the document is longer than Systems Manager takes.
 */
export function renderSsmDocument(script: string, exempt: readonly string[] = []): string {
    const document = {
        schemaVersion: "2.2",
        description: [
            "Keyward host profile: applies and audits the hardening of a key server",
            ...(exempt.length === 0 ? [] : [`exempt: ${exempt.join(", ")}`]),
        ].join("; "),
        parameters: {
            Verb: {
                type: "String",
                description: "What to do",
                default: "audit",
                allowedValues: ["apply", "audit", "plan"],
            },
            Publish: {
                type: "String",
                description: "Whether to publish the audit as compliance items",
                default: "yes",
                allowedValues: ["yes", "no"],
            },
        },
        mainSteps: [
            {
                action: "aws:runShellScript",
                name: "keywardHostProfile",
                precondition: { StringEquals: ["platformType", "Linux"] },
                inputs: {
                    timeoutSeconds: String(timeoutSeconds),
                    runCommand: [
                        "set -u",
                        ...unpackLines(hostScriptPath, script),
                        ...unpackLines(publishScriptPath, renderPublishScript()),
                        `if [ '{{ Verb }}' = plan ]; then exec ${hostScriptPath} plan; fi`,
                        "applied=0",
                        `if [ '{{ Verb }}' = apply ]; then ${hostScriptPath} apply || applied=$?; fi`,
                        ...auditLines,
                        `grep -v '"verdict":"pass"' ${auditResultPath}`,
                        `if [ '{{ Publish }}' = yes ]; then ${publishScriptPath} <${auditResultPath} || exit 2; fi`,
                        "[ $applied -eq 0 ] || exit $applied",
                        "exit $status",
                    ],
                },
            },
        ],
    };
    const text = `${JSON.stringify(document, undefined, 1)}\n`;
    if (Buffer.byteLength(text) > longestDocument) {
        throw new Error(
            `the document has ${Buffer.byteLength(text)} bytes, and Systems Manager takes ${longestDocument}`,
        );
    }
    return text;
}
