import { formatPath } from "../graph/peek";
import { judgeTraffic } from "../reading/judge-traffic";
import { chain, label } from "../reading/labels";
import { failed, undecided } from "../reading/observations";
import type { TrafficRule } from "../reading/traffic-rule";
import { trafficReads } from "../reading/traffic-rules";
import type { Observation, Rule } from "./rule";

/** No rule opens a port of remote administration, from anywhere. */
export const sgNoAdminPorts: Rule = {
    name: "sg-no-admin-ports",
    reads: trafficReads,
    certainAlone: true,
    judge: (context) => {
        const ports = context.parameter<readonly number[]>("adminPorts");
        return judgeTraffic(context, {
            direction: "ingress",
            defaultGroups: false,
            applies: () => true,
            decide: (rule) => decide(rule, ports),
        });
    },
};

function decide(rule: TrafficRule, adminPorts: readonly number[]): readonly Observation[] {
    if (rule.peers.length === 0) {
        return [];
    }
    const groups = rule.groups.map(label);
    const route = chain(...groups, rule.path.length === 0 ? rule.resource : formatPath(rule.path));
    if (rule.traffic.kind !== "known") {
        const why = rule.traffic.kind === "open" ? rule.traffic.why : "its ports are not set";
        return [
            undecided(
                rule.resource,
                rule.trafficPath,
                `${why}, so it may open a port of remote administration (${route})`,
            ),
        ];
    }
    const { protocol, ports, text } = rule.traffic.value;
    const hasPorts = ["all", "tcp", "udp"].includes(protocol.name);
    const opened = adminPorts.filter(
        (port) => hasPorts && ports !== undefined && ports.from <= port && port <= ports.to,
    );
    return opened.length === 0
        ? []
        : [
              failed(
                  rule.resource,
                  rule.trafficPath,
                  `${text} opens ${opened.length === 1 ? "the port" : "ports"} of remote administration ${opened.join(", ")} (${route})`,
                  text,
              ),
          ];
}
