import assert from "node:assert/strict";
import { noConfiguration } from "../../../policy-pack/configuration/policy-configuration";
import { writeBaseline } from "../../../policy-pack/exemptions/write-baseline";
import { judgeStack, type JudgeInput } from "../../../policy-pack/judge";
import type { Rule } from "../../../policy-pack/rules/rule";
import { packOf, sketchPolicy } from "../../support/packs";
import { sketchResource, testProject, testStack } from "../../support/resources";

const type = "aws:ec2/instance:Instance";
const old = sketchResource({ type, name: "old" });
const added = sketchResource({ type, name: "added" });
const authority = { owner: "platform", approver: "security", ticket: "SEC-9" };

const weak: Rule = {
    name: "weak",
    reads: [type],
    judge: ({ graph }) =>
        graph.ofType(type).flatMap((resource) => [
            { verdict: "fail", resource, path: ["a", 0], subject: "x", message: "weak" },
            { verdict: "fail", resource, path: ["a", 1], subject: "x", message: "weak" },
            { verdict: "indeterminate", resource, path: ["b"], message: "unknown" },
        ]),
};
const strict: Rule = {
    name: "strict",
    reads: [type],
    judge: ({ graph }) =>
        graph.ofType(type).map((resource) => ({ verdict: "fail", resource, message: "never" })),
};
const pack = packOf(
    [weak, strict],
    [
        sketchPolicy({ name: "weak", severity: "critical" }),
        sketchPolicy({ name: "strict", exemptable: false }),
    ],
);

function input(fields: Partial<JudgeInput>): JudgeInput {
    return {
        resources: [old],
        project: testProject,
        stack: testStack,
        asOf: new Date("2026-11-20T10:00:00Z"),
        ...fields,
    };
}

describe("writeBaseline", () => {
    const before = judgeStack(input({}), pack);
    const baseline = writeBaseline(before, authority, noConfiguration, pack);

    it("exempts each weakness once, until the last day that its severity allows", () => {
        assert.deepEqual(
            baseline.exemptions.map(({ policy, created, expires }) => [policy, created, expires]),
            [
                ["weak", "2026-11-20", "2026-12-20"],
                ["weak", "2026-11-20", "2026-12-20"],
                ["weak", "2026-11-20", "2026-12-20"],
            ],
        );
        assert.deepEqual(
            baseline.left.map(({ policy }) => policy),
            ["strict"],
        );
    });

    it("lets what was there pass and blocks what is new", () => {
        const after = judgeStack(
            input({ resources: [old, added], exemptions: baseline.exemptions }),
            pack,
        );
        const verdicts = after.findings
            .filter(({ policy }) => policy !== "strict")
            .map(({ policy, urn, path, verdict }) => [
                policy,
                urn.split("::").at(-1),
                path,
                verdict,
            ]);
        assert.deepEqual(verdicts, [
            ["weak", "added", "a[0]", "fail"],
            ["weak", "added", "a[1]", "fail"],
            ["weak", "added", "b", "indeterminate"],
            ["weak", "old", "a[0]", "exempt"],
            ["weak", "old", "a[1]", "exempt"],
            ["weak", "old", "b", "exempt"],
        ]);
    });

    it("ends: on its last day everything blocks again", () => {
        const later = judgeStack(
            input({ exemptions: baseline.exemptions, asOf: new Date("2026-12-20T00:00:00Z") }),
            pack,
        );
        assert.equal(later.summary.exempt.critical, 0);
        assert.deepEqual(
            later.exemptions.map(({ state }) => state),
            ["expired", "expired", "expired"],
        );
    });
});
