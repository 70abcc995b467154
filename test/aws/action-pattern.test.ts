import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesPattern, matchesWholeService } from "../../aws/action-pattern";

const letters = fc.constantFrom("a", "B", "c", ":", "*", "?");
const text = fc.array(letters, { maxLength: 12 }).map((list) => list.join(""));

/** The same question put to a regular expression. */
function byExpression(pattern: string, name: string): boolean {
    const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "is").test(name);
}

describe("matchesPattern", () => {
    for (const [pattern, name, expected] of [
        ["s3:GetObject", "S3:getobject", true],
        ["s3:Get*", "s3:GetObject", true],
        ["s3:Get*", "s3:PutObject", false],
        ["*", "kms:Decrypt", true],
        ["kms:*crypt", "kms:Encrypt", true],
        ["kms:?ecrypt", "kms:Decrypt", true],
        ["kms:?ecrypt", "kms:ReDecrypt", false],
        ["kms:Decrypt*", "kms:Decrypt", true],
        ["kms:Decrypt?", "kms:Decrypt", false],
        ["", "", true],
        ["", "a", false],
    ] as const) {
        it(`says that "${pattern}" ${expected ? "matches" : "does not match"} "${name}"`, () => {
            assert.equal(matchesPattern(pattern, name), expected);
        });
    }

    it("agrees with a regular expression", () => {
        fc.assert(
            fc.property(text, text, (pattern, name) => {
                assert.equal(matchesPattern(pattern, name), byExpression(pattern, name));
            }),
            { numRuns: 2000 },
        );
    });

    it("answers for a pattern that would take a backtracking matcher for ever", () => {
        assert.equal(matchesPattern(`${"*a".repeat(200)}b`, "a".repeat(2000)), false);
    });
});

describe("matchesWholeService", () => {
    for (const pattern of ["*", "**", "*:*", "s3:*", "S3:**", "kms:?*", "k*:*?"]) {
        it(`takes "${pattern}" for every action`, () => {
            assert.equal(matchesWholeService(pattern), true);
        });
    }

    for (const pattern of ["s3:Get*", "s3:*Object", "s3:GetObject", "s3:?", "s3:", ""]) {
        it(`takes "${pattern}" for less than every action`, () => {
            assert.equal(matchesWholeService(pattern), false);
        });
    }
});
