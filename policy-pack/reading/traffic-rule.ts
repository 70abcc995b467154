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
