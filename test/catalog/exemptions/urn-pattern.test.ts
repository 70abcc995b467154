import assert from "node:assert/strict";
import { matchesUrn } from "../../../catalog/exemptions/urn-pattern";

const urn = "urn:pulumi:prod::vault::keyward:index:KeyServer$aws:ec2/instance:Instance::vault-1";

describe("matchesUrn", () => {
    const cases: readonly (readonly [string, boolean])[] = [
        [urn, true],
        ["urn:pulumi:prod::vault::*aws:ec2/instance:Instance::vault-*", true],
        ["urn:pulumi:*::vault::*$aws:ec2/instance:Instance::*ault*1", true],
        ["urn:pulumi:prod::vault::*::vault-1", true],
        ["urn:pulumi:prod::*::vault-1", false],
        ["*", false],
        ["urn:pulumi:prod::vault::aws:ec2/instance:Instance::vault-1", false],
        ["urn:pulumi:prod::vault::*aws:ec2/instance:Instance::vault-", false],
        ["urn:pulumi:prod::vault::*aws:ec2/instance:Instance::vault-1*1", false],
        ["urn.pulumi.prod::vault::*::vault-1", false],
    ];
    for (const [pattern, expected] of cases) {
        it(`${expected ? "accepts" : "rejects"} ${pattern}`, () => {
            assert.equal(matchesUrn(pattern, urn), expected);
        });
    }

    it("answers at once for a pattern of many stars that does not match", () => {
        const name = "a".repeat(20_000);
        const prefix = "urn:pulumi:s::p::t";
        assert.equal(matchesUrn(`${prefix}::${"*a".repeat(2_000)}b`, `${prefix}::${name}`), false);
    });
});
