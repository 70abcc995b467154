import assert from "node:assert/strict";
import { imdsHopLimit } from "../../../policy-pack/rules/imds-hop-limit";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";

describe("imds-hop-limit", () => {
    for (const [title, metadataOptions, expected] of [
        ["passes at one hop", { httpPutResponseHopLimit: 1 }, "pass vault"],
        ["passes at one hop written as text", { httpPutResponseHopLimit: "1" }, "pass vault"],
        [
            "fails at two hops",
            { httpPutResponseHopLimit: 2 },
            "fail vault metadataOptions.httpPutResponseHopLimit",
        ],
        [
            "fails when no limit is set, since images raise the default",
            { httpTokens: "required" },
            "fail vault metadataOptions.httpPutResponseHopLimit",
        ],
        [
            "passes when the metadata service is off",
            { httpEndpoint: "disabled", httpPutResponseHopLimit: 64 },
            "pass vault",
        ],
        [
            "is indeterminate when the limit is unknown",
            { httpPutResponseHopLimit: unknown },
            "indeterminate vault metadataOptions.httpPutResponseHopLimit",
        ],
        [
            "is indeterminate when the limit is too high and the endpoint unknown",
            { httpPutResponseHopLimit: 3, httpEndpoint: unknown },
            "indeterminate vault metadataOptions.httpEndpoint",
        ],
        [
            "is indeterminate for a limit that is no number",
            { httpPutResponseHopLimit: "one" },
            "indeterminate vault metadataOptions.httpPutResponseHopLimit",
        ],
    ] as const) {
        it(title, () => {
            const server = resource(instance, "vault", { metadataOptions });
            assert.deepEqual(verdicts(imdsHopLimit, [server]), [expected]);
        });
    }

    it("accepts the limit that the configuration allows", () => {
        const server = resource(instance, "vault", {
            metadataOptions: { httpPutResponseHopLimit: 2 },
        });
        const judgement = { parameters: { imdsHopLimit: 2 } };
        assert.deepEqual(verdicts(imdsHopLimit, [server], judgement), ["pass vault"]);
    });

    it("reports a template's limit on the template", () => {
        const wide = resource("aws:ec2/launchTemplate:LaunchTemplate", "wide", {
            metadataOptions: { httpPutResponseHopLimit: 5 },
        });
        const server = resource(instance, "vault", { launchTemplate: { id: from(wide) } });
        assert.deepEqual(verdicts(imdsHopLimit, [wide, server]), [
            "fail wide metadataOptions.httpPutResponseHopLimit",
            "not-applicable vault",
        ]);
        assert.deepEqual(messages(imdsHopLimit, [wide]), [
            "metadataOptions.httpPutResponseHopLimit is 5: it must be at most 1, or metadata credentials reach processes behind a further hop",
        ]);
    });

    it("remediates down to the limit, never up", () => {
        const context = contextOf(imdsHopLimit, []);
        const changes = [3, 1, unknown].map((httpPutResponseHopLimit) =>
            imdsHopLimit.remediate?.(
                resource(instance, "vault", { metadataOptions: { httpPutResponseHopLimit } }),
                context,
            ),
        );
        const path = ["metadataOptions", "httpPutResponseHopLimit"];
        assert.deepEqual(changes, [[{ path, value: 1 }], [], []]);
    });
});
