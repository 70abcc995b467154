import { AddressSet } from "../../aws/address-set";
import { effectivePorts, parseProtocol, type PortRange, type Protocol } from "../../aws/traffic";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Direction } from "./traffic-rule";
import { readAny, readBoolean, readElements, readNumber, readText } from "./values";

/** One rule of a network ACL. */
export interface AclRule {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly number: number;
    readonly allows: boolean;
    readonly addresses: AddressSet;
    readonly protocol: Protocol;
    readonly ports: PortRange | undefined;
}

/** A rule that cannot be read. */
interface UnreadAclRule {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly why: string;
    /** What it says, where only its place among the others is not known. */
    readonly unplaced?: Omit<AclRule, "number">;
}

export interface AclRules {
    readonly rules: readonly AclRule[];
    readonly unread: readonly UnreadAclRule[];
}

const aclTypes = [TypeToken.NetworkAcl, TypeToken.DefaultNetworkAcl];

/** Type tokens that hold rules of network ACLs. */
export const networkAclReads: readonly string[] = [...aclTypes, TypeToken.NetworkAclRule];

export function networkAcls(graph: GraphIndex): readonly RegisteredResource[] {
    return graph.ofType(...aclTypes);
}

/** The rules of a network ACL for one direction, inline and separate, in the order in which AWS tries them. */
export function aclRulesOf(
    graph: GraphIndex,
    acl: RegisteredResource,
    direction: Direction = "ingress",
): AclRules {
    const inline = readElements(acl.properties, [direction]);
    const own =
        inline.kind === "known"
            ? inline.value.map((path) => readRule(acl, path, "action", "ruleNo"))
            : inline.kind === "open"
              ? [{ resource: acl, path: [direction], why: inline.why }]
              : [];
    const separate = graph
        .ofType(TypeToken.NetworkAclRule)
        .filter((rule) =>
            graph.reference(rule, ["networkAclId"], aclTypes).resources.includes(acl),
        );
    return inOrder([...own, ...readSeparate(separate, direction)]);
}

/** The incoming rules of network ACLs that are not in this stack, by the id of their ACL; of an unknown ACL, each for itself. */
export function adoptedAclRules(graph: GraphIndex): ReadonlyMap<string, AclRules> {
    const groups = new Map<string, RegisteredResource[]>();
    for (const rule of graph.ofType(TypeToken.NetworkAclRule)) {
        if (graph.reference(rule, ["networkAclId"], aclTypes).resources.length === 0) {
            const id = readText(rule.properties, ["networkAclId"]);
            const name = id.kind === "known" ? id.value : rule.name;
            groups.set(name, [...(groups.get(name) ?? []), rule]);
        }
    }
    return new Map(
        [...groups].map(([name, rules]) => [name, inOrder(readSeparate(rules, "ingress"))]),
    );
}

function readSeparate(
    rules: readonly RegisteredResource[],
    direction: Direction,
): readonly (AclRule | UnreadAclRule)[] {
    return rules.flatMap((rule): readonly (AclRule | UnreadAclRule)[] => {
        const egress = readBoolean(rule.properties, ["egress"]);
        if (egress.kind === "open") {
            return [{ resource: rule, path: ["egress"], why: egress.why }];
        }
        const isEgress = egress.kind === "known" && egress.value;
        return isEgress === (direction === "egress")
            ? [readRule(rule, [], "ruleAction", "ruleNumber")]
            : [];
    });
}

function inOrder(all: readonly (AclRule | UnreadAclRule)[]): AclRules {
    return {
        rules: all
            .filter((rule): rule is AclRule => "number" in rule)
            .sort((a, b) => a.number - b.number),
        unread: all.filter((rule): rule is UnreadAclRule => "why" in rule),
    };
}

function readRule(
    resource: RegisteredResource,
    path: PropertyPath,
    actionField: string,
    numberField: string,
): AclRule | UnreadAclRule {
    const { properties } = resource;
    const at = (field: string): PropertyPath => [...path, field];
    const action = readText(properties, at(actionField));
    const number = readNumber(properties, at(numberField));
    const written = readAny(properties, at("protocol"));
    const protocol = parseProtocol(written.kind === "known" ? written.value : undefined);
    const from = readNumber(properties, at("fromPort"));
    const to = readNumber(properties, at("toPort"));
    const blocks = ["cidrBlock", "ipv6CidrBlock"].map((field) => readText(properties, at(field)));
    const addresses = blocks.map((block) =>
        block.kind === "known" ? AddressSet.parse(block.value) : AddressSet.empty,
    );
    const readings = [action, written, from, to, ...blocks];
    const open = readings.find(({ kind }) => kind === "open");
    if (open?.kind === "open") {
        return { resource, path, why: open.why };
    }
    const why = `cannot be read${path.length > 0 ? `: ${formatPath(path)}` : ""}`;
    if (
        action.kind !== "known" ||
        protocol === undefined ||
        addresses.some((set) => set === undefined)
    ) {
        return { resource, path, why };
    }
    const rule = {
        resource,
        path,
        allows: action.value.toLowerCase() === "allow",
        addresses: AddressSet.union(addresses.filter((set) => set !== undefined)),
        protocol,
        ports: effectivePorts(
            protocol,
            from.kind === "known" ? from.value : undefined,
            to.kind === "known" ? to.value : undefined,
        ),
    };
    return number.kind === "known"
        ? { ...rule, number: number.value }
        : { resource, path, why: number.kind === "open" ? number.why : why, unplaced: rule };
}
