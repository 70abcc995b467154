import assert from "node:assert/strict";
import { fingerprintOf } from "../../../policy-pack/judging/fingerprint";

const fingerprint = fingerprintOf("p", "u", ["ingress", 0, "cidrBlocks", 1], "tcp/22");

describe("fingerprintOf", () => {
    it("is the same for the same weakness at another place of a list", () => {
        assert.equal(
            fingerprintOf("p", "u", ["ingress", 7, "cidrBlocks", 0], "tcp/22"),
            fingerprint,
        );
    });

    it("keeps its value from release to release, since exemptions name it", () => {
        assert.equal(fingerprint, "220e6c040d84965021afc85983c72228");
    });

    for (const [what, other] of [
        ["policy", fingerprintOf("q", "u", ["ingress", "cidrBlocks"], "tcp/22")],
        ["resource", fingerprintOf("p", "v", ["ingress", "cidrBlocks"], "tcp/22")],
        ["property", fingerprintOf("p", "u", ["ingress", "ipv6CidrBlocks"], "tcp/22")],
        ["subject", fingerprintOf("p", "u", ["ingress", "cidrBlocks"], "tcp/23")],
        ["border between the two", fingerprintOf("p", "u", ["ingress"], "cidrBlocks,tcp/22")],
    ] as const) {
        it(`differs for another ${what}`, () => {
            assert.match(other, /^[0-9a-f]{32}$/);
            assert.notEqual(other, fingerprint);
        });
    }
});
