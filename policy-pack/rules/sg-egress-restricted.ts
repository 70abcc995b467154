import { publicPart, type AddressSet } from "../../aws/address-set";
import { formatPath } from "../graph/peek";
import { TypeToken } from "../../aws/type-tokens";
import { approvedAddresses, showAddresses } from "../reading/approved-addresses";
import { interfaceReads } from "../reading/interfaces";
import { judgeTraffic } from "../reading/judge-traffic";
import {
    ifItOpensKeyServers,
    keyServersBehind,
    mayOpenKeyServers,
} from "../reading/key-server-groups";
import { failed, undecided } from "../reading/observations";
import type { Peer } from "../reading/peers";
import { openingOf, ruleChain, type TrafficRule } from "../reading/traffic-rule";
import { trafficReads } from "../reading/traffic-rules";
import type { Observation, Rule } from "./rule";

interface Approved {
    readonly addresses: AddressSet;
    readonly prefixLists: readonly string[];
    /** Whether private ranges need approval too: they do for a key server's own groups. */
    readonly privateToo: boolean;
}

/**
 * Connections leave only towards endpoints, named security groups, prefix lists and allow-listed ranges. Every group is judged as it is
 * written, with or without a server; whether a key server carries it, or may do so, is read as `keyward paths` reads it, and decides about
 * private ranges. A VPC's default group is the question of server-eni-uses-only-hardened-sg and default-sg-closed.
 */
export const sgEgressRestricted: Rule = {
    name: "sg-egress-restricted",
    reads: [...trafficReads, ...interfaceReads, TypeToken.VpcEndpoint],
    judge: (context) => {
        const shortest = context.parameter<number>("allowedCidrMinimumPrefixLength");
        const addresses = approvedAddresses(context.parameter("allowedEgressCidrs"), shortest);
        const prefixLists = context.parameter<readonly string[]>("allowedEgressPrefixLists");
        return judgeTraffic(context, {
            direction: "egress",
            defaultGroups: false,
            applies: () => true,
            decide: (rule) => {
                const privateToo = keyServersBehind(context, rule.groups).length > 0;
                const approved = { addresses, prefixLists, privateToo };
                const peersWith = (given: Approved): readonly Observation[] =>
                    rule.peers.flatMap((peer) => decide(rule, peer, given));
                const peers = peersWith(approved);
                const found = peers.length > 0 ? peers : everyProtocol(rule);
                return found.length === 0 && mayOpenKeyServers(context, rule.resource)
                    ? ifItOpensKeyServers(peersWith({ ...approved, privateToo: true }))
                    : found;
            },
        });
    },
};

function decide(rule: TrafficRule, peer: Peer, approved: Approved): readonly Observation[] {
    const place = formatPath(peer.path);
    const route = ruleChain(rule, peer);
    switch (peer.kind) {
        case "group":
        case "endpoint":
            return [];
        case "prefix-list":
            return approved.prefixLists.includes(peer.id)
                ? []
                : [
                      undecided(
                          peer.resource,
                          peer.path,
                          `${place} is the prefix list ${peer.id}, which is not in this stack and not approved (${route})`,
                          openingOf(rule, peer.id),
                      ),
                  ];
        case "open":
            return [
                undecided(
                    peer.resource,
                    peer.path,
                    `${place} ${peer.why}, so the server may reach anything (${route})`,
                    openingOf(rule, "?"),
                ),
            ];
        case "addresses": {
            const reached = approved.privateToo ? peer.addresses : publicPart(peer.addresses);
            const free = reached.without(approved.addresses);
            return free.isEmpty
                ? []
                : [
                      failed(
                          peer.resource,
                          peer.path,
                          `${place} is ${peer.text}, so connections may leave to ${peer.text.endsWith("/0") ? "everywhere" : showAddresses(free)} (${route})`,
                          openingOf(rule, peer.text),
                      ),
                  ];
        }
    }
}

/** Every protocol at once is too much towards any peer. */
function everyProtocol(rule: TrafficRule): readonly Observation[] {
    const [peer] = rule.peers;
    if (peer !== undefined && rule.traffic.kind === "open") {
        const message = `the protocol ${rule.traffic.why}, so every one may leave (${ruleChain(rule, peer)})`;
        return [undecided(rule.resource, rule.trafficPath, message, "all")];
    }
    return peer !== undefined &&
        rule.traffic.kind === "known" &&
        rule.traffic.value.protocol.name === "all"
        ? [
              failed(
                  rule.resource,
                  rule.trafficPath,
                  `every protocol and port may leave: name one (${ruleChain(rule, peer)})`,
                  "all",
              ),
          ]
        : [];
}
