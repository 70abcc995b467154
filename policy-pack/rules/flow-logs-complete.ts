import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isAttested } from "../reading/attestations";
import { judgeDestination, flowLogDestinationReads } from "../reading/flow-log-destinations";
import { failed, passed, settle, undecided } from "../reading/observations";
import { serverNetworkReads, serverNetworks } from "../reading/server-networks";
import { readNumber, readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** What the provider takes when no interval is stated. Source: Amazon VPC user guide, flow logs. */
const defaultIntervalSeconds = 600;

/** The networks of key servers record accepted and rejected flows, often enough, in a log that is protected itself. */
export const flowLogsComplete: Rule = {
    name: "flow-logs-complete",
    reads: [...serverNetworkReads, TypeToken.FlowLog, ...flowLogDestinationReads],
    *judge(context) {
        const { graph, scope } = context;
        const longest = context.parameter<number>("flowLogAggregationSeconds");
        const networks = serverNetworks(context);
        for (const [vpc, subnets] of networks.vpcs) {
            yield* judgeNetwork(context, vpc, subnets);
        }
        for (const subnet of networks.adopted) {
            yield judgeAdopted(context, subnet);
        }
        for (const { server, path, id } of networks.foreign) {
            if (!isAttested(context, `flow-log/${id}`)) {
                const message = `${formatPath(path)} is "${id}", which is not in this stack: whether its flows are logged is not known, and the configuration does not attest "flow-log/${id}"`;
                yield undecided(server, path, message, id);
            }
        }
        for (const { resource, path, why } of networks.open) {
            const message = `${formatPath(path)} ${why}, so whether the flows of the server's network are logged is not known either`;
            yield undecided(resource, path, message);
        }
        for (const log of graph
            .ofType(TypeToken.FlowLog)
            .filter((found) => scope.includes(found))) {
            yield* settle(log, [
                ...judgeTraffic(log),
                ...judgeInterval(log, longest),
                ...judgeDestination(context, log),
            ]);
        }
    },
};

/** A VPC is covered as a whole, or by a flow log for each subnet that holds a server. */
function* judgeNetwork(
    { graph }: RuleContext,
    vpc: RegisteredResource,
    subnets: readonly RegisteredResource[],
): Generator<Observation> {
    const logs = graph.ofType(TypeToken.FlowLog);
    const covers = (property: string, network: RegisteredResource): boolean =>
        logs.some((log) =>
            graph.reference(log, [property], [network.type]).resources.includes(network),
        );
    const bare = subnets.filter((subnet) => !covers("subnetId", subnet));
    if (covers("vpcId", vpc) || (subnets.length > 0 && bare.length === 0)) {
        yield passed(vpc);
    } else if (bare.length === subnets.length) {
        yield failed(vpc, [], "no flow log of this stack records the VPC's traffic");
    } else {
        yield* bare.map((subnet) =>
            failed(subnet, [], "no flow log of this stack records the subnet's traffic"),
        );
    }
}

function judgeAdopted(context: RuleContext, subnet: RegisteredResource): Observation {
    const { graph } = context;
    const vpc = readText(subnet.properties, ["vpcId"]);
    const logged = graph.ofType(TypeToken.FlowLog).some((log) => {
        const network = readText(log.properties, ["vpcId"]);
        return (
            graph.reference(log, ["subnetId"], [subnet.type]).resources.includes(subnet) ||
            (vpc.kind === "known" && network.kind === "known" && network.value === vpc.value)
        );
    });
    const id = vpc.kind === "known" ? vpc.value : "";
    return logged || isAttested(context, `flow-log/${id}`)
        ? passed(subnet)
        : undecided(
              subnet,
              ["vpcId"],
              `the subnet's VPC is not in this stack: whether its flows are logged is not known, and the configuration does not attest "flow-log/${id}"`,
          );
}

function judgeTraffic(log: RegisteredResource): readonly Observation[] {
    const type = readText(log.properties, ["trafficType"]);
    if (type.kind === "open") {
        return [undecided(log, ["trafficType"], `trafficType ${type.why}`)];
    }
    const found = type.kind === "known" ? `is ${show(type.value)}` : "is not set";
    return type.kind === "known" && type.value === "ALL"
        ? []
        : [
              failed(
                  log,
                  ["trafficType"],
                  `trafficType ${found}: accepted and rejected flows must both be recorded (ALL)`,
              ),
          ];
}

function judgeInterval(log: RegisteredResource, longest: number): readonly Observation[] {
    const path = ["maxAggregationInterval"];
    const interval = readNumber(log.properties, path);
    if (interval.kind === "open") {
        return [undecided(log, path, `maxAggregationInterval ${interval.why}`)];
    }
    const seconds = interval.kind === "known" ? interval.value : defaultIntervalSeconds;
    return seconds <= longest
        ? []
        : [
              failed(
                  log,
                  path,
                  `maxAggregationInterval is ${seconds} seconds: at most ${longest} are allowed`,
              ),
          ];
}
