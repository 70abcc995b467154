import {
    balancerTypes,
    classicAttachmentType,
    classicBalancerType,
    listenerRuleTypes,
    listenerTypes,
    targetGroupAttachmentTypes,
    targetGroupTypes,
    TypeToken,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { failed, settle, undecided } from "./observations";
import { readBoolean } from "./values";

/** Type tokens that are read to find what stands in front of servers. */
export const balancerReads: readonly string[] = [
    ...balancerTypes,
    ...listenerTypes,
    ...targetGroupTypes,
    ...targetGroupAttachmentTypes,
    ...listenerRuleTypes,
    classicBalancerType,
    classicAttachmentType,
    TypeToken.AutoScalingAttachment,
];

/** The load balancer of a listener. */
export function balancerOf(
    graph: GraphIndex,
    listener: RegisteredResource,
): readonly RegisteredResource[] {
    return graph.reference(listener, ["loadBalancerArn"], balancerTypes).resources;
}

/** Load balancers that the internet can reach. */
export function* judgeBalancers({ graph, scope }: RuleContext): Generator<Observation> {
    for (const balancer of graph.ofType(...balancerTypes, classicBalancerType)) {
        if (scope.includes(balancer)) {
            yield* settle(balancer, judgeFacing(balancer));
        }
    }
}

/** A load balancer faces the internet unless it says otherwise. */
function judgeFacing(balancer: RegisteredResource): readonly Observation[] {
    const internal = readBoolean(balancer.properties, ["internal"]);
    if (internal.kind === "open") {
        return [undecided(balancer, ["internal"], `internal ${internal.why}`)];
    }
    const found = internal.kind === "known" ? "is false" : "is not set";
    return internal.kind === "known" && internal.value
        ? []
        : [
              failed(
                  balancer,
                  ["internal"],
                  `internal ${found}, so the load balancer has public addresses and forwards from them`,
              ),
          ];
}
