import type { PortRange, Protocol } from "../../aws/traffic";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain, label } from "./labels";
import type { Peer } from "./peers";
import type { Reading } from "./values";

/** Into the group's interfaces, or out of them. */
export type Direction = "ingress" | "egress";

/** One rule of a security group, in whichever of the forms it is written. */
export interface TrafficRule {
    /** The security group itself for inline rules, else the rule's own resource. */
    readonly resource: RegisteredResource;
    /** The rule inside the resource; [] for a rule that is a resource of its own. */
    readonly path: PropertyPath;
    readonly direction: Direction;
    /** The groups it belongs to, as far as they are in this stack. */
    readonly groups: readonly RegisteredResource[];
    readonly traffic: Reading<Traffic>;
    /** Where protocol and ports are written. */
    readonly trafficPath: PropertyPath;
    readonly peers: readonly Peer[];
}

export interface Traffic {
    readonly protocol: Protocol;
    /** Undefined for ICMP. */
    readonly ports: PortRange | undefined;
    /** `tcp/8200`. */
    readonly text: string;
}

/** Rules that a group holds but that cannot be listed. */
export interface UnreadRules {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly direction: Direction;
    readonly groups: readonly RegisteredResource[];
    readonly why: string;
}

/** `security group "a" ← rule "b" ← prefix list "c"`, where the resources are not one and the same. */
export function ruleChain(rule: TrafficRule, peer: Peer, ...servers: readonly string[]): string {
    const groups = rule.groups.map(label);
    const own = groups.includes(label(rule.resource)) ? [] : [rule.resource];
    return chain(...servers, ...groups, ...own, ...[...peer.via].reverse());
}

/** Names one opening without list indexes: `tcp/8200←0.0.0.0/0`. */
export function openingOf(rule: TrafficRule, peer: string): string {
    const traffic = rule.traffic.kind === "known" ? rule.traffic.value.text : "traffic";
    return `${traffic}${rule.direction === "ingress" ? "←" : "→"}${peer}`;
}

/** What a peer is called, to tell whether two rules name the same one; undefined where that is not known. */
export function peerName(peer: Peer): string | undefined {
    switch (peer.kind) {
        case "addresses":
            return peer.addresses.toCidrs().join(",");
        case "prefix-list":
            return peer.id;
        case "group":
            return peer.name;
        case "endpoint":
        case "open":
            return undefined;
    }
}

/** Whether every peer of the first rule is a peer of one of the others, for the same traffic. */
export function isRepeated(rule: TrafficRule, others: readonly TrafficRule[]): boolean {
    const { traffic, direction } = rule;
    if (traffic.kind !== "known" || rule.peers.length === 0) {
        return false;
    }
    const names = others
        .filter(
            (other) =>
                other.direction === direction &&
                other.traffic.kind === "known" &&
                other.traffic.value.text === traffic.value.text,
        )
        .flatMap(({ peers }) => peers.map(peerName));
    return rule.peers.every((peer) => {
        const name = peerName(peer);
        return name !== undefined && names.includes(name);
    });
}
