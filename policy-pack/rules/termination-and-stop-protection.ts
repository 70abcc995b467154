import { balancerTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { serversBehindBalancers } from "../reading/balancer-targets";
import { balancerReads } from "../reading/load-balancers";
import { failed, notApplicable, passed, settle, undecided } from "../reading/observations";
import { ServerView } from "../reading/servers";
import { readBoolean, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const protections = [
    { property: "disableApiTermination", deed: "terminated" },
    { property: "disableApiStop", deed: "stopped" },
] as const;

/** A stand-alone key server can be neither terminated nor stopped by one API call, nor the load balancer before key servers deleted. */
export const terminationAndStopProtection: Rule = {
    name: "termination-and-stop-protection",
    reads: [
        TypeToken.Instance,
        TypeToken.SpotInstanceRequest,
        TypeToken.SpotFleetRequest,
        TypeToken.LaunchTemplate,
        TypeToken.AutoScalingGroup,
        ...balancerReads,
    ],
    certainAlone: true,
    *judge(context) {
        const { graph, scope } = context;
        for (const instance of graph.ofType(TypeToken.Instance).filter((r) => scope.includes(r))) {
            const found = ServerView.of(graph, instance).flatMap(decide);
            yield* found.length > 0 ? found : [passed(instance)];
        }
        const spot = graph.ofType(TypeToken.SpotInstanceRequest, TypeToken.SpotFleetRequest);
        for (const request of spot.filter((resource) => scope.includes(resource))) {
            yield failed(
                request,
                [],
                "a spot instance has no termination protection: EC2 may take it away at any time",
            );
        }
        const replaceable = graph.ofType(TypeToken.LaunchTemplate, TypeToken.AutoScalingGroup);
        for (const resource of replaceable.filter((other) => scope.includes(other))) {
            yield notApplicable(resource);
        }
        const behind = serversBehindBalancers(graph);
        for (const balancer of graph.ofType(...balancerTypes)) {
            if ((behind.get(balancer) ?? []).some((server) => scope.includes(server))) {
                yield* settle(balancer, judgeBalancer(balancer));
            }
        }
    },
    remediate: (resource) =>
        resource.type === TypeToken.Instance
            ? protections
                  .map(({ property }) => [property])
                  .filter((path) => isOff(resource, path))
                  .map((path) => ({ path, value: true }))
            : [],
};

function decide(view: ServerView): readonly Observation[] {
    return protections.flatMap(({ property, deed }): readonly Observation[] => {
        const setting = view.setting(readBoolean, { instance: [property], template: [property] });
        if (setting.reading.kind === "known" && setting.reading.value) {
            return [];
        }
        const place = formatPath(setting.path);
        if (setting.reading.kind === "open") {
            return [undecided(view.subject, setting.path, `${place} ${setting.reading.why}`)];
        }
        const found = setting.reading.kind === "known" ? "is false" : "is not set";
        return [
            failed(
                view.subject,
                [property],
                `${property} ${found}, so the server can be ${deed} by one API call`,
            ),
        ];
    });
}

/** Load balancers can be deleted unless they say otherwise. */
function judgeBalancer(balancer: RegisteredResource): readonly Observation[] {
    const path = ["enableDeletionProtection"];
    const setting = readBoolean(balancer.properties, path);
    if (setting.kind === "open") {
        return [undecided(balancer, path, `enableDeletionProtection ${setting.why}`)];
    }
    const found = setting.kind === "known" ? "is false" : "is not set";
    return setting.kind === "known" && setting.value
        ? []
        : [
              failed(
                  balancer,
                  path,
                  `enableDeletionProtection ${found}, so the way to the key servers can be deleted by one API call`,
              ),
          ];
}

function isOff(resource: RegisteredResource, path: PropertyPath): boolean {
    const value = valueAt(resource.properties, path);
    return value === undefined || value === false || value === "false";
}
