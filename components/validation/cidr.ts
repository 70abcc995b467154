import * as ipaddr from "ipaddr.js";
import { valueSources } from "../../catalog/value-sources";
import type { Problem } from "./problems";
import { show } from "./problems";

/** Ranges that are not routed on the internet, as `valueSources.privateRange` has them. */
export const privateIpv4Ranges: readonly string[] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
];
const privateRanges = [...privateIpv4Ranges, "fc00::/7"].map((range) => ipaddr.parseCIDR(range));

/** Problems of a range that must be private, at least /`shortest` and at most /`longest`; none for one that is not known yet. */
export function problemsOfPrivateCidr(
    propertyPath: string,
    value: string | undefined,
    shortest: number,
    longest: number,
): readonly Problem[] {
    if (value === undefined) {
        return [];
    }
    const problem = (reason: string, source: keyof typeof valueSources): readonly Problem[] => [
        {
            propertyPath,
            reason: `${propertyPath} ${reason}, got ${show(value)} (${valueSources[source]})`,
        },
    ];
    if (!ipaddr.isValidCIDR(value)) {
        return problem("must be a range in CIDR notation such as 10.20.0.0/20", "cidrBlock");
    }
    const [address, prefix] = ipaddr.parseCIDR(value);
    if (firstAddress(value) !== address.toString()) {
        return problem(
            `must start at its first address, ${firstAddress(value)}/${prefix}`,
            "cidrBlock",
        );
    }
    if (!privateRanges.some(([base, bits]) => prefix >= bits && holds(address, base, bits))) {
        return problem("must be a private range", "privateRange");
    }
    if (prefix < shortest) {
        return problem(`must not be wider than /${shortest}`, "vpcRange");
    }
    return prefix > longest ? problem(`must not be narrower than /${longest}`, "vpcRange") : [];
}

/** The `index`th range of `count` equal parts of an IPv4 range: the parts are as wide as powers of two allow. */
export function subnetOf(cidr: string, index: number, count: number): string {
    const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
    const bits = prefix + Math.ceil(Math.log2(count));
    const first = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
    const start = first + index * 2 ** (32 - bits);
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return `${bytes.join(".")}/${bits}`;
}

/** Whether the first range lies in the second; both are in CIDR notation. False for what is not. */
export function within(inner: string, outer: string): boolean {
    if (!ipaddr.isValidCIDR(inner) || !ipaddr.isValidCIDR(outer)) {
        return false;
    }
    const [address, prefix] = ipaddr.parseCIDR(inner);
    const [base, bits] = ipaddr.parseCIDR(outer);
    return prefix >= bits && holds(address, base, bits);
}

function holds(
    address: ipaddr.IPv4 | ipaddr.IPv6,
    base: ipaddr.IPv4 | ipaddr.IPv6,
    bits: number,
): boolean {
    return address.kind() === base.kind() && address.match(base, bits);
}

function firstAddress(cidr: string): string {
    return ipaddr.isValid(cidr.slice(0, cidr.indexOf("/"))) && cidr.includes(":")
        ? ipaddr.IPv6.networkAddressFromCIDR(cidr).toString()
        : ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
}
