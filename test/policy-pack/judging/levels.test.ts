import assert from "node:assert/strict";
import type { FindingLevel, FindingVerdict } from "../../../catalog/records/verdict";
import type { Severity } from "../../../catalog/severity";
import { levelOf, type PolicyLevel } from "../../../policy-pack/judging/levels";

const table: readonly (readonly [FindingVerdict, Severity, PolicyLevel, FindingLevel])[] = [
    ["fail", "critical", "mandatory", "mandatory"],
    ["fail", "low", "mandatory", "mandatory"],
    ["fail", "low", "remediate", "mandatory"],
    ["fail", "critical", "advisory", "advisory"],
    ["indeterminate", "critical", "mandatory", "mandatory"],
    ["indeterminate", "high", "mandatory", "mandatory"],
    ["indeterminate", "high", "remediate", "mandatory"],
    ["indeterminate", "medium", "mandatory", "advisory"],
    ["indeterminate", "low", "mandatory", "advisory"],
    ["indeterminate", "critical", "advisory", "advisory"],
    ["exempt", "critical", "mandatory", "advisory"],
    ["exempt", "low", "advisory", "advisory"],
];

describe("levelOf", () => {
    for (const [verdict, severity, policyLevel, expected] of table) {
        it(`makes ${expected} of ${verdict} by a ${severity} policy at ${policyLevel}`, () => {
            assert.equal(levelOf(verdict, severity, policyLevel), expected);
        });
    }
});
