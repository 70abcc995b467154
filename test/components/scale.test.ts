import assert from "node:assert/strict";
import { clusterSize, loadOfFleet } from "../support/fleet";

describe("clusters that share network, keys, audit log and patching", function () {
    this.timeout(120_000);

    it("ask the same of the engine, each as much as the one before", async () => {
        const [one, two, ten] = [
            await loadOfFleet(clusterSize),
            await loadOfFleet(2 * clusterSize),
            await loadOfFleet(10 * clusterSize),
        ];
        const each = two.registrations - one.registrations;
        assert.equal(ten.registrations - two.registrations, 8 * each);
        assert.equal(ten.bytes - two.bytes, 8 * (two.bytes - one.bytes));
        console.log(
            `      ${each / clusterSize} registrations and ${Math.round((two.bytes - one.bytes) / clusterSize)} bytes per server`,
        );
    });
});
