import assert from "node:assert/strict";
import type { ParameterValue } from "../../../catalog/parameter";
import { providerAndStackGuard as rule } from "../../../policy-pack/rules/provider-and-stack-guard";
import { messages, resource, unknown, verdicts } from "../../support/graph";

type Properties = Readonly<Record<string, unknown>>;
const stack = (properties: Properties, region?: unknown) => {
    const provider = resource("pulumi:providers:aws", "provider", properties);
    const server = resource(
        "aws:ec2/instance:Instance",
        "server",
        region === undefined ? {} : { region },
        { provider: provider.urn },
    );
    return [provider, server];
};
const regions = { allowedRegions: ["eu-central-1"] };
const accounts = { allowedAccounts: ["111122223333"] };
const tags = { requiredTags: ["owner"] };

describe("provider-and-stack-guard", () => {
    for (const [title, properties, parameters, expected] of [
        ["passes any region where none is demanded", { region: "us-east-1" }, {}, "pass provider"],
        ["passes an allowed region", { region: "eu-central-1" }, regions, "pass provider"],
        ["fails another region", { region: "us-east-1" }, regions, "fail provider region"],
        [
            "is indeterminate for an unknown region",
            { region: unknown },
            regions,
            "indeterminate provider region",
        ],
        [
            "passes an allowed account",
            { allowedAccountIds: '["111122223333"]' },
            accounts,
            "pass provider",
        ],
        ["fails a provider that goes anywhere", {}, accounts, "fail provider allowedAccountIds"],
        [
            "fails a foreign account, last in the list",
            { allowedAccountIds: ["111122223333", "999900001111"] },
            accounts,
            "fail provider allowedAccountIds",
        ],
        [
            "is indeterminate for an unknown account, first in the list",
            { allowedAccountIds: [unknown, "111122223333"] },
            accounts,
            "indeterminate provider allowedAccountIds",
        ],
        [
            "is indeterminate for unknown accounts",
            { allowedAccountIds: unknown },
            accounts,
            "indeterminate provider allowedAccountIds",
        ],
        [
            "passes required tags in JSON text",
            { defaultTags: '{"tags":{"owner":"platform"}}' },
            tags,
            "pass provider",
        ],
        [
            "fails a missing tag",
            { defaultTags: { tags: { other: "x" } } },
            tags,
            "fail provider defaultTags",
        ],
        [
            "is indeterminate for unknown tags",
            { defaultTags: unknown },
            tags,
            "indeterminate provider defaultTags",
        ],
        [
            "fails an access key",
            { accessKey: "AKIAABCDEFGHIJKLMNOP" },
            {},
            "fail provider accessKey",
        ],
        [
            "fails a secret key that is not known yet",
            { secretKey: unknown },
            {},
            "fail provider secretKey",
        ],
    ] as const satisfies readonly (readonly [
        string,
        Properties,
        Readonly<Record<string, ParameterValue>>,
        string,
    ])[]) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, stack(properties), { parameters }), [expected]);
        });
    }

    it("finds a resource that leaves its provider's region", () => {
        const [provider, server] = stack({ region: "eu-central-1" }, "us-east-1");
        assert.ok(provider !== undefined && server !== undefined);
        assert.deepEqual(messages(rule, [provider, server], { parameters: regions }), [
            'region is "us-east-1", which allowedRegions does not list',
        ]);
    });

    it("reports a wrong region once, where the provider has it", () => {
        const resources = stack({ region: "us-east-1" }, "us-east-1");
        assert.deepEqual(verdicts(rule, resources, { parameters: regions }), [
            "fail provider region",
        ]);
    });

    it("is not applicable to a provider that serves nothing", () => {
        const [provider] = stack({ accessKey: "AKIAABCDEFGHIJKLMNOP" });
        assert.ok(provider !== undefined);
        assert.deepEqual(verdicts(rule, [provider]), []);
    });
});
