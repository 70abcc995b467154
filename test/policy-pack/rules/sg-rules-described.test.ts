import assert from "node:assert/strict";
import { sgRulesDescribed as rule } from "../../../policy-pack/rules/sg-rules-described";
import { judge, messages, resource, unknown, verdicts } from "../../support/graph";
import { inline, token } from "../../support/network";

const group = (description: unknown, ingress?: unknown) =>
    resource(token.securityGroup, "nodes", { description, ingress });

describe("sg-rules-described", () => {
    for (const [title, description, expected] of [
        ["passes words of its own", "Key servers", "pass nodes"],
        ["fails silence", undefined, "fail nodes description"],
        ["fails empty words", " ", "fail nodes description"],
        ["fails the provider's words", "Managed by Pulumi", "fail nodes description"],
        ["is indeterminate for unknown words", unknown, "indeterminate nodes description"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [group(description)]), [expected]);
        });
    }

    it("says the same of silence and of the provider's default", () => {
        assert.deepEqual(messages(rule, [group("Managed by Pulumi")]), [
            'description is "Managed by Pulumi", the provider\'s own text: say what the group is for',
        ]);
    });

    it("looks at every inline rule and every separate one", () => {
        const stack = [
            group("Key servers", [
                inline({ self: true }, { description: "Raft" }),
                inline({ self: true }),
                unknown,
            ]),
            resource(token.ingressRule, "a", { description: "API" }),
            resource(token.egressRule, "b"),
            resource(token.olderRule, "c", { description: "" }),
            resource(token.defaultGroup, "default"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b description",
            "fail c description",
            "fail nodes ingress[1].description",
            "indeterminate nodes ingress[2].description",
            "not-applicable default",
            "pass a",
        ]);
        assert.deepEqual(verdicts(rule, [group("Key servers", unknown)]), [
            "indeterminate nodes ingress",
        ]);
    });

    it("tells rules inside a group apart by what they open", () => {
        const open = (fromPort: number, cidr: string) => ({
            protocol: "tcp",
            fromPort,
            toPort: fromPort,
            cidrBlocks: [cidr],
        });
        const rules = [open(8200, "10.0.0.0/16"), open(8201, "10.0.0.0/16")];
        const subjects = (list: readonly unknown[]) =>
            judge(rule, [
                resource(token.securityGroup, "nodes", { description: "Nodes", ingress: list }),
            ]).map(({ subject }) => subject);
        assert.deepEqual(subjects(rules), ["tcp/8200←10.0.0.0/16", "tcp/8201←10.0.0.0/16"]);
        assert.deepEqual(subjects([...rules].reverse()), subjects(rules).reverse());
    });
});
