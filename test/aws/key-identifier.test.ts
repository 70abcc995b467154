import assert from "node:assert/strict";
import { ownerOfKey } from "../../aws/key-identifier";

const id = "0a1b2c3d-0000-1111-2222-333344445555";
const arn = "arn:aws:kms:eu-central-1:111122223333";

describe("ownerOfKey", () => {
    for (const [identifier, owner] of [
        [id, "customer"],
        ["mrk-00001111222233334444555566667777", "customer"],
        [`${arn}:key/${id}`, "customer"],
        [`arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/vault`, "customer"],
        ["alias/vault", "customer"],
        ["alias/aws/ebs", "aws"],
        [`${arn}:alias/aws/ebs`, "aws"],
        ["alias/awsome", "customer"],
        ["ebs", undefined],
        ["", undefined],
        ["arn:aws:s3:::bucket", undefined],
    ] as const) {
        it(`says ${owner ?? "nobody"} of "${identifier}"`, () => {
            assert.equal(ownerOfKey(identifier), owner);
        });
    }
});
