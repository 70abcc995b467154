import assert from "node:assert/strict";
import type { Parameter } from "../../../catalog/parameter";
import { InputError } from "../../../catalog/records/input-error";
import { parameterSchema } from "../../../policy-pack/configuration/parameter-schema";
import {
    parseConfiguration,
    readConfiguration,
} from "../../../policy-pack/configuration/read-configuration";
import { compileSchema } from "../../../policy-pack/configuration/schema-problems";
import { writeConfiguration } from "../../../policy-pack/configuration/write-configuration";
import { keywardPack } from "../../../policy-pack/pack";

function accepts(fields: Partial<Parameter>, value: unknown): boolean {
    const schema = parameterSchema({
        id: "x",
        title: "X",
        value: 30,
        unit: "days",
        source: "a standard",
        stricter: "higher",
        ...fields,
    });
    return compileSchema(schema)(value);
}

describe("the schema of a parameter", () => {
    const cases: readonly (readonly [
        string,
        Partial<Parameter>,
        readonly unknown[],
        readonly unknown[],
    ])[] = [
        ["more where more is stricter", { maximum: 60 }, [30, 31, 60], [29, 61, "31", 30.5]],
        ["less down to the loosest", { loosest: 20 }, [20, 30], [19]],
        ["less where less is stricter", { stricter: "lower", minimum: 1 }, [1, 30], [0, 31]],
        ["more up to the loosest", { stricter: "lower", loosest: 40 }, [40, 1], [41]],
        ["anything within bounds", { stricter: "either", minimum: 1, maximum: 9 }, [1, 9], [0, 10]],
        ["nothing else for a fixed value", { stricter: "fixed" }, [30], [31, 29]],
        [
            "further elements",
            { value: ["a", "b"], stricter: "superset" },
            [
                ["b", "a"],
                ["a", "b", "c"],
            ],
            [["a"], [], "a", ["a", "b", "b"], ["a", "b", ""]],
        ],
        [
            "fewer elements",
            { value: ["a", "b"], stricter: "subset" },
            [["a"], [], ["b", "a"]],
            [["c"], ["a", "c"]],
        ],
        [
            "numbers within bounds",
            { value: [22], stricter: "superset", minimum: 1, maximum: 65535 },
            [[22, 23]],
            [[22, 0], [22, 65536], ["22"]],
        ],
        ["true and false", { value: false, stricter: "either" }, [true, false], ["yes", 1]],
        [
            "one of the words that the catalog allows",
            { value: "1.2", stricter: "either", allowed: ["1.2", "1.3"] },
            ["1.2", "1.3"],
            ["1.1", "", 1.3],
        ],
        ["a text", { value: "1.2", stricter: "either" }, ["1.3"], ["", 1.3]],
    ];
    for (const [what, fields, good, bad] of cases) {
        it(`accepts ${what}`, () => {
            for (const value of good) {
                assert.equal(accepts(fields, value), true, JSON.stringify(value));
            }
            for (const value of bad) {
                assert.equal(accepts(fields, value), false, JSON.stringify(value));
            }
        });
    }

    it("accepts the catalog's value for every parameter of every policy", () => {
        for (const policy of keywardPack.policies) {
            for (const id of policy.parameters) {
                const parameter = keywardPack.parameter(id);
                assert.equal(compileSchema(parameterSchema(parameter))(parameter.value), true, id);
            }
        }
    });
});

describe("readConfiguration", () => {
    it("takes levels and parameters, and the level of all for the rest", () => {
        const { policies } = readConfiguration(
            {
                all: "mandatory",
                "imds-hop-limit": { enforcementLevel: "remediate" },
                "log-group-retention-and-cmk": { logRetentionDays: 400 },
            },
            "c.json",
        );
        assert.deepEqual(policies.get("imds-hop-limit"), { level: "remediate", parameters: {} });
        assert.deepEqual(policies.get("log-group-retention-and-cmk"), {
            level: "mandatory",
            parameters: { logRetentionDays: 400 },
        });
        assert.deepEqual(policies.get("no-public-ip"), { level: "mandatory", parameters: {} });
    });

    it("takes scope and exemptions from exemptions-sound", () => {
        const { scope, exemptions } = readConfiguration(
            {
                "exemptions-sound": {
                    scope: "marked",
                    keyServers: ["urn:pulumi:dev::p::t::n"],
                    exemptions: [{ id: "a" }],
                },
            },
            "c.json",
        );
        assert.deepEqual(scope, { mode: "marked", keyServers: ["urn:pulumi:dev::p::t::n"] });
        assert.deepEqual(exemptions, [{ id: "a" }]);
    });

    it("has the catalog's values where nothing is configured", () => {
        const { policies, scope, exemptions } = parseConfiguration("", "c.yaml");
        assert.deepEqual(
            [...policies.values()],
            keywardPack.policies.map(() => ({ parameters: {} })),
        );
        assert.deepEqual([scope, exemptions], [{ mode: "auto", keyServers: [] }, []]);
    });

    it("refuses everything that is wrong at once, each with its path", () => {
        const wrong = {
            all: { enforcementLevel: "mandatory", scope: "all" },
            "no-such-policy": "mandatory",
            "imds-hop-limit": { enforcementLevel: "maybe", imdsHopLimit: 64 },
            "no-public-ip": "off",
            "exemptions-sound": { scope: "some", exemptionSpanCriticalDays: 31 },
        };
        assert.throws(
            () => readConfiguration(wrong, "c.json"),
            (error) => {
                assert.ok(error instanceof InputError);
                const problems = error.problems.map((problem) =>
                    problem.replace(/; known: .*/, ""),
                );
                assert.deepEqual([...problems].sort(), [
                    'c.json has the unknown field "no-such-policy"',
                    'c.json.all has the unknown field "scope"',
                    "c.json.exemptions-sound.exemptionSpanCriticalDays must be <= 30, got 31",
                    'c.json.exemptions-sound.scope must be one of "auto", "all", "marked", got "some"',
                    'c.json.imds-hop-limit.enforcementLevel must be one of "advisory", "mandatory", "remediate", "disabled", got "maybe"',
                    "c.json.imds-hop-limit.imdsHopLimit must be <= 2, got 64",
                    'c.json.no-public-ip must be one of "advisory", "mandatory", "remediate", "disabled", got "off"',
                ]);
                return true;
            },
        );
    });

    it("refuses a document that is no object, and a text that is neither JSON nor YAML", () => {
        assert.throws(() => readConfiguration([], "c.json"), /c\.json must be object, got \[\]/);
        assert.throws(
            () => parseConfiguration("{", "c.json"),
            /c\.json is neither JSON nor YAML: /,
        );
    });

    it("does not take settings from a prototype", () => {
        const document: unknown = JSON.parse('{"__proto__": {"all": "disabled"}}');
        assert.throws(() => readConfiguration(document, "c.json"), /unknown field "__proto__"/);
    });
});

describe("writeConfiguration", () => {
    it("writes one file of what came from several, which reads the same", () => {
        const configuration = readConfiguration(
            {
                "imds-hop-limit": { enforcementLevel: "remediate", imdsHopLimit: 2 },
                "exemptions-sound": {
                    scope: "all",
                    exemptionNoticeDays: 30,
                    exemptions: [{ id: "a" }],
                },
            },
            "c.json",
        );
        const written = writeConfiguration(configuration);
        assert.deepEqual(written, {
            "exemptions-sound": {
                exemptionNoticeDays: 30,
                scope: "all",
                keyServers: [],
                exemptions: [{ id: "a" }],
            },
            "imds-hop-limit": { enforcementLevel: "remediate", imdsHopLimit: 2 },
        });
        assert.deepEqual(readConfiguration(written, "c.json"), configuration);
    });
});
