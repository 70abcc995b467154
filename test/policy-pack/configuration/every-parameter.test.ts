import assert from "node:assert/strict";
import fc from "fast-check";
import type { Parameter } from "../../../catalog/parameter";
import { acceptedRange, problemsOfValue } from "../../../catalog/parameters/bounds";
import { policyRecord } from "../../../catalog/policies";
import { InputError } from "../../../catalog/records/input-error";
import { readConfiguration } from "../../../policy-pack/configuration/read-configuration";
import { keywardPack } from "../../../policy-pack/pack";

const settings = keywardPack.policies.flatMap(({ name, parameters }) =>
    parameters.map((id) => ({ policy: name, parameter: keywardPack.parameter(id) })),
);

/** Values near the bounds of a parameter, and of other kinds. */
function values({ value }: Parameter): fc.Arbitrary<unknown> {
    const foreign = fc.constantFrom<unknown>(null, {}, "", "x", 0.5, true);
    if (typeof value === "number") {
        return fc.oneof(fc.integer({ min: value - 40, max: value + 40 }), fc.integer(), foreign);
    }
    if (typeof value === "object") {
        const element: fc.Arbitrary<unknown> =
            typeof value[0] === "number" ? fc.integer({ min: -1, max: 70_000 }) : fc.string();
        const more = fc.uniqueArray(element, { maxLength: 3 });
        const kept = fc.subarray([...value]);
        return fc.oneof(
            fc
                .tuple(kept, more)
                .map(([some, others]) => [...new Set<unknown>([...some, ...others])]),
            more.map((others) => [...new Set<unknown>([...value, ...others])]),
            foreign,
        );
    }
    return fc.oneof(fc.constant(value), fc.boolean(), fc.string(), foreign);
}

/** What the reader says of one parameter, without what it is about. */
function problems(policy: string, id: string, value: unknown): readonly string[] {
    try {
        const read = readConfiguration({ [policy]: { [id]: value } }, "c.yaml");
        assert.deepEqual(read.policies.get(policy), { parameters: { [id]: value } });
        return [];
    } catch (error) {
        assert.ok(error instanceof InputError);
        return error.problems;
    }
}

describe("every parameter of every policy", () => {
    for (const { policy, parameter } of settings) {
        const { id } = parameter;
        it(`${policy}: ${id} takes exactly what the catalog's bounds allow, and names the path of what it refuses`, () => {
            fc.assert(
                fc.property(values(parameter), (value) => {
                    const found = problems(policy, id, value);
                    assert.equal(
                        found.length === 0,
                        problemsOfValue(parameter, value).length === 0,
                    );
                    for (const problem of found) {
                        assert.ok(problem.startsWith(`c.yaml.${policy}.${id}`), problem);
                    }
                }),
                { numRuns: 60 },
            );
        });
    }

    it("can be tightened to the end of its range and loosened to its loosest value, and no further", () => {
        for (const { policy, parameter } of settings) {
            if (typeof parameter.value !== "number") {
                continue;
            }
            const { from, to } = acceptedRange(parameter);
            assert.ok(from <= parameter.value && parameter.value <= to, parameter.id);
            assert.deepEqual(problems(policy, parameter.id, from), [], parameter.id);
            assert.deepEqual(problems(policy, parameter.id, to), [], parameter.id);
            const tooLoose = parameter.stricter === "higher" ? from - 1 : to + 1;
            assert.equal(problems(policy, parameter.id, tooLoose).length, 1, parameter.id);
        }
        assert.ok(settings.length > 50, String(settings.length));
        assert.ok(settings.every(({ policy }) => policyRecord(policy).parameters.length > 0));
    });
});
