import { publicPart } from "../../aws/address-set";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { showAddresses } from "../reading/approved-addresses";
import { aclRulesOf, networkAclReads, networkAcls, type AclRule } from "../reading/network-acls";
import { failed, settle, undecided } from "../reading/observations";
import type { Observation, Rule, RuleContext } from "./rule";

/** No network ACL admits a port of remote administration from public addresses. */
export const naclNoOpenAdmin: Rule = {
    name: "nacl-no-open-admin",
    reads: networkAclReads,
    *judge(context) {
        const adminPorts = context.parameter<readonly number[]>("adminPorts");
        for (const acl of networkAcls(context.graph)) {
            if (context.scope.includes(acl)) {
                yield* judgeAcl(context, acl, adminPorts);
            }
        }
    },
};

function* judgeAcl(
    { graph }: RuleContext,
    acl: RegisteredResource,
    adminPorts: readonly number[],
): Generator<Observation> {
    const { rules, unread } = aclRulesOf(graph, acl);
    const doubts = unread.map(({ resource, path, why }) =>
        undecided(resource, path, `a rule of the network ACL "${acl.name}" ${why}`),
    );
    const found = [...doubts, ...rules.flatMap((rule) => judgeRule(acl, rule, rules, adminPorts))];
    yield* settle(acl, found);
    yield* found.filter(({ resource }) => resource !== acl);
}

/** The first rule that fits decides, so a denial with a lower number takes away what it covers. */
function judgeRule(
    acl: RegisteredResource,
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
                  `${place} of the network ACL "${acl.name}" admits ${exposed.map(({ port }) => port).join(", ")} from ${showAddresses(rule.addresses)}`,
                  String(rule.number),
              ),
          ];
}

function isWithin(port: number, { ports }: AclRule): boolean {
    return ports !== undefined && ports.from <= port && port <= ports.to;
}
