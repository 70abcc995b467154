import { parseNumber } from "./scalars";

/** An IP protocol as security groups know it. */
export interface Protocol {
    /** IANA number; -1 stands for every protocol. */
    readonly number: number;
    /** `all`, `tcp`, `udp`, … or the number as text. */
    readonly name: string;
}

/** Ports from the first to the last, both inclusive. */
export interface PortRange {
    readonly from: number;
    readonly to: number;
}

const protocolNumbers: ReadonlyMap<string, number> = new Map([
    ["all", -1],
    ["icmp", 1],
    ["igmp", 2],
    ["ipv4", 4],
    ["tcp", 6],
    ["udp", 17],
    ["ipv6", 41],
    ["gre", 47],
    ["esp", 50],
    ["ah", 51],
    ["icmpv6", 58],
    ["sctp", 132],
]);
const protocolNames = new Map([...protocolNumbers].map(([name, number]) => [number, name]));
const protocolAliases: ReadonlyMap<string, string> = new Map([["ipv6-icmp", "icmpv6"]]);

/** Every port. */
export const everyPort: PortRange = { from: 0, to: 65_535 };

/** Reads `tcp`, `TCP`, `6`, `"6"`, `-1` or `all`; undefined for what is no protocol. */
export function parseProtocol(value: unknown): Protocol | undefined {
    const number = parseNumber(value);
    if (number !== undefined) {
        return Number.isInteger(number) && number >= -1 && number <= 255
            ? { number, name: protocolNames.get(number) ?? String(number) }
            : undefined;
    }
    if (typeof value !== "string") {
        return undefined;
    }
    const lower = value.trim().toLowerCase();
    const name = protocolAliases.get(lower) ?? lower;
    const known = protocolNumbers.get(name);
    return known === undefined ? undefined : { number: known, name };
}

/**
 * The ports that a rule opens: every port for protocols without ports and for TCP or UDP without a range; undefined for ICMP, whose
 * numbers are types and codes.
 */
export function effectivePorts(
    protocol: Protocol,
    from: number | undefined,
    to: number | undefined,
): PortRange | undefined {
    if (protocol.name === "icmp" || protocol.name === "icmpv6") {
        return undefined;
    }
    const hasPorts = protocol.name === "tcp" || protocol.name === "udp";
    if (!hasPorts || (from === undefined && to === undefined) || from === -1 || to === -1) {
        return everyPort;
    }
    const first = from ?? to ?? 0;
    const last = to ?? from ?? 65_535;
    return { from: Math.min(first, last), to: Math.max(first, last) };
}

/** Writes traffic as findings show it: `tcp/8200`, `tcp/8200-8201`, `all`, `icmp`. */
export function formatTraffic(protocol: Protocol, ports: PortRange | undefined): string {
    if (ports === undefined || (ports.from === 0 && ports.to === 65_535)) {
        return protocol.name === "tcp" || protocol.name === "udp"
            ? `${protocol.name}/0-65535`
            : protocol.name;
    }
    return ports.from === ports.to
        ? `${protocol.name}/${ports.from}`
        : `${protocol.name}/${ports.from}-${ports.to}`;
}
