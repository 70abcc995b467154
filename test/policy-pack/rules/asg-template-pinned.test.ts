import assert from "node:assert/strict";
import { asgTemplatePinned as rule } from "../../../policy-pack/rules/asg-template-pinned";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const template = resource(token.template, "template");

function judged(more: Record<string, unknown>): readonly string[] {
    const group = resource(token.scalingGroup, "nodes", {
        launchTemplate: { id: from(template), version: "3" },
        maxInstanceLifetime: 2_592_000,
        instanceRefresh: { strategy: "Rolling" },
        ...more,
    });
    return verdicts(rule, [template, group]);
}

describe("asg-template-pinned", () => {
    for (const [title, more, expected] of [
        ["passes a numbered version", {}, "pass nodes"],
        [
            "passes a version that the template computes",
            { launchTemplate: { id: "lt-1", version: from(template) } },
            "pass nodes",
        ],
        [
            "fails $Latest",
            { launchTemplate: { id: "lt-1", version: "$Latest" } },
            "fail nodes launchTemplate.version",
        ],
        [
            "fails silence, which is $Default",
            { launchTemplate: { id: "lt-1" } },
            "fail nodes launchTemplate.version",
        ],
        [
            "is indeterminate for an unknown version",
            { launchTemplate: { id: "lt-1", version: unknown } },
            "indeterminate nodes launchTemplate.version",
        ],
        [
            "fails a launch configuration",
            { launchTemplate: undefined, launchConfiguration: "old" },
            "fail nodes launchConfiguration",
        ],
        ["fails a life without end", { maxInstanceLifetime: 0 }, "fail nodes maxInstanceLifetime"],
        [
            "fails a life that is not limited",
            { maxInstanceLifetime: undefined },
            "fail nodes maxInstanceLifetime",
        ],
        [
            "fails a life that is too long",
            { maxInstanceLifetime: 2_678_400 },
            "fail nodes maxInstanceLifetime",
        ],
        [
            "is indeterminate for an unknown life",
            { maxInstanceLifetime: unknown },
            "indeterminate nodes maxInstanceLifetime",
        ],
        ["fails without a refresh", { instanceRefresh: undefined }, "fail nodes instanceRefresh"],
        [
            "fails a refresh of which only the provider's preferences are there",
            { instanceRefresh: { preferences: { minHealthyPercentage: 90 } } },
            "fail nodes instanceRefresh",
        ],
        [
            "is indeterminate for an unknown refresh",
            { instanceRefresh: unknown },
            "indeterminate nodes instanceRefresh",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(more), [expected]);
        });
    }

    it("looks at every template of a mixed policy", () => {
        const mixed = (version: unknown, overrides: unknown) => ({
            launchTemplate: undefined,
            mixedInstancesPolicy: {
                launchTemplate: {
                    launchTemplateSpecification: { launchTemplateId: "lt-1", version },
                    overrides,
                },
            },
        });
        const at = "mixedInstancesPolicy.launchTemplate";
        const override = (version: unknown) => ({
            launchTemplateSpecification: { launchTemplateId: "lt-2", version },
        });
        assert.deepEqual(judged(mixed("1", [override("2"), override("$Default")])), [
            `fail nodes ${at}.overrides[1].launchTemplateSpecification.version`,
        ]);
        assert.deepEqual(judged(mixed("$Latest", [{ instanceType: "m7i.large" }])), [
            `fail nodes ${at}.launchTemplateSpecification.version`,
        ]);
        assert.deepEqual(judged(mixed("1", unknown)), [`indeterminate nodes ${at}.overrides`]);
    });

    it("says how long servers live", () => {
        const group = resource(token.scalingGroup, "nodes", {
            maxInstanceLifetime: 8_640_000,
            instanceRefresh: { strategy: "Rolling" },
        });
        assert.deepEqual(messages(rule, [group]), [
            "maxInstanceLifetime is 100 days: servers must be renewed after 30 days at most",
        ]);
    });
});
