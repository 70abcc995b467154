import assert from "node:assert/strict";
import { sourceDestCheckAndSingleEni as rule } from "../../../policy-pack/rules/source-dest-check-and-single-eni";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const attachment = "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment";

describe("source-dest-check-and-single-eni", () => {
    for (const [title, sourceDestCheck, expected] of [
        ["passes the default", undefined, "pass vault"],
        ["passes the check", true, "pass vault"],
        ["fails without the check", false, "fail vault sourceDestCheck"],
        ["is indeterminate for an unknown check", unknown, "indeterminate vault sourceDestCheck"],
    ] as const) {
        it(title, () => {
            const server = resource(token.instance, "vault", { sourceDestCheck });
            assert.deepEqual(verdicts(rule, [server]), [expected]);
        });
    }

    it("fails further interfaces, listed or attached", () => {
        const card = (name: string) => resource(token.networkInterface, name, {});
        const [first, second] = [card("first"), card("second")];
        const attached = resource(token.instance, "attached", {});
        const listed = resource(token.instance, "listed", {
            networkInterfaces: [
                { networkInterfaceId: from(first) },
                { networkInterfaceId: "eni-1" },
            ],
        });
        const stack = [
            first,
            second,
            attached,
            listed,
            resource(attachment, "eth1", {
                instanceId: from(attached),
                networkInterfaceId: from(second),
            }),
            resource(token.template, "t1", { networkInterfaces: [{}, {}] }),
            resource(token.template, "t2", { networkInterfaces: [{}] }),
            resource(token.template, "t3", { networkInterfaces: unknown }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail attached",
            "fail listed networkInterfaces",
            "fail t1 networkInterfaces",
            "indeterminate t3 networkInterfaces",
            "pass first",
            "pass second",
            "pass t2",
        ]);
        assert.ok(
            messages(rule, stack).includes(
                'the server has further interfaces ("second"): a second one bridges two networks',
            ),
        );
    });

    it("passes a server whose only interface was made before it", () => {
        const card = resource(token.networkInterface, "card", { sourceDestCheck: true });
        const server = resource(token.instance, "vault", {
            primaryNetworkInterface: { networkInterfaceId: from(card) },
        });
        assert.deepEqual(verdicts(rule, [card, server]), ["pass card", "pass vault"]);
    });

    it("remediates the check", () => {
        const changes = [false, unknown, true].map((sourceDestCheck) =>
            rule.remediate?.(
                resource(token.instance, "vault", { sourceDestCheck }),
                contextOf(rule, []),
            ),
        );
        assert.deepEqual(changes, [[{ path: ["sourceDestCheck"], value: true }], [], []]);
    });
});
