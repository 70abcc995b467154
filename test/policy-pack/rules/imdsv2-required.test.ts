import assert from "node:assert/strict";
import { imdsv2Required } from "../../../policy-pack/rules/imdsv2-required";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const group = "aws:autoscaling/group:Group";

function server(metadataOptions: unknown, more: Record<string, unknown> = {}) {
    return resource(instance, "vault", { metadataOptions, ...more });
}

describe("imdsv2-required", () => {
    for (const [title, options, expected] of [
        ["passes when session tokens are required", { httpTokens: "required" }, "pass vault"],
        [
            "passes when the metadata service is off",
            { httpTokens: "optional", httpEndpoint: "disabled" },
            "pass vault",
        ],
        [
            "fails when session tokens are optional",
            { httpTokens: "optional" },
            "fail vault metadataOptions.httpTokens",
        ],
        ["fails when nothing is said", undefined, "fail vault metadataOptions.httpTokens"],
        [
            "fails on the provider's defaults",
            { httpEndpoint: "enabled", httpProtocolIpv6: "disabled" },
            "fail vault metadataOptions.httpTokens",
        ],
        [
            "is indeterminate when the token setting is unknown",
            { httpTokens: unknown },
            "indeterminate vault metadataOptions.httpTokens",
        ],
        [
            "is indeterminate when all metadata options are unknown",
            unknown,
            "indeterminate vault metadataOptions.httpTokens",
        ],
        [
            "is indeterminate when only the endpoint decides and is unknown",
            { httpTokens: "optional", httpEndpoint: unknown },
            "indeterminate vault metadataOptions.httpEndpoint",
        ],
        [
            "passes an unknown endpoint when tokens are required",
            { httpTokens: "required", httpEndpoint: unknown },
            "pass vault",
        ],
        [
            "is indeterminate for a shape that cannot be read",
            "required",
            "indeterminate vault metadataOptions.httpTokens",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(imdsv2Required, [server(options)]), [expected]);
        });
    }

    it("says what was found and what it lets through", () => {
        assert.deepEqual(messages(imdsv2Required, [server({ httpTokens: "optional" })]), [
            'metadataOptions.httpTokens is "optional", so instance metadata also answers requests without a session token (IMDSv1)',
        ]);
    });

    it("takes what an instance does not state from its launch template", () => {
        const good = resource(template, "good", { metadataOptions: { httpTokens: "required" } });
        const inheriting = server(undefined, { launchTemplate: { id: from(good) } });
        assert.deepEqual(verdicts(imdsv2Required, [good, inheriting]), ["pass good", "pass vault"]);
    });

    it("reports a weak template once, on the template", () => {
        const weak = resource(template, "weak", { metadataOptions: { httpTokens: "optional" } });
        const servers = [
            server(undefined, { launchTemplate: { id: from(weak) } }),
            resource(group, "nodes", { launchTemplate: { id: from(weak), version: "1" } }),
        ];
        assert.deepEqual(verdicts(imdsv2Required, [weak, ...servers]), [
            "fail weak metadataOptions.httpTokens",
            "not-applicable nodes",
            "not-applicable vault",
        ]);
    });

    it("lets an instance override its template", () => {
        const good = resource(template, "good", { metadataOptions: { httpTokens: "required" } });
        const weaker = server(
            { httpTokens: "optional" },
            { launchTemplate: { name: "good-template" } },
        );
        const named = resource(template, "good", { ...good.properties, name: "good-template" });
        assert.deepEqual(verdicts(imdsv2Required, [named, weaker]), [
            "fail vault metadataOptions.httpTokens",
            "pass good",
        ]);
    });

    it("is indeterminate for a template outside the stack, first or last among several", () => {
        const inside = resource(template, "inside", {
            metadataOptions: { httpTokens: "required" },
        });
        const mixed = resource(group, "nodes", {
            mixedInstancesPolicy: {
                launchTemplate: {
                    launchTemplateSpecification: { launchTemplateId: from(inside) },
                    overrides: [{ launchTemplateSpecification: { launchTemplateId: "lt-0abc" } }],
                },
            },
        });
        const foreign = resource(group, "others", { launchTemplate: { id: "lt-0abc" } });
        assert.deepEqual(verdicts(imdsv2Required, [inside, mixed, foreign]), [
            "indeterminate nodes mixedInstancesPolicy.launchTemplate.overrides[0].launchTemplateSpecification.launchTemplateId",
            "indeterminate others launchTemplate.id",
            "pass inside",
        ]);
    });

    it("is indeterminate when the template itself is unknown", () => {
        const servers = [
            server(undefined, { launchTemplate: { id: unknown } }),
            resource(group, "nodes", { launchTemplate: unknown }),
        ];
        assert.deepEqual(verdicts(imdsv2Required, servers), [
            "indeterminate nodes launchTemplate",
            "indeterminate vault launchTemplate.id",
        ]);
    });

    it("judges launch configurations, spot requests and every specification of a spot fleet", () => {
        const stack = [
            resource("aws:ec2/launchConfiguration:LaunchConfiguration", "old", {}),
            resource("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", {
                metadataOptions: { httpTokens: "required" },
            }),
            resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "fleet", {
                launchSpecifications: [{ ami: "ami-1" }],
            }),
        ];
        assert.deepEqual(verdicts(imdsv2Required, stack), [
            "fail fleet launchSpecifications[0]",
            "fail old metadataOptions.httpTokens",
            "pass spot",
        ]);
    });

    it("says nothing of other resources", () => {
        assert.deepEqual(verdicts(imdsv2Required, [resource("aws:s3/bucket:Bucket", "logs")]), []);
    });

    it("remediates to the required value and leaves unknown ones alone", () => {
        const weak = server({ httpTokens: "optional" });
        const open = server({ httpTokens: unknown });
        const good = server({ httpTokens: "required" });
        const context = contextOf(imdsv2Required, []);
        assert.deepEqual(
            [weak, open, good].map((one) => imdsv2Required.remediate?.(one, context)),
            [[{ path: ["metadataOptions", "httpTokens"], value: "required" }], [], []],
        );
    });
});
