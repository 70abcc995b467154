import assert from "node:assert/strict";
import { imdsIpv6AndTagsOff as rule } from "../../../policy-pack/rules/imds-ipv6-and-tags-off";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const server = (metadataOptions: unknown, more = {}) =>
    resource(token.instance, "vault", { metadataOptions, ...more });

describe("imds-ipv6-and-tags-off", () => {
    for (const [title, options, expected] of [
        [
            "passes when both are off",
            { httpProtocolIpv6: "disabled", instanceMetadataTags: "disabled" },
            "pass vault",
        ],
        ["passes when nothing is said, since both are off by default", undefined, "pass vault"],
        [
            "fails answers over IPv6",
            { httpProtocolIpv6: "enabled" },
            "fail vault metadataOptions.httpProtocolIpv6",
        ],
        [
            "fails tags in metadata",
            { instanceMetadataTags: "enabled" },
            "fail vault metadataOptions.instanceMetadataTags",
        ],
        [
            "passes when the service is off",
            { httpEndpoint: "disabled", httpProtocolIpv6: "enabled" },
            "pass vault",
        ],
        [
            "is indeterminate for an unknown protocol",
            { httpProtocolIpv6: unknown },
            "indeterminate vault metadataOptions.httpProtocolIpv6",
        ],
        [
            "is indeterminate for unknown tags",
            { instanceMetadataTags: unknown },
            "indeterminate vault metadataOptions.instanceMetadataTags",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [server(options)]), [expected]);
        });
    }

    it("passes tags that a document of the stack reads", () => {
        const document = resource("aws:ssm/document:Document", "patch", {
            content: "curl http://169.254.169.254/latest/meta-data/tags/instance/PatchGroup",
        });
        const stack = [document, server({ instanceMetadataTags: "enabled" })];
        assert.deepEqual(verdicts(rule, stack), ["pass vault"]);
    });

    it("reports a template's switches on the template", () => {
        const template = resource(token.template, "t", {
            metadataOptions: { httpProtocolIpv6: "enabled" },
        });
        const stack = [template, server(undefined, { launchTemplate: { id: from(template) } })];
        assert.deepEqual(verdicts(rule, stack), [
            "fail t metadataOptions.httpProtocolIpv6",
            "not-applicable vault",
        ]);
        assert.deepEqual(messages(rule, stack), [
            'metadataOptions.httpProtocolIpv6 is "enabled": the metadata service answers over IPv6 as well',
        ]);
    });

    it("remediates the protocol, and leaves tags, which may be needed", () => {
        const both = server({ httpProtocolIpv6: "enabled", instanceMetadataTags: "enabled" });
        assert.deepEqual(rule.remediate?.(both, contextOf(rule, [])), [
            { path: ["metadataOptions", "httpProtocolIpv6"], value: "disabled" },
        ]);
    });
});
