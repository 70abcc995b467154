import assert from "node:assert/strict";
import type { Parameter } from "../../catalog/parameter";
import { isParameterId, parameter, parameterById, parameters } from "../../catalog/parameters";
import { acceptedRange, problemsOfValue } from "../../catalog/parameters/bounds";

describe("the catalog's parameters", () => {
    it("are sorted by id, each there once", () => {
        const ids = parameters.map(({ id }) => id);
        assert.deepEqual(ids, [...new Set(ids)].sort());
    });

    it("are named in camelCase, with a title and the source of their value", () => {
        const odd = parameters.filter(
            ({ id, title, source }) =>
                !/^[a-z]+([A-Z][a-z0-9]*)*$/.test(id) || title === "" || source === "",
        );
        assert.deepEqual(odd, []);
    });

    it("hold numbers whose loosest value lies on the looser side, within bounds", () => {
        const odd = parameters.filter((known) => {
            if (typeof known.value !== "number") {
                return known.loosest !== undefined;
            }
            const { from, to } = acceptedRange(known);
            const within =
                from >= (known.minimum ?? from) && to <= (known.maximum ?? to) && from <= to;
            return !within || known.value < from || known.value > to;
        });
        assert.deepEqual(
            odd.map(({ id }) => id),
            [],
        );
    });

    it("are found by id with the type of their value", () => {
        const days: number = parameter("logRetentionDays").value;
        assert.equal(days, 365);
        const ports: readonly number[] = parameter("adminPorts").value;
        assert.ok(ports.includes(22) && ports.includes(3389));
        assert.equal(isParameterId("toString"), false);
        assert.throws(() => parameterById("toString"), {
            message: 'the catalog has no parameter "toString"',
        });
    });
});

const base = { id: "p", title: "P", source: "S" };
const lower: Parameter = {
    ...base,
    value: 15,
    unit: "minutes",
    stricter: "lower",
    loosest: 30,
    minimum: 1,
    maximum: 60,
};
const higher: Parameter = { ...base, value: 365, unit: "days", stricter: "higher", maximum: 3653 };
const fixed: Parameter = { ...base, value: 7, unit: "", stricter: "fixed" };
const word: Parameter = {
    ...base,
    value: "027",
    unit: "",
    stricter: "either",
    allowed: ["027", "077"],
};
const flag: Parameter = { ...base, value: true, unit: "", stricter: "fixed" };
const free: Parameter = { ...base, value: false, unit: "", stricter: "either" };
const ports: Parameter = {
    ...base,
    value: [22, 23],
    unit: "",
    stricter: "superset",
    minimum: 1,
    maximum: 65_535,
};
const names: Parameter = { ...base, value: ["a", "b"], unit: "", stricter: "subset" };

describe("values that an organisation chooses", () => {
    const cases: readonly (readonly [Parameter, unknown, readonly string[]])[] = [
        [lower, 1, []],
        [lower, 30, []],
        [lower, 31, ["must be at most 30 minutes, got 31"]],
        [lower, 0, ["must be at least 1 minutes, got 0"]],
        [lower, 1.5, ["must be a whole number, got 1.5"]],
        [lower, "15", ['must be a whole number, got "15"']],
        [lower, Number.NaN, ["must be a whole number, got null"]],
        [lower, undefined, ["must be a whole number, got nothing"]],
        [higher, 365, []],
        [higher, 3653, []],
        [higher, 364, ["must be at least 365 days, got 364"]],
        [higher, 3654, ["must be at most 3653 days, got 3654"]],
        [fixed, 7, []],
        [fixed, 8, ["must be 7, got 8"]],
        [word, "077", []],
        [word, "022", ['must be "027" or "077", got "022"']],
        [word, 27, ["must be text, got 27"]],
        [flag, true, []],
        [flag, false, ["must be true"]],
        [flag, "true", ['must be true or false, got "true"']],
        [free, true, []],
        [ports, [22, 23, 3389], []],
        [ports, [22], ["must hold 23"]],
        [
            ports,
            [22, 23, 0, "80"],
            [
                "[2] must be a whole number from 1 to 65535, got 0",
                '[3] must be a whole number from 1 to 65535, got "80"',
            ],
        ],
        [ports, 22, ["must be a list, got 22"]],
        [names, ["a"], []],
        [names, ["a", "c"], ['must not hold "c"']],
        [names, ["a", ""], ['[1] must be text that is not empty, got ""', 'must not hold ""']],
    ];
    for (const [known, value, problems] of cases) {
        it(`${problems.length === 0 ? "accept" : "refuse"} ${JSON.stringify(value)} for ${JSON.stringify(known.value)} (${known.stricter})`, () => {
            assert.deepEqual(problemsOfValue(known, value), problems);
        });
    }

    it("have a range for numbers only", () => {
        assert.deepEqual(acceptedRange(lower), { from: 1, to: 30 });
        assert.deepEqual(acceptedRange(higher), { from: 365, to: 3653 });
        assert.throws(() => acceptedRange(word), { message: 'parameter "p" is not a number' });
    });
});
