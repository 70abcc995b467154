import type { ReportingDescriptor } from "sarif";
import type { PolicyRecord } from "../../catalog/policy";
import type { JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import type { Severity } from "../../catalog/severity";
import type { CatalogTexts } from "../catalog-texts";
import { relationshipsOf } from "./taxonomies";

/** Where a severity stands on the scale of code-scanning services, 0 to 10. Source: GitHub's thresholds, the middle of each. */
const securitySeverity: Readonly<Record<Severity, string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "2.0",
};

/** Builds one rule for each policy of the report; policies of other packs, which the catalog does not hold, have their name only. */
export function buildRules(report: JudgedStack, texts: CatalogTexts): ReportingDescriptor[] {
    const records = new Map(texts.policies.map((record) => [record.name, record]));
    return allPolicies(report).map((policy) => buildRule(policy, records.get(policy.name), texts));
}

/** The policies of the report, and those that only its findings name. */
function allPolicies({ policies, findings }: JudgedStack): RulePolicy[] {
    const listed = new Set(policies.map(({ name }) => name));
    const unlisted = findings
        .filter(({ policy }) => !listed.has(policy))
        .map(({ policy, severity, level, controls }) => ({
            name: policy,
            displayName: policy,
            severity,
            level,
            controls,
        }));
    return [...policies, ...new Map(unlisted.map((policy) => [policy.name, policy])).values()];
}

type RulePolicy = Omit<PolicyResult, "counts">;

function buildRule(
    policy: RulePolicy,
    record: PolicyRecord | undefined,
    texts: CatalogTexts,
): ReportingDescriptor {
    return {
        id: policy.name,
        name: toPascalCase(policy.name),
        shortDescription: { text: policy.displayName || policy.name },
        fullDescription: { text: record?.description ?? (policy.displayName || policy.name) },
        help: record === undefined ? { text: policy.name } : buildHelp(record),
        defaultConfiguration: {
            enabled: policy.level !== "disabled",
            level: policy.level === "advisory" ? "warning" : "error",
        },
        relationships: relationshipsOf(policy.controls, texts),
        properties: {
            "security-severity": securitySeverity[policy.severity],
            "problem.severity": policy.level === "advisory" ? "warning" : "error",
            tags: ["security", "hardening", policy.severity],
            controls: policy.controls,
        },
    };
}

function buildHelp({ displayName, description, rationale, remediation }: PolicyRecord): {
    text: string;
    markdown: string;
} {
    return {
        text: [description, rationale, remediation.text, remediation.example].join("\n\n"),
        markdown: [
            `## ${displayName}`,
            description,
            `**Why it matters.** ${rationale}`,
            `**What to write.** ${remediation.text}`,
            `\`\`\`ts\n${remediation.example}\n\`\`\``,
        ].join("\n\n"),
    };
}

/** `no-public-ip` → `NoPublicIp`: the form that SARIF asks for. */
function toPascalCase(name: string): string {
    return name
        .split(/[^A-Za-z0-9]+/)
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join("");
}
