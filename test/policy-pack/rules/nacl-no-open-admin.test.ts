import assert from "node:assert/strict";
import { naclNoOpenAdmin as rule } from "../../../policy-pack/rules/nacl-no-open-admin";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const acl = (ingress: unknown, type = "aws:ec2/networkAcl:NetworkAcl") =>
    resource(type, "acl", { ingress });
const entry = (more: Record<string, unknown> = {}) => ({
    action: "allow",
    ruleNo: 100,
    protocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrBlock: "0.0.0.0/0",
    ...more,
});

describe("nacl-no-open-admin", () => {
    for (const [title, ingress, expected] of [
        ["passes without rules", undefined, "pass acl"],
        ["fails SSH from everywhere", [entry()], "fail acl ingress[0]"],
        [
            "fails every protocol",
            [entry({ protocol: "-1", fromPort: 0, toPort: 0 })],
            "fail acl ingress[0]",
        ],
        [
            "fails IPv6",
            [entry({ cidrBlock: undefined, ipv6CidrBlock: "::/0" })],
            "fail acl ingress[0]",
        ],
        ["passes SSH from private addresses", [entry({ cidrBlock: "10.0.0.0/8" })], "pass acl"],
        ["passes other ports", [entry({ fromPort: 8200, toPort: 8201 })], "pass acl"],
        ["passes a denial", [entry({ action: "deny" })], "pass acl"],
        [
            "passes what an earlier denial takes away, in halves",
            [
                entry({ ruleNo: 10, action: "deny", cidrBlock: "0.0.0.0/1" }),
                entry({
                    ruleNo: 11,
                    action: "DENY",
                    cidrBlock: "128.0.0.0/1",
                    fromPort: 0,
                    toPort: 100,
                }),
                entry(),
            ],
            "pass acl",
        ],
        [
            "fails when the denial comes later",
            [entry({ ruleNo: 200, action: "deny" }), entry()],
            "fail acl ingress[1]",
        ],
        [
            "fails what a denial leaves over",
            [entry({ ruleNo: 10, action: "deny", cidrBlock: "0.0.0.0/1" }), entry()],
            "fail acl ingress[1]",
        ],
        ["is indeterminate for an unknown list", unknown, "indeterminate acl ingress"],
        ["is indeterminate for an unknown rule", [unknown], "indeterminate acl ingress[0]"],
        [
            "is indeterminate for an unknown range",
            [entry({ cidrBlock: unknown })],
            "indeterminate acl ingress[0]",
        ],
        [
            "is indeterminate for a protocol that is none",
            [entry({ protocol: "ssh" })],
            "indeterminate acl ingress[0]",
        ],
        [
            "fails a rule without a number beside rules that deny nothing of it",
            [
                entry({ ruleNo: unknown }),
                entry({ action: "deny", fromPort: 25, toPort: 25 }),
                entry({ fromPort: 8200, toPort: 8200 }),
            ],
            "fail acl ingress[0]",
        ],
        [
            "is indeterminate for a rule without a number that a denial may precede",
            [entry({ ruleNo: unknown }), entry({ action: "deny" })],
            "indeterminate acl ingress[0]",
        ],
        [
            "is indeterminate for a rule without a number beside one that cannot be read",
            [entry({ ruleNo: undefined }), entry({ action: unknown })],
            ["indeterminate acl ingress[0]", "indeterminate acl ingress[1]"],
        ],
        [
            "is indeterminate for a denial without a number",
            [entry({ ruleNo: unknown, action: "deny" })],
            "indeterminate acl ingress[0]",
        ],
        [
            "passes private addresses in a rule without a number",
            [entry({ ruleNo: unknown, cidrBlock: "10.0.0.0/8" })],
            "pass acl",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [acl(ingress)]), [expected].flat());
        });
    }

    it("judges default ACLs and separate rules, on themselves", () => {
        const own = acl(undefined, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
        const separate = (name: string, more: Record<string, unknown>) =>
            resource("aws:ec2/networkAclRule:NetworkAclRule", name, {
                networkAclId: from(own),
                ruleNumber: 100,
                ruleAction: "allow",
                protocol: "6",
                fromPort: 3389,
                toPort: 3389,
                cidrBlock: "0.0.0.0/0",
                ...more,
            });
        const stack = [
            own,
            separate("in", {}),
            separate("out", { egress: true }),
            separate("open", { egress: unknown }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail in",
            "indeterminate open egress",
            "not-applicable acl",
        ]);
        assert.ok(
            messages(rule, stack).includes(
                'the rule of the network ACL "acl" admits 3389 from 0.0.0.0/0',
            ),
            messages(rule, stack).join("\n"),
        );
    });

    it("judges rules of an ACL elsewhere together", () => {
        const adopted = (name: string, more: Record<string, unknown>) =>
            resource("aws:ec2/networkAclRule:NetworkAclRule", name, {
                networkAclId: "acl-1",
                ruleNumber: 100,
                ruleAction: "allow",
                protocol: "6",
                fromPort: 22,
                toPort: 22,
                cidrBlock: "0.0.0.0/0",
                ...more,
            });
        const deny = { ruleNumber: 50, ruleAction: "deny" };
        assert.deepEqual(verdicts(rule, [adopted("in", {})]), ["fail in"]);
        assert.deepEqual(verdicts(rule, [adopted("in", {}), adopted("deny", deny)]), []);
        assert.deepEqual(
            verdicts(rule, [
                adopted("in", {}),
                adopted("deny", { ...deny, networkAclId: "acl-2" }),
            ]),
            ["fail in"],
        );
        assert.deepEqual(verdicts(rule, [adopted("in", { ruleAction: unknown })]), [
            "indeterminate in",
        ]);
    });
});
