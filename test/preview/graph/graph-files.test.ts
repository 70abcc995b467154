import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../../catalog/records/input-error";
import { wireMarks } from "../../../policy-pack/graph/wire-values";
import { parseGraph } from "../../../preview/graph/read-graph";
import { writeGraph } from "../../../preview/graph/saved-graph";
import { evaluate } from "../../support/program";

const urn = "urn:pulumi:dev::vault::aws:kms/key:Key::key";
const state = (resources: unknown): string =>
    JSON.stringify({ version: 3, deployment: { resources } });

function parse(text: string | Uint8Array): ReturnType<typeof parseGraph> {
    return parseGraph(typeof text === "string" ? Buffer.from(text) : text, "state.json");
}

describe("a saved graph", () => {
    it("is read back as the resources that were registered, without their secrets", async () => {
        const { resources } = await evaluate({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                const aws = require("@pulumi/aws");
                const secret = pulumi.secret("canary-7f3a");
                const key = new aws.kms.Key("key", { description: "plain" });
                new aws.ssm.Parameter("token", {
                    type: "SecureString", value: secret, keyId: key.arn,
                    tags: { nested: pulumi.interpolate\`x-\${secret}\` },
                });
                exports.token = secret;`,
        });
        assert.match(JSON.stringify(resources), /canary-7f3a/);
        const text = writeGraph(resources, new Date("2026-11-24"));
        assert.doesNotMatch(text, /canary-7f3a/);
        const graph = parse(text);
        assert.deepEqual([graph.project, graph.stack], ["test", "dev"]);
        assert.equal(graph.resources.length, resources.length);
        assert.deepEqual(
            graph.resources.map((resource) => resource.urn),
            resources.map((resource) => resource.urn),
        );
        const saved = (JSON.parse(text) as { deployment: { resources: typeof resources } })
            .deployment.resources;
        const token = saved.find((resource) => resource.urn.endsWith("::token"));
        assert.deepEqual(token?.inputs["value"], {
            [wireMarks.signature]: wireMarks.secret,
            ciphertext: "",
        });
    });
});

describe("the reader of states", () => {
    it("says what is wrong with a file that is no state", () => {
        const problemOf = (text: string | Uint8Array): string => {
            try {
                parse(text);
            } catch (error) {
                assert.ok(error instanceof InputError, String(error));
                return error.problems.join("\n");
            }
            throw new Error("it was accepted");
        };
        assert.match(problemOf(""), /^state\.json: it is not JSON/);
        assert.match(problemOf(state([]).slice(0, -3)), /^state\.json: it is not JSON/);
        assert.equal(
            problemOf(Uint8Array.of(0x7b, 0xff, 0x7d)).split(";")[0],
            "state.json: it is not UTF-8 text",
        );
        assert.match(problemOf("[]"), /^state\.json: a stack's graph must be an object/);
        assert.match(
            problemOf(state([{ type: 1 }])),
            /deployment\.resources\[0\]\.urn must be a string/,
        );
    });

    it("never crashes, hangs or loses a resource, whatever is in the file", () => {
        const key = fc.oneof(
            fc.constantFrom("__proto__", "constructor", "urn", "inputs", wireMarks.signature),
            fc.string(),
        );
        const { value } = fc.letrec((tie) => ({
            value: fc.oneof(
                { maxDepth: 6 },
                fc.constantFrom(urn, wireMarks.secret, null, true, 1, ""),
                fc.string(),
                fc.array(tie("value"), { maxLength: 3 }),
                fc.dictionary(key, tie("value"), { maxKeys: 4 }),
            ),
        }));
        const resource = fc.record(
            {
                urn: fc.constant(urn),
                type: fc.constant("aws:kms/key:Key"),
                inputs: value,
                outputs: value,
                delete: value,
            },
            { requiredKeys: ["urn", "type"] },
        );
        const text = fc.oneof(
            fc.array(resource, { maxLength: 3 }).map(state),
            fc.array(value, { maxLength: 3 }).map(state),
            fc.json(),
            fc.string(),
        );
        fc.assert(
            fc.property(text, (written) => {
                try {
                    const listed = (
                        JSON.parse(written) as { deployment: { resources: { delete?: unknown }[] } }
                    ).deployment.resources;
                    assert.equal(
                        parse(written).resources.length,
                        listed.filter((each) => each.delete !== true).length,
                    );
                } catch (error) {
                    assert.throws(() => parse(written), InputError, String(error));
                }
            }),
            { numRuns: 500 },
        );
        assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
    });

    it("reads a value of any depth", () => {
        const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
        const text = state([
            { urn, type: "aws:kms/key:Key", custom: true, inputs: { deep: "X" } },
        ]).replace('"X"', deep);
        assert.equal(parse(text).resources.length, 1);
    });
});
