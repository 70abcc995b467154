import assert from "node:assert/strict";
import { vpcEndpointPolicyScoped as rule } from "../../../policy-pack/rules/vpc-endpoint-policy-scoped";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const ours = { StringEquals: { "aws:PrincipalAccount": "111122223333" } };

function statement(more: Record<string, unknown> = {}): Record<string, unknown> {
    return { Effect: "Allow", Principal: "*", Action: "logs:*", Resource: "*", ...more };
}

function endpoint(policy: unknown, more: Record<string, unknown> = {}) {
    return resource(token.endpoint, "logs", {
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.eu-central-1.logs",
        policy,
        ...more,
    });
}

function judged(...statements: readonly unknown[]): readonly string[] {
    return verdicts(rule, [endpoint({ Statement: statements })]);
}

describe("vpc-endpoint-policy-scoped", () => {
    for (const [title, statements, expected] of [
        ["passes callers of the own account", [statement({ Condition: ours })], "pass logs"],
        [
            "passes callers of the organisation",
            [statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })],
            "pass logs",
        ],
        [
            "passes named callers",
            [statement({ Principal: { AWS: "arn:aws:iam::111122223333:role/vault" } })],
            "pass logs",
        ],
        ["passes a policy that admits nobody", [], "pass logs"],
        [
            "passes a policy that turns away all others",
            [
                statement(),
                statement({
                    Effect: "Deny",
                    Action: "*",
                    Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
                }),
            ],
            "pass logs",
        ],
        ["fails everybody", [statement()], "fail logs policy"],
        [
            "fails everybody in the object form",
            [statement({ Principal: { AWS: "*" } })],
            "fail logs policy",
        ],
        [
            "fails a condition on something else",
            [statement({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
            "fail logs policy",
        ],
        [
            "fails a condition that any account meets",
            [statement({ Condition: { StringLike: { "aws:PrincipalAccount": "*" } } })],
            "fail logs policy",
        ],
        [
            "fails a condition that an absent key meets",
            [statement({ Condition: { StringEqualsIfExists: { "aws:PrincipalAccount": "1" } } })],
            "fail logs policy",
        ],
        [
            "fails the open statement after a sound one",
            [statement({ Condition: ours }), statement()],
            "fail logs policy",
        ],
        [
            "is indeterminate for an unknown statement",
            [statement({ Condition: ours }), unknown],
            "indeterminate logs policy",
        ],
        [
            "is indeterminate for an unknown condition",
            [statement({ Condition: unknown })],
            "indeterminate logs policy",
        ],
        [
            "is indeterminate for an unknown account",
            [statement({ Condition: { StringEquals: { "aws:PrincipalAccount": unknown } } })],
            "indeterminate logs policy",
        ],
        [
            "is indeterminate for an unknown caller",
            [statement({ Principal: unknown })],
            "indeterminate logs policy",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(...statements), [expected]);
        });
    }

    it("fails an endpoint without a policy, and is indeterminate for an unknown one", () => {
        assert.deepEqual(verdicts(rule, [endpoint(undefined)]), ["fail logs policy"]);
        assert.deepEqual(verdicts(rule, [endpoint(unknown)]), ["indeterminate logs policy"]);
        assert.deepEqual(messages(rule, [endpoint(undefined)]), [
            "policy is not set, so the endpoint carries every request of everybody",
        ]);
    });

    it("lets anybody read what is Amazon's, and nothing else", () => {
        const gateway = (more: Record<string, unknown>) =>
            verdicts(rule, [
                endpoint(
                    { Statement: statement({ Action: "s3:GetObject", ...more }) },
                    { vpcEndpointType: "Gateway", serviceName: "com.amazonaws.eu-central-1.s3" },
                ),
            ]);
        const bucket = (name: string) => `arn:aws:s3:::${name}/*`;
        assert.deepEqual(gateway({ Resource: bucket("al2023-eu-central-1") }), ["pass logs"]);
        assert.deepEqual(
            gateway({
                Resource: ["arn:aws:ssm:eu-central-1::document/*"],
                Action: "ssm:GetDocument",
            }),
            ["pass logs"],
        );
        assert.deepEqual(gateway({ Resource: bucket("ec2imagebuilder-toe-eu-central-1-prod") }), [
            "pass logs",
        ]);
        for (const more of [
            { Resource: bucket("al2023-eu-west-1") },
            { Resource: bucket("strangers-bucket") },
            { Resource: [bucket("al2023-eu-central-1"), bucket("*")] },
            { Resource: bucket("al2023-eu-central-1"), Action: "s3:PutObject" },
            { Resource: bucket("al2023-eu-central-1"), Action: "s3:*" },
        ]) {
            assert.deepEqual(gateway(more), ["fail logs policy"]);
        }
    });

    it("judges an endpoint in a region that it does not know", () => {
        const policy = { Statement: statement({ Resource: "arn:aws:s3:::al2023-xx-nowhere-1/*" }) };
        const one = endpoint(policy, { serviceName: "com.amazonaws.xx-nowhere-1.s3" });
        assert.deepEqual(verdicts(rule, [one]), ["fail logs policy"]);
    });

    it("reads a policy that is a resource of its own, and reports it there", () => {
        const one = endpoint({ Statement: statement({ Condition: ours }) });
        const own = (policy: unknown) =>
            resource("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "own", {
                vpcEndpointId: from(one),
                policy,
            });
        assert.deepEqual(verdicts(rule, [one, own({ Statement: statement() })]), [
            "fail own policy",
            "not-applicable logs",
        ]);
    });

    it("asks nothing of endpoints that have no policies", () => {
        const stack = [
            endpoint(undefined, { vpcEndpointType: "GatewayLoadBalancer" }),
            endpoint(undefined, { serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-1" }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["not-applicable logs", "not-applicable logs"]);
    });
});
