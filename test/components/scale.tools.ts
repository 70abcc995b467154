import assert from "node:assert/strict";
import { loadOfFleet, type Load } from "../support/fleet";

/** What growing from 100 servers to 1,000 may cost each of them. */
const allowedGrowth = 1.5;

describe("a stack of 1,000 servers in 200 clusters", () => {
    it("asks per server at most half as much again of the engine as one of 100 servers", async () => {
        const small = await loadOfFleet(100);
        const large = await loadOfFleet(1000);
        for (const property of ["registrations", "bytes"] as const satisfies (keyof Load)[]) {
            const [before, after] = [small[property] / 100, large[property] / 1000];
            console.log(
                `      ${property} per server: ${before.toFixed(1)} at 100, ${after.toFixed(1)} at 1,000`,
            );
            assert.ok(after <= before * allowedGrowth, `${property}: ${before} became ${after}`);
        }
    });
});
