import assert from "node:assert/strict";
import { detailedMonitoring as rule } from "../../../policy-pack/rules/detailed-monitoring";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const configuration = "aws:ec2/launchConfiguration:LaunchConfiguration";

describe("detailed-monitoring", () => {
    for (const [title, monitoring, expected] of [
        ["passes when it is on", true, "pass vault"],
        ["passes when it is on, written as text", "true", "pass vault"],
        ["fails when it is off", false, "fail vault monitoring"],
        ["fails when nothing is said", undefined, "fail vault monitoring"],
        ["is indeterminate when it is unknown", unknown, "indeterminate vault monitoring"],
    ] as const) {
        it(title, () => {
            const server = resource(token.instance, "vault", { monitoring });
            assert.deepEqual(verdicts(rule, [server]), [expected]);
        });
    }

    it("reads templates, configurations, which monitor by default, and fleets", () => {
        const template = resource(token.template, "t", { monitoring: { enabled: true } });
        const stack = [
            template,
            resource(token.instance, "vault", { launchTemplate: { id: from(template) } }),
            resource(configuration, "a"),
            resource(configuration, "b", { enableMonitoring: false }),
            resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "f", {
                launchSpecifications: [{ monitoring: true }, {}],
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b enableMonitoring",
            "fail f launchSpecifications[1].monitoring",
            "pass a",
            "pass t",
            "pass vault",
        ]);
        assert.equal(
            messages(rule, stack)[0],
            "enableMonitoring is false, so metrics come every five minutes",
        );
    });

    it("remediates each form at its own property", () => {
        const changes = [
            resource(token.instance, "a", { monitoring: false }),
            resource(token.template, "b"),
            resource(configuration, "c", { enableMonitoring: unknown }),
            resource(token.scalingGroup, "d"),
        ].map((one) => rule.remediate?.(one, contextOf(rule, [])));
        assert.deepEqual(changes, [
            [{ path: ["monitoring"], value: true }],
            [{ path: ["monitoring", "enabled"], value: true }],
            [],
            [],
        ]);
    });
});
