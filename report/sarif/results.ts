import type { Location, Result, Suppression } from "sarif";
import type { JudgedExemption } from "../../catalog/records/exemption";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";

/** Builds one result for each finding, worst first: services that show only so many show the right ones. */
export function buildResults(report: JudgedStack, ruleIds: readonly string[]): Result[] {
    const ruleIndexes = new Map(ruleIds.map((id, index) => [id, index]));
    const exemptions = new Map(report.exemptions.map((exemption) => [exemption.id, exemption]));
    return worstFirst(report.findings).map((finding) => ({
        ruleId: finding.policy,
        ruleIndex: ruleIndexes.get(finding.policy) ?? -1,
        level: levelOf(finding),
        message: { text: messageOf(finding) },
        locations: [locationOf(finding, report.projectFile)],
        partialFingerprints: {
            "keywardFinding/v1": finding.fingerprint,
            // Every finding stands at the same line, so services that tell results apart by it need our name of the weakness there.
            primaryLocationLineHash: finding.fingerprint,
        },
        suppressions: suppressionsOf(finding, exemptions),
        properties: {
            verdict: finding.verdict,
            severity: finding.severity,
            enforcement: finding.level,
            resourceType: finding.type,
            controls: finding.controls,
        },
    }));
}

/** What blocks is an error, what is advised a warning; granted exceptions and minor advice are notes. */
function levelOf({ level, verdict, severity }: Finding): Result.level {
    if (verdict === "exempt") {
        return "note";
    }
    return level === "mandatory" ? "error" : severity === "low" ? "note" : "warning";
}

function messageOf({ verdict, message, remediation }: Finding): string {
    const doubt = verdict === "indeterminate" ? "Cannot be decided yet: " : "";
    return withoutLinks(`${doubt}${message}${remediation === "" ? "" : `\n\n${remediation}`}`);
}

/** SARIF reads `[text](target)` as a link; what comes from a program must not make one. */
function withoutLinks(text: string): string {
    return text.replaceAll("](", "] (");
}

/**
 * A resource has no line of source: helpers, loops and packages register it, from lines that a compiler moved. So it is the logical
 * location, and the project file stands for the program.
 */
function locationOf({ urn, path }: Finding, projectFile = "Pulumi.yaml"): Location {
    return {
        physicalLocation: {
            artifactLocation: {
                uri: projectFile.split("/").map(encodeURIComponent).join("/"),
                uriBaseId: "%SRCROOT%",
            },
            region: { startLine: 1 },
        },
        logicalLocations: [
            { name: nameOf(urn), fullyQualifiedName: urn, kind: "resource" },
            ...(path === ""
                ? []
                : [{ name: path, fullyQualifiedName: `${urn}#${path}`, kind: "member" }]),
        ],
    };
}

function suppressionsOf(
    finding: Finding,
    exemptions: ReadonlyMap<string, JudgedExemption>,
): Suppression[] {
    if (finding.verdict !== "exempt") {
        return [];
    }
    const exemption = exemptions.get(finding.exemption ?? "");
    return [
        {
            kind: "external",
            status: "accepted",
            justification:
                exemption === undefined
                    ? `exemption ${finding.exemption ?? "without a record"}`
                    : justify(exemption),
        },
    ];
}

function justify({ id, reason, owner, approver, ticket, expires }: JudgedExemption): string {
    return `${reason} (exemption ${id}, owner ${owner}, approved by ${approver}, ticket ${ticket}, ends ${expires})`;
}
