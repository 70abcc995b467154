import { securityGroupRuleTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain } from "../reading/labels";
import { failed, passed, settle, undecided } from "../reading/observations";
import { readElements } from "../reading/values";
import { defaultGroupOwner } from "../reading/traffic-rules";
import type { Observation, Rule, RuleContext } from "./rule";

/** The default security group of every VPC is emptied, so that what is put into no group can talk to nothing. */
export const defaultSgClosed: Rule = {
    name: "default-sg-closed",
    reads: [...vpcTypes, TypeToken.DefaultSecurityGroup, ...securityGroupRuleTypes],
    *judge(context) {
        const { graph, scope } = context;
        const groups = graph.ofType(TypeToken.DefaultSecurityGroup);
        for (const vpc of graph
            .ofType(...vpcTypes)
            .filter((resource) => scope.includes(resource))) {
            const emptied = groups.some((group) => isGroupOf(context, group, vpc));
            yield emptied
                ? passed(vpc)
                : failed(
                      vpc,
                      [],
                      "nothing empties the VPC's default security group, which lets its members talk to each other and to everywhere",
                  );
        }
        for (const group of groups.filter((resource) => scope.includes(resource))) {
            yield* settle(group, [...rulesOf(group, "ingress"), ...rulesOf(group, "egress")]);
        }
        for (const rule of graph.ofType(...securityGroupRuleTypes)) {
            const owner = defaultGroupOwner(context.graph, rule);
            const group = graph.reference(
                rule,
                ["securityGroupId"],
                [TypeToken.DefaultSecurityGroup],
            ).resources[0];
            const opened = group ?? owner;
            if (opened !== undefined && (scope.includes(rule) || scope.includes(opened))) {
                yield failed(
                    rule,
                    ["securityGroupId"],
                    `the rule opens a default security group (${chain(opened, rule)})`,
                );
            }
        }
    },
};

/** A default group without a VPC is that of the account's default VPC. */
function isGroupOf(
    { graph }: RuleContext,
    group: RegisteredResource,
    vpc: RegisteredResource,
): boolean {
    const reference = graph.reference(group, ["vpcId"], vpcTypes);
    return reference.kind === "absent"
        ? vpc.type === TypeToken.DefaultVpc
        : reference.resources.includes(vpc);
}

function rulesOf(
    group: RegisteredResource,
    direction: "ingress" | "egress",
): readonly Observation[] {
    const list = readElements(group.properties, [direction]);
    if (list.kind === "open") {
        return [undecided(group, [direction], `${direction} ${list.why}`)];
    }
    return list.kind === "absent"
        ? []
        : [
              failed(
                  group,
                  [direction],
                  `${formatPath([direction])} holds ${list.value.length === 1 ? "a rule" : `${list.value.length} rules`}: a default security group must hold none`,
              ),
          ];
}
