import * as policyProxy from "@pulumi/policy/proxy";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import assert from "node:assert/strict";
import fc from "fast-check";
import { AssetValue, SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";
import {
    readWireProperties,
    readWireValue,
    unknownSentinels,
    wireMarks,
} from "../../../policy-pack/graph/wire-values";

const marked = (signature: string, fields: object = {}): object => ({
    [wireMarks.signature]: signature,
    ...fields,
});

describe("wire values", () => {
    it("use the marks of the Pulumi SDK", () => {
        assert.deepEqual(wireMarks, {
            signature: rpc.specialSigKey,
            secret: rpc.specialSecretSig,
            asset: rpc.specialAssetSig,
            archive: rpc.specialArchiveSig,
            resource: rpc.specialResourceSig,
            output: rpc.specialOutputValueSig,
        });
    });

    it("know every sentinel that the policy SDK knows", () => {
        const theirs: Readonly<Record<string, unknown>> = { ...policyProxy };
        const sentinels = Object.entries(theirs)
            .filter(([name]) => /^unknown\w+Value$/.test(name))
            .map(([, value]) => value);
        assert.equal(sentinels.length, 7);
        assert.deepEqual(new Set(unknownSentinels), new Set(sentinels));
    });

    for (const sentinel of unknownSentinels) {
        it(`reads ${sentinel} as unknown at any depth`, () => {
            assert.deepEqual(readWireValue({ a: [sentinel, { b: sentinel }] }), {
                a: [UNKNOWN, { b: UNKNOWN }],
            });
        });
    }

    it("leaves plain JSON as it is", () => {
        const json = { text: "x", zero: 0, no: false, nothing: null, list: [1, [2]], map: {} };
        assert.deepEqual(readWireValue(json), json);
    });

    it("reads secrets given as value or as plaintext, and does not guess encrypted ones", () => {
        const value = readWireValue(marked(wireMarks.secret, { value: "s" }));
        const plaintext = readWireValue(marked(wireMarks.secret, { plaintext: '{"a":1}' }));
        const ciphertext = readWireValue(marked(wireMarks.secret, { ciphertext: "v1:x" }));
        const broken = readWireValue(marked(wireMarks.secret, { plaintext: "{" }));
        const shown = [value, plaintext, ciphertext, broken].map((secret) =>
            secret instanceof SecretValue ? secret.value : "no secret",
        );
        assert.deepEqual(shown, ["s", { a: 1 }, UNKNOWN, UNKNOWN]);
    });

    it("reads assets and archives by hash, and the text of a text asset even if it is empty", () => {
        assert.deepEqual(
            readWireValue(marked(wireMarks.asset, { hash: "h", text: "" })),
            new AssetValue("h", ""),
        );
        assert.deepEqual(
            readWireValue(marked(wireMarks.archive, { hash: "h", assets: {} })),
            new AssetValue("h"),
        );
    });

    it("reads a resource reference as its id, or as unknown before there is one", () => {
        const urn = "urn:pulumi:dev::vault::aws:kms/key:Key::key";
        assert.equal(readWireValue(marked(wireMarks.resource, { urn, id: "k-1" })), "k-1");
        assert.equal(readWireValue(marked(wireMarks.resource, { urn, id: "" })), UNKNOWN);
        assert.equal(readWireValue(marked(wireMarks.resource, { urn })), UNKNOWN);
    });

    it("reads an output without a value as unknown, and a secret one as secret", () => {
        assert.equal(readWireValue(marked(wireMarks.output)), UNKNOWN);
        assert.equal(readWireValue(marked(wireMarks.output, { value: 7 })), 7);
        assert.deepEqual(
            readWireValue(marked(wireMarks.output, { value: 7, secret: true })),
            new SecretValue(7),
        );
    });

    it("takes a mark that it does not know for unknown", () => {
        assert.equal(readWireValue(marked("00000000000000000000000000000000")), UNKNOWN);
    });

    it("keeps keys that could change a prototype as ordinary keys", () => {
        const json: unknown = JSON.parse(
            '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
        );
        const properties = readWireProperties(json);
        assert.deepEqual(Object.keys(properties), ["__proto__", "constructor"]);
        assert.equal(Object.getPrototypeOf(properties), Object.prototype);
        assert.equal(Object.hasOwn(Object.prototype, "polluted"), false);
    });

    it("takes what is nested without end for unknown instead of running out of stack", () => {
        let deep: unknown = "bottom";
        for (let depth = 0; depth < 50_000; depth++) {
            deep = [deep];
        }
        assert.match(JSON.stringify(readWireValue(deep), describeUnknown), /^\[+"unknown"\]+$/);
    });

    it("never throws, whatever JSON it is given", () => {
        const key = fc.oneof(
            fc.string(),
            fc.constantFrom(wireMarks.signature, "value", "__proto__"),
        );
        const leaf = fc.oneof(
            fc.constantFrom<unknown>(...unknownSentinels, ...Object.values(wireMarks)),
            fc.jsonValue(),
        );
        const { tree } = fc.letrec((tie) => ({
            tree: fc.oneof(leaf, fc.array(tie("tree")), fc.dictionary(key, tie("tree"))),
        }));
        fc.assert(
            fc.property(tree, (wire) => {
                assert.equal(typeof readWireProperties(wire), "object");
            }),
        );
    });
});

function describeUnknown(_key: string, value: unknown): unknown {
    return value === UNKNOWN ? "unknown" : value;
}
