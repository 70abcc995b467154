import type { FindingLevel, FindingVerdict } from "../../catalog/records/verdict";
import type { Severity } from "../../catalog/severity";

/** What the engine calls a policy's enforcement level. */
export const policyLevels = ["advisory", "mandatory", "remediate", "disabled"] as const;
export type PolicyLevel = (typeof policyLevels)[number];

/**
 * The one mapping from a verdict to what the engine does with it. A failure has its policy's level; what could not be decided blocks
 * where the policy is critical or high, but never more than a failure would; a granted exception never blocks.
 */
export function levelOf(
    verdict: FindingVerdict,
    severity: Severity,
    policyLevel: PolicyLevel,
): FindingLevel {
    const blocks = policyLevel === "mandatory" || policyLevel === "remediate";
    switch (verdict) {
        case "fail":
            return blocks ? "mandatory" : "advisory";
        case "indeterminate":
            return blocks && (severity === "critical" || severity === "high")
                ? "mandatory"
                : "advisory";
        case "exempt":
            return "advisory";
    }
}
