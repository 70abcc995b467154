import { chain, label } from "../reading/labels";
import { judgeTraffic } from "../reading/judge-traffic";
import { failed, undecided } from "../reading/observations";
import { openingOf, type Direction, type TrafficRule } from "../reading/traffic-rule";
import { trafficReads } from "../reading/traffic-rules";
import { formatPath } from "../graph/peek";
import type { Observation, Rule, RuleContext } from "./rule";

/** A rule names one protocol and a narrow range of ports. */
export const sgNoAllProtocolOrWideRange: Rule = {
    name: "sg-no-all-protocol-or-wide-range",
    reads: trafficReads,
    *judge(context) {
        yield* judgeDirection(context, "ingress");
        yield* judgeDirection(context, "egress");
    },
};

function judgeDirection(context: RuleContext, direction: Direction): Iterable<Observation> {
    const widest = context.parameter<number>("maximumPortsPerRule");
    return judgeTraffic(context, {
        direction,
        defaultGroups: false,
        applies: () => true,
        decide: (rule) => decide(rule, widest),
    });
}

/** Every protocol towards everywhere is the question of sg-egress-restricted, so that one cause makes one finding. */
function decide(rule: TrafficRule, widest: number): readonly Observation[] {
    if (rule.peers.length === 0) {
        return [];
    }
    const { resource, path, trafficPath, traffic, direction } = rule;
    const route = chain(...rule.groups.map(label), path.length === 0 ? resource : formatPath(path));
    if (traffic.kind !== "known") {
        const why = traffic.kind === "open" ? traffic.why : "the ports are not set";
        return [undecided(resource, trafficPath, `${why} (${route})`, direction)];
    }
    const { protocol, ports, text } = traffic.value;
    if (protocol.name === "all") {
        return direction === "egress"
            ? []
            : [
                  failed(
                      resource,
                      trafficPath,
                      `the rule opens every protocol and port: name one (${route})`,
                      openingOf(rule, "*"),
                  ),
              ];
    }
    const hasPorts = protocol.name === "tcp" || protocol.name === "udp";
    const width = ports === undefined ? 0 : ports.to - ports.from + 1;
    return hasPorts && width > widest
        ? [
              failed(
                  resource,
                  trafficPath,
                  `${text} opens ${width} ports: at most ${widest} are allowed in one rule (${route})`,
                  openingOf(rule, "*"),
              ),
          ]
        : [];
}
