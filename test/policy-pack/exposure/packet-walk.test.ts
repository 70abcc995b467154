import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { NetworkPath } from "../../../catalog/records/judged-stack";
import { exposure } from "../../support/exposure";
import { resourcesOf } from "./packet-walk/resources";
import { packets, sketch, type Packet } from "./packet-walk/sketch";
import { holds, isCarriedNowhere, walks } from "./packet-walk/walk";

describe("network paths against a packet walk", () => {
    it("lists exactly the packets that get through", () => {
        let compared = 0;
        fc.assert(
            fc.property(sketch, (stack) => {
                const { paths } = exposure(...resourcesOf(stack));
                assert.ok(paths.every(({ verdict }) => verdict === "open"));
                for (const packet of packets) {
                    const expected = walks(stack, packet);
                    const found = isListed(paths, packet);
                    // A public block is shown as written, private addresses in it that no route carries included.
                    const isAside = found && !expected && isCarriedNowhere(stack, packet);
                    if (found !== expected && !isAside) {
                        assert.fail(JSON.stringify({ packet, expected, paths }));
                    }
                    compared += 1;
                }
            }),
            { numRuns: 400 },
        );
        assert.equal(compared, 400 * packets.length);
    });
});

function isListed(paths: readonly NetworkPath[], packet: Packet): boolean {
    return paths.some(
        (path) =>
            path.direction === (packet.direction === "ingress" ? "in" : "out") &&
            (path.protocol === "all"
                ? !excepted(path).includes(packet.protocol)
                : path.protocol === packet.protocol) &&
            packet.port >= path.fromPort &&
            packet.port <= path.toPort &&
            reaches(path, packet.address),
    );
}

/** The peer of a path is a block, or a resource by its URN. */
function reaches({ peer }: NetworkPath, address: string): boolean {
    return peer.startsWith("urn:")
        ? peer.endsWith(`::${address}`)
        : /^[\d.]+$/.test(address) && holds(peer, address);
}

function excepted({ chain }: NetworkPath): readonly string[] {
    const numbers = chain.find((link) => link.startsWith("but protocols "))?.slice(14) ?? "";
    return numbers.split(", ").flatMap((number) => ({ "6": "tcp", "17": "udp" })[number] ?? []);
}
