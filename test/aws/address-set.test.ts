import assert from "node:assert/strict";
import fc from "fast-check";
import { AddressSet, nonPublicAddresses, publicPart } from "../../aws/address-set";

const ipv4Block = fc
    .tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
    .map(([address, length]) => `${dotted(address)}/${length}`);
const ipv6Block = fc
    .tuple(
        fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }),
        fc.integer({ min: 0, max: 128 }),
    )
    .map(([groups, length]) => `${groups.map((group) => group.toString(16)).join(":")}/${length}`);
const blocks = fc.array(fc.oneof(ipv4Block, ipv6Block), { maxLength: 8 });
const setOf = (list: readonly string[]): AddressSet => AddressSet.of(...list);

function dotted(address: number): string {
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join(".");
}

describe("AddressSet", () => {
    for (const [text, expected] of [
        ["10.1.2.3/8", ["10.0.0.0/8"]],
        ["0.0.0.0/0", ["0.0.0.0/0"]],
        ["::/0", ["::/0"]],
        ["0:0:0:0:0:0:0:0/0", ["::/0"]],
        ["2001:DB8::1/32", ["2001:db8::/32"]],
        ["::ffff:10.0.0.0/104", ["10.0.0.0/8"]],
        ["::ffff:a00:1/128", ["10.0.0.1/32"]],
        ["::ffff:0:0/96", ["0.0.0.0/0"]],
    ] as const) {
        it(`reads ${text} as ${expected.join(", ")}`, () => {
            assert.deepEqual(AddressSet.parse(text)?.toCidrs(), expected);
        });
    }

    for (const text of [
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.1/16",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "::/129",
        "fe80::1%eth0/64",
        "10.0.0.0/-1",
        "a",
        "10.0.0.0/8 ",
        "/",
    ]) {
        it(`refuses "${text}"`, () => {
            assert.equal(AddressSet.parse(text), undefined);
        });
    }

    it("throws for text that is no block, naming it", () => {
        assert.throws(() => AddressSet.of("10.0.0.0/8", "here"), {
            message: '"here" is not a CIDR block',
        });
    });

    it("takes the two halves of the internet for the whole", () => {
        const halves = AddressSet.of("128.0.0.0/1", "0.0.0.0/1");
        assert.deepEqual(halves.toCidrs(), ["0.0.0.0/0"]);
        assert.equal(halves.coversFamily(4), true);
        assert.equal(halves.coversFamily(6), false);
    });

    it("keeps the families apart", () => {
        const both = AddressSet.of("::/0", "10.0.0.0/8");
        assert.deepEqual(both.without(AddressSet.of("::/0")).toCidrs(), ["10.0.0.0/8"]);
        assert.equal(AddressSet.of("::/0").intersects(AddressSet.of("0.0.0.0/0")), false);
    });

    it("splits what remains into the fewest blocks", () => {
        const rest = AddressSet.of("10.0.0.0/29").without(AddressSet.of("10.0.0.2/32"));
        assert.deepEqual(rest.toCidrs(), ["10.0.0.0/31", "10.0.0.3/32", "10.0.0.4/30"]);
    });

    for (const [block, isPublic] of [
        ["10.0.0.0/8", false],
        ["172.31.255.0/24", false],
        ["172.32.0.0/16", true],
        ["192.168.1.0/24", false],
        ["100.64.0.0/10", false],
        ["169.254.169.254/32", false],
        ["203.0.113.7/32", true],
        ["0.0.0.0/0", true],
        ["8.0.0.0/6", true],
        ["fd00::/8", false],
        ["fe80::/64", false],
        ["2600:1f00::/24", true],
        ["::/0", true],
        ["64:ff9b::/96", true],
    ] as const) {
        it(`finds ${isPublic ? "public addresses" : "no public address"} in ${block}`, () => {
            assert.equal(publicPart(AddressSet.of(block)).isEmpty, !isPublic);
        });
    }

    it("is the same set whatever the order and overlap of its blocks", () => {
        fc.assert(
            fc.property(blocks, blocks, (a, b) => {
                const expected = setOf([...a, ...b]).toCidrs();
                assert.deepEqual(setOf([...b, ...a, ...a]).toCidrs(), expected);
                assert.deepEqual(AddressSet.union([setOf(a), setOf(b)]).toCidrs(), expected);
            }),
        );
    });

    it("is made up of the blocks that it prints", () => {
        fc.assert(
            fc.property(blocks, (list) => {
                const printed = setOf(list).toCidrs();
                assert.deepEqual(setOf(printed).toCidrs(), printed);
            }),
        );
    });

    it("is divided by another set into what both hold and what only it holds", () => {
        fc.assert(
            fc.property(blocks, blocks, (a, b) => {
                const [left, right] = [setOf(a), setOf(b)];
                const only = left.without(right);
                const both = left.without(only);
                assert.equal(only.intersects(right), false);
                assert.equal(right.contains(both), true);
                assert.deepEqual(AddressSet.union([only, both]).toCidrs(), left.toCidrs());
                assert.equal(left.intersects(right), !both.isEmpty);
                assert.equal(right.contains(left), only.isEmpty);
            }),
        );
    });

    it("finds nothing public in any part of a range that is not public", () => {
        const parts = fc.constantFrom(...nonPublicAddresses.toCidrs());
        fc.assert(
            fc.property(parts, fc.nat(8), (block, narrower) => {
                const [address, length] = block.split("/");
                const deepest = address?.includes(":") ? 128 : 32;
                const part = `${address}/${Math.min(deepest, Number(length) + narrower)}`;
                assert.equal(publicPart(AddressSet.of(part)).isEmpty, true);
            }),
        );
    });
});
