import { create, type XMLElement } from "xmlbuilder";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";

/**
 * Writes a report as JUnit XML, for dashboards of test results: a suite for each policy, a case for each finding and one for what
 * passed. What blocks is a failure, or an error when it could not be decided; advice and granted exceptions are skipped cases
 * with their text, because the format has no word between passed and failed.
 */
export function writeJunit(report: JudgedStack): string {
    const suites = suitesOf(report);
    const root = create(
        "testsuites",
        { version: "1.0", encoding: "UTF-8" },
        // A program may hold any character in a name; XML 1.0 may not.
        { invalidCharReplacement: "\uFFFD" },
    );
    suites.forEach((suite, index) => addSuite(root, suite, index, report));
    return `${root.end({ pretty: true, indent: "  " })}\n`;
}

interface Suite {
    readonly name: string;
    readonly severity: string;
    readonly level: string;
    readonly passed: number;
    readonly notApplicable: number;
    readonly findings: readonly Finding[];
}

/** The policies of the report in its order, then those that only findings name. */
function suitesOf({ policies, findings }: JudgedStack): Suite[] {
    const byPolicy = new Map<string, Finding[]>(policies.map(({ name }) => [name, []]));
    for (const finding of worstFirst(findings)) {
        const own = byPolicy.get(finding.policy) ?? [];
        own.push(finding);
        byPolicy.set(finding.policy, own);
    }
    const results = new Map(policies.map((policy) => [policy.name, policy]));
    return [...byPolicy].map(([name, own]) => suiteOf(name, own, results.get(name)));
}

function suiteOf(
    name: string,
    findings: readonly Finding[],
    result: PolicyResult | undefined,
): Suite {
    return {
        name,
        severity: result?.severity ?? findings[0]?.severity ?? "",
        level: result?.level ?? findings[0]?.level ?? "",
        passed: result?.counts.pass ?? 0,
        notApplicable: result?.counts["not-applicable"] ?? 0,
        findings,
    };
}

function addSuite(root: XMLElement, suite: Suite, index: number, report: JudgedStack): void {
    const element = root.element("testsuite", {
        name: suite.name,
        timestamp: report.evaluatedAt.slice(0, "2026-01-01T00:00:00".length),
        hostname: "localhost",
        tests: suite.findings.length + 1,
        failures: count(suite.findings, isFailure),
        errors: count(suite.findings, isError),
        time: 0,
        package: `${report.project}.${report.stack}`,
        id: index,
    });
    const properties = element.element("properties");
    for (const [name, value] of Object.entries({
        severity: suite.severity,
        level: suite.level,
        passed: suite.passed,
        notApplicable: suite.notApplicable,
    })) {
        properties.element("property", { name, value });
    }
    addSummary(element, suite);
    for (const finding of suite.findings) {
        addFinding(element, finding);
    }
    element.element("system-out");
    element.element("system-err");
}

/** A suite needs a case also when nothing was found, and a policy that judged nothing must not look passed. */
function addSummary(element: XMLElement, { name, level, passed, notApplicable }: Suite): void {
    if (level === "disabled") {
        addCase(element, name, "policy").element("skipped", "disabled by configuration");
    } else {
        addCase(element, name, `${passed} passed, ${notApplicable} not applicable`);
    }
}

function addFinding(suite: XMLElement, finding: Finding): void {
    const text = [finding.message, finding.remediation, finding.urn, finding.fingerprint]
        .filter((line) => line !== "")
        .join("\n");
    const place = finding.path === "" ? "" : ` ${finding.path}`;
    const element = addCase(
        suite,
        finding.policy,
        `${nameOf(finding.urn)}${place} ${finding.fingerprint.slice(0, 8)}`,
    );
    const attributes = { message: finding.message, type: `${finding.verdict}.${finding.severity}` };
    if (isFailure(finding)) {
        element.element("failure", attributes, text);
    } else if (isError(finding)) {
        element.element("error", attributes, text);
    } else {
        element.element("skipped", `${reasonToSkip(finding)}\n${text}`);
    }
}

function addCase(suite: XMLElement, policy: string, name: string): XMLElement {
    return suite.element("testcase", { name, classname: policy, time: 0 });
}

function isFailure({ level, verdict }: Finding): boolean {
    return level === "mandatory" && verdict !== "indeterminate";
}

function isError({ level, verdict }: Finding): boolean {
    return level === "mandatory" && verdict === "indeterminate";
}

function reasonToSkip({ verdict, exemption, severity }: Finding): string {
    return verdict === "exempt"
        ? `exempt by ${exemption ?? "an exemption"}, ${severity}`
        : `advisory, ${verdict}, ${severity}`;
}

function count(findings: readonly Finding[], test: (finding: Finding) => boolean): number {
    return findings.filter(test).length;
}
