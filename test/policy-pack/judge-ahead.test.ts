import assert from "node:assert/strict";
import { noConfiguration } from "../../policy-pack/configuration/policy-configuration";
import { judgeStack } from "../../policy-pack/judge";
import { judgeAhead } from "../../policy-pack/judge-ahead";
import { keywardPack } from "../../policy-pack/pack";
import { graphOf } from "../support/reference-graph";

describe("what is said of a resource before it exists", function () {
    this.timeout(120_000);

    for (const [stack, least] of [
        [".", 0],
        ["examples/plain-aws", 0],
        ["examples/unhardened", 5],
    ] as const) {
        it(`is said of the whole stack as well: ${stack}`, () => {
            const resources = graphOf(stack);
            const input = {
                project: "vault",
                stack: "dev",
                asOf: new Date("2026-11-20T12:00:00Z"),
                scope: { mode: "all", keyServers: [] } as const,
                configuration: noConfiguration,
                exemptions: [],
            };
            const whole = judgeStack({ ...input, resources }).findings;
            const said = new Set(whole.map(({ fingerprint }) => fingerprint));
            const early = resources.flatMap((resource) => {
                const provider = resources.find(({ urn }) => urn === resource.provider);
                return judgeAhead({ ...input, resource, provider }, keywardPack);
            });
            assert.deepEqual(
                early
                    .filter(({ fingerprint }) => !said.has(fingerprint))
                    .map(({ policy, urn, message }) => `${policy} ${urn} ${message}`),
                [],
            );
            assert.ok(early.length >= least, `${early.length} findings`);
        });
    }
});
