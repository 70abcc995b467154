import type { JudgedExemption } from "../../catalog/records/exemption";
import type { Finding } from "../../catalog/records/finding";
import type { ControlState, JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import type { FindingVerdict } from "../../catalog/records/verdict";
import { severities, type Severity } from "../../catalog/severity";
import { sampleTexts } from "./judged-stack/catalog-texts";
import { sampleExposure } from "./judged-stack/exposure";
import { sampleFindings } from "./judged-stack/findings";
import { samplePatchPlan } from "./judged-stack/patch-plan";
import { sampleTopology } from "./judged-stack/topology";
import { urns } from "./judged-stack/urns";

export { sampleTexts } from "./judged-stack/catalog-texts";
export { finding } from "./judged-stack/findings";
export { urns } from "./judged-stack/urns";

/**
 * Builds a judged stack: three Vault servers with one of every kind of trouble. What depends on the findings (`blocked`, `summary`,
 * counts of policies and controls) is computed from them, so changed findings give a consistent report.
 */
export function buildJudgedStack(changes: Partial<JudgedStack> = {}): JudgedStack {
    const findings = changes.findings ?? sampleFindings;
    return {
        schemaVersion: "1",
        evaluatedAt: "2026-11-24T00:00:00Z",
        project: "payments-vault",
        stack: "production",
        blocked: findings.some(({ level }) => level === "mandatory"),
        resources: 148,
        summary: summarize(findings),
        findings,
        policies: judgePolicies(findings),
        coverage: {
            scope: "auto",
            keyServers: [...urns.servers],
            judged: 121,
            outOfScope: 18,
            typesNotRead: [
                { type: "aws:route53/record:Record", count: 6 },
                { type: "random:index/randomId:RandomId", count: 3 },
            ],
        },
        assumptions: [
            {
                kind: "invoke",
                subject: "aws:index/getRegion:getRegion {}",
                value: '{"region":"eu-central-1"}',
                reason: "no answer was given: the region of the stack's configuration was taken; give --answers FILE to replace it",
            },
            {
                kind: "not-evaluated",
                subject: "payments:index:Access named payments",
                value: "",
                reason: "component packages are not executed offline: its outputs are unknown; judge the stack with the engine to know them",
            },
        ],
        topology: sampleTopology,
        exposure: sampleExposure,
        patchPlan: samplePatchPlan,
        exemptions: sampleExemptions(findings),
        controls: judgeControls(findings),
        remediations: [
            {
                policy: "imdsv2-required",
                urn: urns.servers[2] ?? "",
                path: "metadataOptions.httpTokens",
                before: '"optional"',
                after: '"required"',
            },
        ],
        ...changes,
    };
}

function summarize(findings: readonly Finding[]): JudgedStack["summary"] {
    const count = (verdict: FindingVerdict, severity: Severity): number =>
        findings.filter((found) => found.verdict === verdict && found.severity === severity).length;
    const row = (verdict: FindingVerdict): Record<Severity, number> => ({
        critical: count(verdict, "critical"),
        high: count(verdict, "high"),
        medium: count(verdict, "medium"),
        low: count(verdict, "low"),
    });
    return { fail: row("fail"), indeterminate: row("indeterminate"), exempt: row("exempt") };
}

function judgePolicies(findings: readonly Finding[]): PolicyResult[] {
    return sampleTexts.policies
        .map(({ name, displayName, severity, level }, index) => {
            const of = (verdict: FindingVerdict): number =>
                findings.filter((found) => found.policy === name && found.verdict === verdict)
                    .length;
            return {
                name,
                displayName,
                severity,
                level,
                controls: sampleTexts.controls
                    .filter(({ enforcement }) => enforcement.policies.includes(name))
                    .map(({ id }) => id),
                counts: {
                    pass: 3 + index,
                    fail: of("fail"),
                    indeterminate: of("indeterminate"),
                    exempt: of("exempt"),
                    "not-applicable": 40,
                },
            };
        })
        .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

function judgeControls(findings: readonly Finding[]): ControlState[] {
    return sampleTexts.controls.map(({ id, title, paragraph, enforcement }) => {
        const own = findings.filter(({ controls }) => controls.includes(id));
        const verdicts = new Set(own.map(({ verdict }) => verdict));
        const reviewed = id === "configuration-review" || id === "penetration-test";
        const manual = id === "configuration-review" ? "evidenced" : reviewed ? "overdue" : "open";
        const judged = verdicts.has("fail")
            ? "violated"
            : verdicts.has("indeterminate")
              ? "indeterminate"
              : verdicts.has("exempt")
                ? "exempt"
                : "met";
        return {
            id,
            title,
            paragraph,
            state:
                enforcement.manual !== undefined
                    ? manual
                    : enforcement.planned !== undefined
                      ? "planned"
                      : enforcement.policies.length === 0
                        ? "not-judged"
                        : judged,
            enforcedBy: [
                ...(enforcement.components.length > 0 ? ["component"] : []),
                ...(enforcement.policies.length > 0 ? ["policy"] : []),
                ...(enforcement.hostChecks.length > 0 ? ["host"] : []),
                ...(enforcement.manual !== undefined ? ["manual"] : []),
            ],
            findings: own.length,
            evidence: reviewed
                ? [
                      {
                          control: id,
                          who: "security engineering",
                          when: id === "configuration-review" ? "2026-08-03" : "2025-06-10",
                          checked: "the deployed configuration against the checklist",
                          nextDue: id === "configuration-review" ? "2027-01-30" : "2026-06-10",
                      },
                  ]
                : [],
        };
    });
}

function sampleExemptions(findings: readonly Finding[]): JudgedExemption[] {
    return [
        {
            id: "legacy-data-volume",
            policy: "volumes-encrypted-cmk",
            scope: { urn: urns.dataVolume },
            reason: "the volume is copied to an encrypted one during the next maintenance",
            owner: "platform team",
            approver: "head of security",
            ticket: "SEC-1234",
            created: "2026-10-01",
            expires: "2026-12-15",
            compensatingControl: "the volume holds raft data that are encrypted by the barrier",
            state: "active",
            findings: findings
                .filter(({ exemption }) => exemption === "legacy-data-volume")
                .map(({ fingerprint }) => fingerprint),
        },
        {
            id: "old-session-limit",
            policy: "session-preferences-hardened",
            scope: { urn: "urn:pulumi:production::payments-vault::*" },
            reason: "operators asked for longer sessions during the migration",
            owner: "platform team",
            approver: "head of security",
            ticket: "SEC-1102",
            created: "2026-03-01",
            expires: "2026-06-01",
            state: "expired",
            findings: [],
        },
    ];
}
