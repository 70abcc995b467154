import { gzipSync } from "node:zlib";
import { hostAuditComplianceType } from "../catalog/live-checks";
import { shellSource } from "./shell-source";

/** Where the profile lies on a server. */
export const hostScriptPath = "/usr/local/sbin/keyward-host";
/** The script that publishes an audit to Systems Manager. */
export const publishScriptPath = "/usr/local/sbin/keyward-publish";
/** File with the private name of the server, by which what it shares with others finds its part. */
export const nodeNamePath = "/etc/keyward/node";
/** JSON lines of the last audit. */
export const auditResultPath = "/var/log/keyward/audit.jsonl";

/** The script that publishes JSON lines as compliance items of a type: by default that of the host audit, as `publishScriptPath` holds it. */
export function renderPublishScript(complianceType: string = hostAuditComplianceType): string {
    return `${shellSource("publish").replace("COMPLIANCE_TYPE", complianceType)}\n`;
}

/** A text as base64 of its compressed bytes, the same for the same text. */
export function packed(text: string): string {
    return gzipSync(text, { level: 9 }).toString("base64");
}

/** Shell lines that write a file from `packed` text, whole or not at all; they end the script where that fails. */
export function unpackLines(path: string, text: string): readonly string[] {
    return [
        `(umask 077 && base64 -d <<'END' | gzip -d >${path}.new`,
        ...(packed(text).match(/.{1,120}/g) ?? []),
        "END",
        `) && chmod 700 ${path}.new && mv -f ${path}.new ${path} || exit 2`,
    ];
}

/** Shell lines that audit, keep the result, and print it; they end with the audit's exit status in `status`. */
export const auditLines: readonly string[] = [
    "umask 077",
    "install -d -m 700 /var/log/keyward",
    "status=0",
    `${hostScriptPath} audit >${auditResultPath}.new || status=$?`,
    `mv -f ${auditResultPath}.new ${auditResultPath}`,
    // Into the journal, and with it into the log group: what is not in order, and that the audit came to its end.
    `grep -v '"verdict":"pass"' ${auditResultPath} | systemd-cat -t keyward-audit -p notice`,
];
