import { publicPart, type AddressSet } from "../../aws/address-set";
import type { Direction } from "../reading/traffic-rule";
import type { RouteTarget, Routing } from "./routing";

/** Whether a server has an address that the internet can use; `open`: not known. */
export type PublicAddress = "yes" | "no" | "open";

/** Addresses that the routes of a subnet lead to, or of which that is not known. */
export interface Reached {
    readonly addresses: AddressSet;
    readonly verdict: "open" | "indeterminate";
    /** The route, as chains show it; empty inside the network. */
    readonly links: readonly string[];
}

/** What of some addresses a server in a subnet can exchange packets with. Of several routes the first wins. */
export function reach(
    { routes, doubt }: Routing,
    direction: Direction,
    publicAddress: PublicAddress,
    addresses: AddressSet,
): readonly Reached[] {
    const reached: Reached[] = [];
    let left = addresses;
    for (const route of routes) {
        const rest = left.without(route.addresses);
        const taken = left.without(rest);
        left = rest;
        const found = taken.isEmpty ? undefined : through(route, direction, publicAddress, taken);
        if (found !== undefined && !found.addresses.isEmpty) {
            reached.push(found);
        }
    }
    return doubt === undefined || left.isEmpty
        ? reached
        : [...reached, { addresses: left, verdict: "indeterminate", links: [doubt] }];
}

function through(
    { gateway, link }: RouteTarget,
    direction: Direction,
    publicAddress: PublicAddress,
    addresses: AddressSet,
): Reached | undefined {
    const links = [...(link === undefined ? [] : [link]), ...(gateway.name ? [gateway.name] : [])];
    switch (gateway.kind) {
        case "inside":
        case "private":
            return { addresses, verdict: "open", links };
        case "outward":
            return direction === "egress"
                ? { addresses: publicPart(addresses), verdict: "open", links }
                : undefined;
        case "open":
            return { addresses, verdict: "indeterminate", links };
        case "internet": {
            const carried = publicPart(addresses);
            const doubt = "whether the server has a public address is not known";
            return publicAddress === "no"
                ? undefined
                : publicAddress === "yes"
                  ? { addresses: carried, verdict: "open", links }
                  : { addresses: carried, verdict: "indeterminate", links: [...links, doubt] };
        }
    }
}
