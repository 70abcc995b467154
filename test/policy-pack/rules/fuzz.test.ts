import assert from "node:assert/strict";
import fc from "fast-check";
import { policyRecord } from "../../../catalog/policies";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { judgeStack } from "../../../policy-pack/judge";
import { keywardPack } from "../../../policy-pack/pack";
import { rules } from "../../../policy-pack/rules";
import { contextOf, resource } from "../../support/graph";
import { noiseOf } from "../../support/noise";
import { testProject, testStack } from "../../support/resources";

/** Names of properties that some rule reads, so that the noise reaches the depths of their readers. */
const names = fc.constantFrom(
    ...[
        "ingress",
        "egress",
        "cidrBlocks",
        "prefixListIds",
        "entries",
        "cidr",
        "protocol",
        "fromPort",
    ],
    ...[
        "metadataOptions",
        "httpTokens",
        "launchTemplate",
        "id",
        "blockDeviceMappings",
        "ebs",
        "encrypted",
    ],
    ...["networkInterfaces", "subnetId", "vpcSecurityGroupIds", "launchSpecifications", "kmsKeyId"],
    ...["policy", "Statement", "Effect", "Action", "Principal", "Condition", "inlinePolicies"],
    ...[
        "approvalRules",
        "patchFilters",
        "key",
        "values",
        "tags",
        "targets",
        "content",
        "mainSteps",
    ],
    ...["taskInvocationParameters", "runCommandParameters", "parameters", "routes", "gatewayId"],
    ...[
        "mixedInstancesPolicy",
        "overrides",
        "ipv6Addresses",
        "vpcId",
        "operatingSystem",
        "userData",
    ],
);
const leaf = fc.oneof(
    fc.constant(UNKNOWN),
    fc.constantFrom(
        "",
        "*",
        "0.0.0.0/0",
        "::/0",
        "tcp",
        "-1",
        "tag:PatchGroup",
        "Allow",
        "{",
        "WindowTargetIds",
    ),
    fc.boolean(),
    fc.double(),
    fc.integer(),
    fc.constant(null),
    fc.string(),
);
const noise = noiseOf(names, leaf);
const properties = fc.dictionary(names, noise, { maxKeys: 8 });

function stackOf(types: readonly string[]): fc.Arbitrary<readonly RegisteredResource[]> {
    const one = fc.tuple(fc.constantFrom(...types), properties, fc.nat(types.length));
    return fc.array(one, { minLength: 1, maxLength: 6 }).map((list) =>
        list.map(([type, given, source], index) => {
            const name = `r${index}`;
            const sketch = resource(type, name, given);
            const earlier = list[Math.min(source, index)];
            const urn =
                earlier === undefined
                    ? []
                    : [resource(earlier[0], `r${Math.min(source, index)}`).urn];
            const propertyDependencies = Object.fromEntries(
                Object.keys(given).map((key) => [key, urn]),
            );
            return { ...sketch, propertyDependencies };
        }),
    );
}

describe("every rule", () => {
    it("stands in the list once, in order, under the name of a policy record", () => {
        const listed = rules.map(({ name }) => name);
        assert.deepEqual(listed, [...new Set(listed)].sort());
        assert.deepEqual(
            listed.map((name) => policyRecord(name).name),
            listed,
        );
    });

    it("remediates exactly when its record says so", () => {
        const remediating = rules.filter((rule) => rule.remediate !== undefined);
        const recorded = rules.filter(({ name }) => policyRecord(name).remediable);
        assert.deepEqual(
            remediating.map(({ name }) => name),
            recorded.map(({ name }) => name),
        );
    });

    for (const rule of rules) {
        it(`${rule.name} gives sound observations of whatever it is given, and never throws`, () => {
            fc.assert(
                fc.property(stackOf(rule.reads), (stack) => {
                    const context = contextOf(rule, stack);
                    for (const { verdict, resource: about, message } of rule.judge(context)) {
                        assert.ok(about === undefined || stack.includes(about));
                        assert.equal(
                            message !== undefined && message !== "",
                            verdict === "fail" || verdict === "indeterminate",
                        );
                    }
                    for (const one of stack) {
                        for (const { path, value } of rule.remediate?.(one, context) ?? []) {
                            assert.ok(path.length > 0 && value !== UNKNOWN);
                        }
                    }
                }),
                { numRuns: 150 },
            );
        });
    }

    it("is judged whole, with exemptions and levels as noisy, and every policy of the pack has an answer", () => {
        const types = rules.flatMap(({ reads }) => reads);
        const levels = fc.constantFrom("advisory", "disabled", "mandatory", "remediate");
        fc.assert(
            fc.property(
                stackOf(types),
                fc.array(noise, { maxLength: 4 }),
                fc.dictionary(
                    fc.constantFrom(...keywardPack.policies.map(({ name }) => name)),
                    levels,
                ),
                (stack, exemptions, lowered) => {
                    const judged = judgeStack({
                        resources: stack,
                        project: testProject,
                        stack: testStack,
                        asOf: new Date("2026-11-01T00:00:00Z"),
                        exemptions,
                        configuration: new Map(
                            Object.entries(lowered).map(([name, level]) => [
                                name,
                                { level, parameters: {} },
                            ]),
                        ),
                    });
                    const finders = new Set(judged.findings.map(({ policy }) => policy));
                    const isLowered = keywardPack.policies.some(
                        ({ name, severity }) =>
                            severity === "critical" &&
                            ["advisory", "disabled"].includes(lowered[name] ?? ""),
                    );
                    assert.equal(judged.policies.length, keywardPack.policies.length);
                    assert.equal(finders.has("enforcement-levels-sound"), isLowered);
                    assert.equal(
                        finders.has("exemptions-sound"),
                        exemptions.length > 0 && lowered["exemptions-sound"] !== "disabled",
                    );
                },
            ),
            { numRuns: 60 },
        );
    });
});
