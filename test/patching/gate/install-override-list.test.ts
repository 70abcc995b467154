import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { parse } from "yaml";
import {
    InstallOverrideListError,
    readInstallOverrideList,
    writeInstallOverrideList,
} from "../../../patching/gate/install-override-list";

const patches = [
    { id: "openssl-libs.x86_64", title: "openssl-libs.x86_64:1:3.0.8-1.amzn2023.0.20" },
    { id: "libssl3.amd64", title: "libssl3.amd64:3.0.17-1~deb12u2" },
];

function problems(text: string, key: string, last = 0): readonly string[] {
    try {
        readInstallOverrideList(text, key, last);
    } catch (error) {
        assert.ok(error instanceof InstallOverrideListError);
        return error.problems;
    }
    return [];
}

function keyOf(text: string, sequence = 7): string {
    const hash = createHash("sha256").update(text).digest("hex");
    return `lists/${String(sequence).padStart(8, "0")}-${hash}.yaml`;
}

describe("the install-override list", () => {
    it("has the shape that AWS-RunPatchBaseline reads: patches with id and title", () => {
        const list = writeInstallOverrideList(patches, 7, "lists");
        assert.deepEqual((parse(list.text) as { patches: unknown }).patches, [
            patches[1],
            patches[0],
        ]);
        assert.equal(list.key, keyOf(list.text));
        assert.match(list.key, /^lists\/00000007-[0-9a-f]{64}\.yaml$/);
    });

    it("is the same bytes for the same patches in any order", () => {
        assert.equal(
            writeInstallOverrideList(patches, 7, "lists").key,
            writeInstallOverrideList([...patches].reverse(), 7, "lists").key,
        );
    });

    it("is read back as it was written", () => {
        const { text, key } = writeInstallOverrideList(patches, 7, "lists");
        assert.deepEqual(readInstallOverrideList(text, key, 7).patches, [patches[1], patches[0]]);
    });

    it("is refused when it is empty", () => {
        assert.throws(() => writeInstallOverrideList([], 7, "lists"), /holds no patch/);
        assert.deepEqual(problems("", keyOf("")), [
            "it is not a list of patches: no patches",
            "it holds no patch",
        ]);
    });

    it("is refused when it is truncated at whatever byte, also under a key that fits the rest", () => {
        const { text, key } = writeInstallOverrideList(patches, 7, "lists");
        fc.assert(
            fc.property(fc.integer({ min: 0, max: text.length - 2 }), (length) => {
                const cut = text.slice(0, length);
                assert.match(problems(cut, key)[0] ?? "", /^its SHA-256 is/);
                assert.notDeepEqual(problems(cut, keyOf(cut)), []);
            }),
        );
    });

    it("is refused when its key does not hold its hash, or it is older than the last one", () => {
        const { text } = writeInstallOverrideList(patches, 7, "lists");
        assert.match(problems(text, "lists/latest.yaml")[0] ?? "", /key must end in/);
        assert.deepEqual(problems(text, keyOf(text, 7), 8), [
            "it is number 7, number 8 was installed already",
        ]);
    });

    it("is refused when a patch names no exact version, and says which", () => {
        const text =
            "patches:\n  - id: openssl*\n    title: openssl*\n  - id: a.x86_64\n    title: b.x86_64:0:1-1\ncount: 2\n";
        assert.deepEqual(problems(text, keyOf(text)), [
            'patches[0] names no exact version: {"id":"openssl*","title":"openssl*"}',
            "patches[1] says a.x86_64 and b.x86_64:0:1-1: two different packages",
            "it holds no patch",
        ]);
    });
});
