import assert from "node:assert/strict";
import fc from "fast-check";
import { noConfiguration } from "../../../policy-pack/configuration/policy-configuration";
import { GraphIndex } from "../../../policy-pack/graph/graph-index";
import { readWireResource, type WireResource } from "../../../policy-pack/graph/wire-resource";
import { unknownSentinels, wireMarks } from "../../../policy-pack/graph/wire-values";
import { failuresAlone } from "../../../policy-pack/judging/judge-alone";
import { keywardPack } from "../../../policy-pack/pack";
import { remediateStack } from "../../../policy-pack/remediation/remediate-stack";
import type { Rule } from "../../../policy-pack/rules/rule";
import { difference } from "../../support/aws-provider/diff";
import type { Properties } from "../../support/aws-provider/wire";
import { packOf, sketchPolicy } from "../../support/packs";
import { testProject, testStack, urnOf } from "../../support/resources";

const asOf = new Date("2026-11-20T00:00:00Z");
const scope = { mode: "all", keyServers: [] } as const;
const remediable = keywardPack.policies.filter((policy) => policy.remediable);
const configuration = new Map(
    remediable.map(({ name }) => [name, { level: "remediate" as const, parameters: {} }]),
);

function failures(resource: WireResource): ReadonlySet<string> {
    const read = readWireResource(resource);
    const graph = new GraphIndex([read], testProject, testStack);
    const found = failuresAlone(read, graph, keywardPack, { asOf, configuration: noConfiguration });
    return new Set(found.map(({ policy, path }) => `${policy.name} ${path}`));
}

const leaf = fc.oneof(
    fc.constantFrom<unknown>(true, false, "true", "enabled", "disabled", "required", "optional"),
    fc.constantFrom<unknown>(0, 1, 2, 7, 30, 365, 9999, "", "CRITICAL", "100%"),
    fc.constantFrom<unknown>(unknownSentinels[0], unknownSentinels[6]),
    fc.constant({ [wireMarks.signature]: wireMarks.secret, value: "s" }),
);
const words = [
    ...["httpTokens", "httpEndpoint", "httpPutResponseHopLimit", "instanceMetadataTags"],
    ...["disableApiStop", "disableApiTermination", "monitoring", "sourceDestCheck"],
    ...["enableKeyRotation", "rotationPeriodInDays", "deletionWindowInDays", "enabled"],
    ...["retentionInDays", "maxConcurrency", "maxErrors", "enableLogFileValidation"],
];
const flat = fc.dictionary(fc.constantFrom(...words), leaf, { maxKeys: 6 });
const inputs = fc
    .tuple(flat, fc.option(fc.oneof(flat, leaf), { nil: undefined }))
    .map(([properties, metadataOptions]) =>
        metadataOptions === undefined ? properties : { ...properties, metadataOptions },
    );

describe("remediation", () => {
    for (const { name } of remediable) {
        const rule = keywardPack.rules.find((known) => known.name === name);
        if (rule?.remediate === undefined) {
            continue;
        }
        it(`of ${name} ends after one step, leaves unknowns and secrets, adds no failure of any policy and replaces nothing`, () => {
            const types = fc.constantFrom(...rule.reads);
            fc.assert(
                fc.property(types, inputs, (type, given) => {
                    const before: WireResource = { urn: urnOf(type, "x"), type, inputs: given };
                    const only = { ...keywardPack, rules: [rule] };
                    const input = { configuration, scope, asOf };
                    const once = remediateStack([before], input, only);
                    const [after = before] = once.resources;
                    assert.deepEqual(remediateStack([after], input, only).remediations, []);
                    const added = [...failures(after)].filter(
                        (each) => !failures(before).has(each),
                    );
                    assert.deepEqual(added, []);
                    const { replaces } = difference(type, given, after.inputs as Properties, []);
                    assert.deepEqual(replaces, []);
                    const marks = (json: unknown): number =>
                        JSON.stringify(json).split(/[0-9a-f]{8}-[0-9a-f]{4}-|4dabf181/).length;
                    assert.equal(marks(after.inputs), marks(before.inputs));
                }),
                { numRuns: 60 },
            );
        });
    }

    it("is counted by policy and stacked: a later policy sees what an earlier one set", () => {
        const set = (name: string, property: string): Rule => ({
            name,
            reads: ["aws:kms/key:Key"],
            judge: ({ graph }) => [
                { verdict: "fail", resource: graph.resources[0], message: "weak" },
            ],
            remediate: ({ properties }) => [
                { path: [property], value: Object.keys(properties).length },
            ],
        });
        const pack = packOf(
            [set("first", "a"), set("second", "b")],
            ["first", "second"].map((name) => sketchPolicy({ name, remediable: true })),
        );
        const levels = new Map(
            ["first", "second"].map((name) => [
                name,
                { level: "remediate" as const, parameters: {} },
            ]),
        );
        const type = "aws:kms/key:Key";
        const key = { urn: urnOf(type, "key"), type, inputs: {} };
        const changed = remediateStack([key], { configuration: levels, scope, asOf }, pack);
        assert.deepEqual(changed.resources[0]?.inputs, { a: 0, b: 1 });
        assert.deepEqual(
            changed.remediations.map(({ policy, path, before, after }) => [
                policy,
                path,
                before,
                after,
            ]),
            [
                ["first", "a", "", "0"],
                ["second", "b", "", "1"],
            ],
        );
    });
});
