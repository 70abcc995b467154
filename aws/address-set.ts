import ipaddr from "ipaddr.js";

/** IP version of an address range. */
export type AddressFamily = 4 | 6;

interface AddressRange {
    readonly family: AddressFamily;
    /** First and last address as numbers, both inclusive. */
    readonly first: bigint;
    readonly last: bigint;
}

const widths: Readonly<Record<AddressFamily, number>> = { 4: 32, 6: 128 };
const mappedFirst = 0xffffn << 32n;
const mappedLast = mappedFirst | 0xffffffffn;

/**
 * A set of IPv4 and IPv6 addresses. Neighbouring and overlapping ranges are one range, so two halves of `0.0.0.0/0` equal the
 * whole. IPv4-mapped IPv6 ranges (`::ffff:10.0.0.0/104`) are the IPv4 ranges they stand for.
 */
export class AddressSet {
    public static readonly empty = new AddressSet([]);

    private constructor(private readonly ranges: readonly AddressRange[]) {}

    /** Reads one CIDR block; host bits are ignored. Gives undefined for text that is no CIDR block. */
    public static parse(text: string): AddressSet | undefined {
        const range = parseRange(text);
        return range === undefined ? undefined : new AddressSet([range]);
    }

    /** The union of several CIDR blocks. Throws for text that is no CIDR block. */
    public static of(...blocks: readonly string[]): AddressSet {
        return AddressSet.union(
            blocks.map((block) => {
                const parsed = AddressSet.parse(block);
                if (parsed === undefined) {
                    throw new Error(`"${block}" is not a CIDR block`);
                }
                return parsed;
            }),
        );
    }

    public static union(sets: readonly AddressSet[]): AddressSet {
        return new AddressSet(merge(sets.flatMap((set) => set.ranges)));
    }

    public get isEmpty(): boolean {
        return this.ranges.length === 0;
    }

    /** The addresses of this set that are not in the other. */
    public without(other: AddressSet): AddressSet {
        return new AddressSet(
            other.ranges.reduce(
                (left, hole) => left.flatMap((range) => cut(range, hole)),
                [...this.ranges],
            ),
        );
    }

    /** Whether every address of the other set is in this one. */
    public contains(other: AddressSet): boolean {
        return other.without(this).isEmpty;
    }

    public intersects(other: AddressSet): boolean {
        return this.ranges.some((a) =>
            other.ranges.some(
                (b) => a.family === b.family && a.first <= b.last && b.first <= a.last,
            ),
        );
    }

    /** Whether the set holds every address of the family. */
    public coversFamily(family: AddressFamily): boolean {
        return this.ranges.some(
            (range) =>
                range.family === family &&
                range.first === 0n &&
                range.last === (1n << BigInt(widths[family])) - 1n,
        );
    }

    /** The fewest CIDR blocks that make up the set, in order: IPv4 first. */
    public toCidrs(): readonly string[] {
        return this.ranges.flatMap(blocksOf);
    }
}

/** Addresses that are never reached over the internet: IANA's special-purpose ranges that are not globally reachable. */
export const nonPublicAddresses = AddressSet.of(
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "::/127",
    "fc00::/7",
    "fe80::/10",
);

/** The part of a set that is reached over the internet. Documentation ranges count: in programs they stand for public ones. */
export function publicPart(set: AddressSet): AddressSet {
    return set.without(nonPublicAddresses);
}

function parseRange(text: string): AddressRange | undefined {
    const isCidr =
        ipaddr.IPv4.isValidCIDRFourPartDecimal(text) ||
        (text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValidCIDR(text));
    if (!isCidr) {
        return undefined;
    }
    const [address, prefixLength] = ipaddr.parseCIDR(text);
    const family = address.kind() === "ipv4" ? 4 : 6;
    const value = address.toByteArray().reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
    const size = 1n << BigInt(widths[family] - prefixLength);
    const first = (value / size) * size;
    const last = first + size - 1n;
    return family === 6 && first >= mappedFirst && last <= mappedLast
        ? { family: 4, first: first - mappedFirst, last: last - mappedFirst }
        : { family, first, last };
}

function merge(ranges: readonly AddressRange[]): AddressRange[] {
    const sorted = [...ranges].sort((a, b) =>
        a.family !== b.family ? a.family - b.family : compare(a.first, b.first),
    );
    const merged: AddressRange[] = [];
    for (const range of sorted) {
        const before = merged.at(-1);
        if (before?.family === range.family && range.first <= before.last + 1n) {
            const last = range.last > before.last ? range.last : before.last;
            merged[merged.length - 1] = { ...before, last };
        } else {
            merged.push(range);
        }
    }
    return merged;
}

function cut(range: AddressRange, hole: AddressRange): AddressRange[] {
    if (range.family !== hole.family || hole.last < range.first || hole.first > range.last) {
        return [range];
    }
    const rest: AddressRange[] = [];
    if (range.first < hole.first) {
        rest.push({ ...range, last: hole.first - 1n });
    }
    if (range.last > hole.last) {
        rest.push({ ...range, first: hole.last + 1n });
    }
    return rest;
}

function blocksOf(range: AddressRange): string[] {
    const width = widths[range.family];
    const blocks: string[] = [];
    let first = range.first;
    while (first <= range.last) {
        let hostBits = 0;
        while (
            hostBits < width &&
            (first & ((1n << BigInt(hostBits + 1)) - 1n)) === 0n &&
            first + (1n << BigInt(hostBits + 1)) - 1n <= range.last
        ) {
            hostBits++;
        }
        blocks.push(`${formatAddress(range.family, first)}/${width - hostBits}`);
        first += 1n << BigInt(hostBits);
    }
    return blocks;
}

function formatAddress(family: AddressFamily, value: bigint): string {
    const bytes = Array.from({ length: widths[family] / 8 }, (_, index) =>
        Number((value >> BigInt(widths[family] - 8 * (index + 1))) & 0xffn),
    );
    return ipaddr.fromByteArray(bytes).toString();
}

function compare(a: bigint, b: bigint): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
