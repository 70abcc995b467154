import assert from "node:assert/strict";
import { effectivePorts, formatTraffic, parseProtocol } from "../../aws/traffic";

describe("parseProtocol", () => {
    for (const [written, name] of [
        ["tcp", "tcp"],
        ["TCP", "tcp"],
        ["6", "tcp"],
        [6, "tcp"],
        ["-1", "all"],
        [-1, "all"],
        ["all", "all"],
        ["ALL", "all"],
        ["ipv6-icmp", "icmpv6"],
        ["58", "icmpv6"],
        ["17", "udp"],
        ["50", "esp"],
        ["99", "99"],
    ] as const) {
        it(`reads ${JSON.stringify(written)} as ${name}`, () => {
            assert.equal(parseProtocol(written)?.name, name);
        });
    }

    it("refuses what is no protocol", () => {
        for (const written of ["ssh", "256", "-2", "1.5", "", null, {}, []]) {
            assert.equal(parseProtocol(written), undefined);
        }
    });
});

describe("effectivePorts", () => {
    const ports = (protocol: string, from?: number, to?: number) => {
        const parsed = parseProtocol(protocol);
        assert.ok(parsed !== undefined);
        const range = effectivePorts(parsed, from, to);
        return { range, text: formatTraffic(parsed, range) };
    };

    it("keeps the range of TCP and UDP", () => {
        assert.deepEqual(ports("tcp", 8200, 8201), {
            range: { from: 8200, to: 8201 },
            text: "tcp/8200-8201",
        });
        assert.equal(ports("udp", 53, 53).text, "udp/53");
    });

    it("opens every port without a range, and for protocols that have none", () => {
        assert.equal(ports("tcp").text, "tcp/0-65535");
        assert.equal(ports("tcp", -1, -1).text, "tcp/0-65535");
        assert.equal(ports("all", 0, 0).text, "all");
        assert.equal(ports("esp", 1, 1).text, "esp");
        assert.deepEqual(ports("all", 0, 0).range, { from: 0, to: 65_535 });
    });

    it("gives ICMP no ports", () => {
        assert.deepEqual(ports("icmp", 8, 0), { range: undefined, text: "icmp" });
    });

    it("reads half a range, and one that is written backwards", () => {
        assert.equal(ports("tcp", 22, undefined).text, "tcp/22");
        assert.equal(ports("tcp", 30, 20).text, "tcp/20-30");
    });
});
