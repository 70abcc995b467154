import type { AddressSet } from "../../aws/address-set";
import { effectivePorts, type PortRange, type Protocol } from "../../aws/traffic";

/** Packets by peer address, protocol and port: what a rule lets through, or a part of it. */
export interface Flow {
    readonly addresses: AddressSet;
    readonly protocol: Protocol;
    /** Numbers of protocols that are left out of "all". */
    readonly except: readonly number[];
    /** Undefined for protocols without ports. */
    readonly ports: PortRange | undefined;
}

/** What a filter says of some packets. */
export interface Selector {
    readonly addresses: AddressSet;
    readonly protocol: Protocol;
    readonly ports: PortRange | undefined;
}

/** The part of a flow that a selector picks, and the rest. */
export interface Split {
    readonly picked: readonly Flow[];
    readonly rest: readonly Flow[];
}

const all = -1;

/** Splits a flow by a selector; picked and rest together are the flow. */
export function split(flow: Flow, selector: Selector): Split {
    const untouched = { picked: [], rest: [flow] };
    if (flow.protocol.number === all && selector.protocol.number !== all) {
        const { number } = selector.protocol;
        if (flow.except.includes(number)) {
            return untouched;
        }
        const ports = effectivePorts(selector.protocol, undefined, undefined);
        const within: Flow = { ...flow, protocol: selector.protocol, except: [], ports };
        const { picked, rest } = split(within, selector);
        return { picked, rest: [...rest, { ...flow, except: [...flow.except, number] }] };
    }
    if (selector.protocol.number !== all && selector.protocol.number !== flow.protocol.number) {
        return untouched;
    }
    const ports = common(flow.ports, selector.ports);
    const outside = flow.addresses.without(selector.addresses);
    const inside = flow.addresses.without(outside);
    if (ports === "none" || inside.isEmpty) {
        return untouched;
    }
    const beside = aside(flow.ports, ports).map((range) => ({ ...flow, ports: range }));
    return {
        picked: [{ ...flow, addresses: inside, ports }],
        rest: [...beside, ...(outside.isEmpty ? [] : [{ ...flow, addresses: outside, ports }])],
    };
}

function common(
    mine: PortRange | undefined,
    theirs: PortRange | undefined,
): PortRange | undefined | "none" {
    if (mine === undefined || theirs === undefined) {
        return mine;
    }
    const from = Math.max(mine.from, theirs.from);
    const to = Math.min(mine.to, theirs.to);
    return from > to ? "none" : { from, to };
}

/** The ports of a range on either side of a part of it. */
function aside(whole: PortRange | undefined, part: PortRange | undefined): readonly PortRange[] {
    if (whole === undefined || part === undefined) {
        return [];
    }
    return [
        { from: whole.from, to: part.from - 1 },
        { from: part.to + 1, to: whole.to },
    ].filter(({ from, to }) => from <= to);
}
