import {
    securityGroupRuleTypes,
    securityGroupTypes,
    TypeToken,
    vpcTypes,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { peerName } from "../reading/traffic-rule";
import { isRuleInScope, trafficRulesOf } from "../reading/traffic-rules";
import type { Observation, Rule } from "./rule";

/** A security group's rules are written in one place, each once, and a VPC's default group has one owner. */
export const sgNoMixedRuleManagement: Rule = {
    name: "sg-no-mixed-rule-management",
    reads: [...securityGroupTypes, ...securityGroupRuleTypes],
    *judge({ graph, scope }) {
        const { rules, unread, byGroup } = trafficRulesOf(graph);
        for (const group of graph.ofType(TypeToken.SecurityGroup)) {
            if (scope.includes(group)) {
                const own = byGroup.get(group) ?? [];
                const separate = own.filter(({ resource }) => resource !== group);
                const inline = own.filter(({ resource }) => resource === group);
                const open = unread.filter(
                    ({ resource, path }) => resource === group && path.length === 1,
                );
                yield* settle(group, [
                    ...mixed(group, inline.length, separate.length),
                    ...(inline.length === 0 && separate.length > 0 ? open : []).map(
                        ({ resource, path, why }) =>
                            undecided(
                                resource,
                                path,
                                `${path.join(".")} ${why}, and there are separate rules as well`,
                            ),
                    ),
                ]);
            }
        }
        yield* writtenTwice(rules.filter((rule) => isRuleInScope(scope, rule)));
        yield* ownedTwice(graph, (resource) => scope.includes(resource));
    },
};

function mixed(
    group: RegisteredResource,
    inline: number,
    separate: number,
): readonly Observation[] {
    return inline > 0 && separate > 0
        ? [
              failed(
                  group,
                  [],
                  `the group holds inline rules (${inline}) and separate ones (${separate}): each update undoes the other`,
              ),
          ]
        : [];
}

/** The same opening written by two resources: whoever is deleted first takes the rule away from the other. */
function* writtenTwice(rules: ReturnType<typeof trafficRulesOf>["rules"]): Generator<Observation> {
    const owners = new Map<string, RegisteredResource>();
    for (const { resource, path, direction, groups, traffic, peers } of rules) {
        if (path.length > 0) {
            continue;
        }
        const twins = peers.flatMap((peer) => {
            const name = peerName(peer);
            if (name === undefined || traffic.kind !== "known") {
                return [];
            }
            return groups.flatMap(({ urn }) => {
                const key = [urn, direction, traffic.value.text, name].join(" ");
                const owner = owners.get(key);
                owners.set(key, owner ?? resource);
                return owner === undefined || owner === resource ? [] : [owner];
            });
        });
        const [twin] = twins;
        yield* settle(
            resource,
            twin === undefined
                ? []
                : [failed(resource, [], `the same rule is written by ${label(twin)} as well`)],
        );
    }
}

function* ownedTwice(
    graph: GraphIndex,
    isInScope: (resource: RegisteredResource) => boolean,
): Generator<Observation> {
    const owners = new Map<RegisteredResource, RegisteredResource>();
    for (const group of graph.ofType(TypeToken.DefaultSecurityGroup).filter(isInScope)) {
        const [vpc] = graph.reference(group, ["vpcId"], vpcTypes).resources;
        const owner = vpc === undefined ? undefined : owners.get(vpc);
        if (vpc !== undefined && owner === undefined) {
            owners.set(vpc, group);
        }
        yield* settle(
            group,
            owner === undefined
                ? []
                : [failed(group, ["vpcId"], `${label(owner)} adopts the same group as well`)],
        );
    }
}
