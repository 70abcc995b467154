import assert from "node:assert/strict";
import { metadataDefaults as rule } from "../../../policy-pack/rules/metadata-defaults";
import { contextOf, messages, resource, unknown, verdicts } from "../../support/graph";

const defaults = (properties: Record<string, unknown>) =>
    resource("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "account", properties);
const strict = { httpTokens: "required", httpPutResponseHopLimit: 1 };

describe("metadata-defaults", () => {
    for (const [title, properties, expected] of [
        ["passes strict defaults", strict, ["pass account"]],
        ["passes when the service is off", { httpEndpoint: "disabled" }, ["pass account"]],
        [
            "fails without a preference",
            { httpTokens: "no-preference", httpPutResponseHopLimit: -1 },
            ["fail account httpPutResponseHopLimit", "fail account httpTokens"],
        ],
        [
            "fails when nothing is said",
            {},
            ["fail account httpPutResponseHopLimit", "fail account httpTokens"],
        ],
        [
            "fails two hops",
            { ...strict, httpPutResponseHopLimit: 2 },
            ["fail account httpPutResponseHopLimit"],
        ],
        [
            "is indeterminate for unknown tokens",
            { ...strict, httpTokens: unknown },
            ["indeterminate account httpTokens"],
        ],
        [
            "is indeterminate for an unknown limit",
            { ...strict, httpPutResponseHopLimit: unknown },
            ["indeterminate account httpPutResponseHopLimit"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [defaults(properties)]), expected);
        });
    }

    it("says what new instances would do", () => {
        assert.deepEqual(messages(rule, [defaults({ ...strict, httpTokens: "optional" })]), [
            'httpTokens is "optional", so new instances answer without a session token',
        ]);
    });

    it("remediates both, never an unknown value", () => {
        const changes = [{}, { httpTokens: unknown, httpPutResponseHopLimit: unknown }, strict].map(
            (properties) => rule.remediate?.(defaults(properties), contextOf(rule, [])),
        );
        const both = [
            { path: ["httpTokens"], value: "required" },
            { path: ["httpPutResponseHopLimit"], value: 1 },
        ];
        assert.deepEqual(changes, [both, [], []]);
    });
});
