import assert from "node:assert/strict";
import { canNameResource } from "../../aws/resource-scoping";
import { unscopableActions } from "../../aws/unscopable-actions";
import { readUnscopableActions } from "../../tools/write-unscopable-actions";

describe("canNameResource", () => {
    for (const [pattern, expected] of [
        ["kms:Decrypt", true],
        ["KMS:decrypt", true],
        ["kms:CreateKey", false],
        ["kms:*", true],
        ["*", true],
        ["*:*", true],
        ["ec2:Describe*", false],
        ["s3:Get*", true],
        ["ssmmessages:OpenDataChannel", false],
        ["ec2messages:*", false],
        ["nosuchservice:Get", undefined],
        ["constructor:Get", undefined],
    ] as const) {
        it(`says ${String(expected)} of ${pattern}`, () => {
            assert.equal(canNameResource(pattern), expected);
        });
    }

    it("rests on a table that equals the reference", async () => {
        assert.deepEqual(unscopableActions, await readUnscopableActions());
    });
});
