import { publicPart } from "../../aws/address-set";
import { formatPath } from "../graph/peek";
import { showAddresses } from "../reading/approved-addresses";
import {
    aclRulesOf,
    adoptedAclRules,
    networkAclReads,
    networkAcls,
    type AclRule,
    type AclRules,
} from "../reading/network-acls";
import { failed, settle, undecided } from "../reading/observations";
import type { Observation, Rule } from "./rule";

type Unplaced = Omit<AclRule, "number">;

/** No network ACL admits a port of remote administration from public addresses. */
export const naclNoOpenAdmin: Rule = {
    name: "nacl-no-open-admin",
    reads: networkAclReads,
    *judge(context) {
        const adminPorts = context.parameter<readonly number[]>("adminPorts");
        for (const acl of networkAcls(context.graph)) {
            if (context.scope.includes(acl)) {
                const found = judgeRules(acl.name, aclRulesOf(context.graph, acl), adminPorts);
                yield* settle(acl, found);
                yield* found.filter(({ resource }) => resource !== acl);
            }
        }
        for (const [name, rules] of adoptedAclRules(context.graph)) {
            yield* judgeRules(name, rules, adminPorts).filter(
                ({ resource }) => resource !== undefined && context.scope.includes(resource),
            );
        }
    },
};

function judgeRules(
    acl: string,
    { rules, unread }: AclRules,
    adminPorts: readonly number[],
): readonly Observation[] {
    const others = [...rules, ...unread.map(({ unplaced }) => unplaced)];
    const doubts = unread.flatMap(({ resource, path, why, unplaced }) =>
        unplaced?.allows === true && !mayBeDenied(unplaced, others, adminPorts)
            ? judgeRule(acl, { ...unplaced, number: 0 }, [], adminPorts)
            : [undecided(resource, path, `a rule of the network ACL "${acl}" ${why}`)],
    );
    return [...doubts, ...rules.flatMap((rule) => judgeRule(acl, rule, rules, adminPorts))];
}

/** Whether a rule that cannot be read, or a denial for one of these ports, could come before what a rule without a number allows. */
function mayBeDenied(
    rule: Unplaced,
    others: readonly (Unplaced | undefined)[],
    adminPorts: readonly number[],
): boolean {
    const admitted = adminPorts.filter((port) => isWithin(port, rule));
    return others.some(
        (other) =>
            other === undefined ||
            (!other.allows && admitted.some((port) => isWithin(port, other))),
    );
}

/** The first rule that fits decides, so a denial with a lower number takes away what it covers. */
function judgeRule(
    acl: string,
    rule: AclRule,
    rules: readonly AclRule[],
    adminPorts: readonly number[],
): readonly Observation[] {
    const admitted = adminPorts.filter((port) => rule.allows && isWithin(port, rule));
    const exposed = admitted
        .map((port) => {
            const earlier = rules.filter(
                (other) => other.number < rule.number && isWithin(port, other),
            );
            const addresses = earlier.reduce(
                (left, other) => left.without(other.addresses),
                publicPart(rule.addresses),
            );
            return { port, addresses };
        })
        .filter(({ addresses }) => !addresses.isEmpty);
    const [first] = exposed;
    const place = rule.path.length > 0 ? formatPath(rule.path) : "the rule";
    return first === undefined
        ? []
        : [
              failed(
                  rule.resource,
                  rule.path,
                  `${place} of the network ACL "${acl}" admits ${exposed.map(({ port }) => port).join(", ")} from ${showAddresses(rule.addresses)}`,
                  String(rule.number),
              ),
          ];
}

function isWithin(port: number, { ports }: Unplaced): boolean {
    return ports !== undefined && ports.from <= port && port <= ports.to;
}
