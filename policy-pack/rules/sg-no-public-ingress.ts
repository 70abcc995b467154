import { publicPart, type AddressSet } from "../../aws/address-set";
import { formatPath } from "../graph/peek";
import { approvedAddresses, showAddresses } from "../reading/approved-addresses";
import { judgeTraffic } from "../reading/judge-traffic";
import { failed, undecided } from "../reading/observations";
import type { Peer } from "../reading/peers";
import { openingOf, ruleChain, type TrafficRule } from "../reading/traffic-rule";
import { trafficReads } from "../reading/traffic-rules";
import type { Observation, Rule } from "./rule";

/** No security group lets in a public address that is not allow-listed, however its rules are written. */
export const sgNoPublicIngress: Rule = {
    name: "sg-no-public-ingress",
    reads: trafficReads,
    certainAlone: true,
    judge: (context) => {
        const allowed = approvedAddresses(context.parameter("allowedPublicCidrs"), 1);
        return judgeTraffic(context, {
            direction: "ingress",
            defaultGroups: true,
            applies: () => true,
            decide: (rule) => rule.peers.flatMap((peer) => decide(rule, peer, allowed)),
        });
    },
};

function decide(rule: TrafficRule, peer: Peer, allowed: AddressSet): readonly Observation[] {
    const place = formatPath(peer.path);
    const route = ruleChain(rule, peer);
    switch (peer.kind) {
        case "group":
        case "endpoint":
            return [];
        case "open":
            return [
                undecided(
                    peer.resource,
                    peer.path,
                    `${place} ${peer.why}, so it may let in public addresses (${route})`,
                    openingOf(rule, "?"),
                ),
            ];
        case "prefix-list":
            return [
                undecided(
                    peer.resource,
                    peer.path,
                    `${place} is the prefix list ${peer.id}, which is not in this stack: it may hold public addresses (${route})`,
                    openingOf(rule, peer.id),
                ),
            ];
        case "addresses": {
            const exposed = publicPart(peer.addresses).without(allowed);
            if (exposed.isEmpty) {
                return [];
            }
            const family = exposed.toCidrs()[0]?.includes(":") ? 6 : 4;
            const who = peer.addresses.coversFamily(family)
                ? "the whole internet"
                : `the public addresses ${showAddresses(exposed)}`;
            const what = rule.traffic.kind === "known" ? rule.traffic.value.text : "traffic";
            return [
                failed(
                    peer.resource,
                    peer.path,
                    `${place} is ${peer.text}, so ${who} may reach ${what} (${route})`,
                    openingOf(rule, peer.text),
                ),
            ];
        }
    }
}
