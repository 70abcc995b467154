import type { Control } from "../../catalog/control";
import { liveChecks, type LiveCheck } from "../../catalog/live-checks";
import { fingerprintOfParts } from "../../catalog/records/fingerprint";
import type { Finding } from "../../catalog/records/finding";
import type { ControlState, JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import { severities, type Severity } from "../../catalog/severity";
import type { LiveVerdict } from "./judge";

/** Where the verified servers are. */
export interface VerifiedPlace {
    readonly project: string;
    readonly stack: string;
    readonly region: string;
    readonly account: string;
}

/** Makes the report of a verification: the same record as a preview's, with the live checks in place of policies. */
export function reportVerification(
    verdicts: readonly LiveVerdict[],
    place: VerifiedPlace,
    at: Date,
    controls: readonly Control[],
): JudgedStack {
    const findings = verdicts
        .filter(({ verdict }) => verdict === "fail")
        .map((verdict) => findingOf(verdict, place))
        .sort((a, b) => (a.policy + a.urn < b.policy + b.urn ? -1 : 1));
    const subjects = new Set(verdicts.map(({ subject }) => subject));
    const servers = verdicts
        .filter(({ check }) => check === "live-server-runs")
        .map(({ subject }) => arnOf("live-server-runs", subject, place));
    return {
        schemaVersion: "1",
        evaluatedAt: at.toISOString(),
        project: place.project,
        stack: place.stack,
        blocked: findings.length > 0,
        resources: subjects.size,
        summary: { fail: countBySeverity(findings), indeterminate: none(), exempt: none() },
        findings,
        policies: liveChecks.map((check) => resultOf(check, verdicts)),
        coverage: {
            scope: "all",
            keyServers: servers,
            judged: subjects.size,
            outOfScope: 0,
            typesNotRead: [],
        },
        assumptions: verdicts
            .filter(({ open }) => open !== "")
            .map(({ check, subject, open }) => ({
                kind: "not-evaluated",
                subject: arnOf(check, subject, place),
                value: "",
                reason: open,
            })),
        topology: { nodes: [], edges: [] },
        exposure: { paths: [], access: [] },
        patchPlan: null,
        exemptions: [],
        controls: controls.map((control) => controlState(control, verdicts, findings)),
        remediations: [],
    };
}

function findingOf({ check, subject, found }: LiveVerdict, place: VerifiedPlace): Finding {
    const { displayName, severity, remediation, controls } = recordOf(check);
    const urn = arnOf(check, subject, place);
    return {
        policy: check,
        verdict: "fail",
        level: "mandatory",
        severity,
        type:
            check === "live-archive-retained"
                ? "aws:s3/bucket:Bucket"
                : "aws:ec2/instance:Instance",
        urn,
        path: "",
        message: `${displayName}: no; ${found}`,
        remediation,
        controls,
        fingerprint: fingerprintOfParts([check, urn]),
    };
}

function recordOf(name: LiveVerdict["check"]): LiveCheck {
    const record = liveChecks.find((check) => check.name === name);
    if (record === undefined) {
        throw new Error(`the catalog has no live check "${name}"`);
    }
    return record;
}

function arnOf(check: LiveVerdict["check"], subject: string, place: VerifiedPlace): string {
    return check === "live-archive-retained"
        ? `arn:aws:s3:::${subject}`
        : `arn:aws:ec2:${place.region}:${place.account}:instance/${subject}`;
}

function resultOf(check: LiveCheck, verdicts: readonly LiveVerdict[]): PolicyResult {
    const own = verdicts.filter((verdict) => verdict.check === check.name);
    const count = (verdict: LiveVerdict["verdict"]): number =>
        own.filter((one) => one.verdict === verdict).length;
    return {
        name: check.name,
        displayName: check.displayName,
        severity: check.severity,
        level: "mandatory",
        controls: check.controls,
        counts: {
            pass: count("pass"),
            fail: count("fail"),
            indeterminate: 0,
            exempt: 0,
            "not-applicable": 0,
        },
    };
}

function controlState(
    control: Control,
    verdicts: readonly LiveVerdict[],
    findings: readonly Finding[],
): ControlState {
    const checks: readonly LiveCheck[] = liveChecks;
    const names = checks
        .filter(({ controls }) => controls.includes(control.id))
        .map(({ name }) => name);
    const own = verdicts.filter(({ check }) => names.includes(check));
    return {
        id: control.id,
        title: control.title,
        paragraph: control.paragraph,
        state:
            own.length === 0
                ? "not-judged"
                : own.every(({ verdict }) => verdict === "pass")
                  ? "met"
                  : "violated",
        enforcedBy: own.length === 0 ? [] : ["live"],
        findings: findings.filter(({ controls }) => controls.includes(control.id)).length,
        evidence: [],
    };
}

function none(): Record<Severity, number> {
    return { critical: 0, high: 0, medium: 0, low: 0 };
}

function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
    const counts = none();
    for (const severity of severities) {
        counts[severity] = findings.filter((finding) => finding.severity === severity).length;
    }
    return counts;
}
