import { AddressSet } from "../../aws/address-set";
import { everyPort, parseProtocol, type Protocol } from "../../aws/traffic";
import { TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import type { Peer } from "../reading/peers";
import type { Direction, TrafficRule } from "../reading/traffic-rule";
import { defaultGroupOwner, isOfUnknownGroup, trafficRulesOf } from "../reading/traffic-rules";
import type { Carrier } from "./carrier";
import type { Flow } from "./flow";
import { membersOf } from "./group-members";

/** Something that a security group lets through. */
export interface Opening {
    readonly direction: Direction;
    /** As reports show it. */
    readonly peer: string;
    /** Addresses of the peer where it is a range: routes and network ACLs are asked then. */
    readonly flow: Omit<Flow, "addresses"> & { readonly addresses: AddressSet | undefined };
    /** Why it is not known whether, or to what, it opens; undefined where it is. */
    readonly doubt: string | undefined;
    readonly links: readonly string[];
}

const anything: Protocol = parseProtocol(-1) ?? { number: -1, name: "all" };
/** All protocols and ports. */
export const anyTraffic = {
    protocol: anything,
    except: [],
    ports: everyPort,
    addresses: undefined,
};
/** What a peer is called that is not known. */
const unknownPeer = "unknown";
const directions = ["ingress", "egress"] as const;
const everywhere = ["0.0.0.0/0", "::/0"] as const;

/** Everything that the security groups of a carrier let in and out. */
export function openingsOf(graph: GraphIndex, carrier: Carrier): readonly Opening[] {
    const { rules, byGroup, unread } = trafficRulesOf(graph);
    const known = carrier.groups.flatMap((group) =>
        (byGroup.get(group) ?? []).flatMap((rule) => openingsOfRule(graph, group, rule)),
    );
    const unlisted = unread
        .filter(({ groups }) => groups.some((group) => carrier.groups.includes(group)))
        .map(({ resource, path, direction, why }) =>
            doubtful(direction, `${formatPath(path)} ${why}`, [label(resource)]),
        );
    const homeless = rules
        .filter(({ resource }) => isOfUnknownGroup(graph, resource))
        .map(({ resource, direction }) =>
            doubtful(direction, "securityGroupId is not known", [label(resource)]),
        );
    const defaults = carrier.defaultsOf.flatMap((vpc) => defaultOpenings(graph, vpc));
    const foreign = carrier.hasForeignDefault ? impliedOpenings(undefined) : [];
    const doubts = directions.flatMap((direction) =>
        carrier.doubts.map((doubt) => doubtful(direction, doubt, [])),
    );
    return [...known, ...unlisted, ...homeless, ...defaults, ...foreign, ...doubts];
}

function openingsOfRule(
    graph: GraphIndex,
    group: RegisteredResource,
    rule: TrafficRule,
): readonly Opening[] {
    return rule.peers.map((peer) => {
        const own = rule.resource === group ? [] : [label(rule.resource)];
        const links = [label(group), ...own, ...[...peer.via].reverse()];
        return openingOf(graph, rule, peer, links);
    });
}

function openingOf(
    graph: GraphIndex,
    { direction, traffic }: TrafficRule,
    peer: Peer,
    links: readonly string[],
): Opening {
    const flow =
        traffic.kind === "known"
            ? { ...anyTraffic, protocol: traffic.value.protocol, ports: traffic.value.ports }
            : anyTraffic;
    const doubt = traffic.kind === "open" ? traffic.why : undefined;
    const opening = { direction, flow, doubt, links };
    switch (peer.kind) {
        case "addresses":
            return { ...opening, peer: peer.text, flow: { ...flow, addresses: peer.addresses } };
        case "prefix-list":
            return { ...opening, peer: peer.id };
        case "endpoint": {
            const [endpoint] = graph.reference(peer.resource, peer.path, [
                TypeToken.VpcEndpoint,
            ]).resources;
            return endpoint === undefined
                ? { ...opening, peer: unknownPeer, doubt: "the endpoint is not known" }
                : { ...opening, peer: endpoint.urn, links: [...links, label(endpoint)] };
        }
        case "group": {
            const members = peer.name === undefined ? [] : membersOf(graph, peer.name);
            return peer.name === undefined
                ? { ...opening, peer: unknownPeer, doubt: "the security group is not known" }
                : { ...opening, peer: peer.name, links: [...links, ...members] };
        }
        case "open":
            return {
                ...opening,
                peer: unknownPeer,
                doubt: `${formatPath(peer.path)} ${peer.why}`,
            };
    }
}

function doubtful(direction: Direction, doubt: string, links: readonly string[]): Opening {
    return { direction, peer: unknownPeer, flow: anyTraffic, doubt, links };
}

/** The default group of a VPC: as adopted in this stack, else as AWS makes it. */
function defaultOpenings(graph: GraphIndex, vpc: RegisteredResource): readonly Opening[] {
    const { rules, byGroup } = trafficRulesOf(graph);
    const adopted = graph
        .ofType(TypeToken.DefaultSecurityGroup)
        .filter((group) => graph.reference(group, ["vpcId"], vpcTypes).resources.includes(vpc));
    const added = rules.filter(
        ({ resource, groups }) => groups.length === 0 && defaultGroupOwner(graph, resource) === vpc,
    );
    const own =
        adopted.length > 0
            ? adopted.flatMap((group) =>
                  (byGroup.get(group) ?? []).flatMap((rule) => openingsOfRule(graph, group, rule)),
              )
            : impliedOpenings(vpc);
    const more = added.flatMap((rule) =>
        rule.peers.map((peer) => openingOf(graph, rule, peer, [label(rule.resource)])),
    );
    return [...own, ...more];
}

/** From its own members everything, out everything. Source: VPC user guide, "Default security groups". */
function impliedOpenings(vpc: RegisteredResource | undefined): readonly Opening[] {
    const name = vpc === undefined ? "of the default VPC" : `of ${label(vpc)}`;
    const common = {
        flow: anyTraffic,
        doubt: undefined,
        links: [`default security group ${name}`],
    };
    return [
        { ...common, direction: "ingress", peer: `default security group ${name}` },
        ...everywhere.map((peer): Opening => ({
            ...common,
            direction: "egress",
            peer,
            flow: { ...anyTraffic, addresses: AddressSet.of(peer) },
        })),
    ];
}
