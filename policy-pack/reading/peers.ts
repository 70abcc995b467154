import { AddressSet } from "../../aws/address-set";
import { securityGroupTypes, subnetTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { label } from "./labels";
import { readElements, readText, show } from "./values";

/** One source or destination that a security-group rule opens. */
export type Peer = PeerPlace &
    (
        | { readonly kind: "addresses"; readonly text: string; readonly addresses: AddressSet }
        /** A security group, by id where that is known and by URN where it comes from this stack; or the group itself. */
        | { readonly kind: "group"; readonly name: string | undefined }
        /** The prefix list of a gateway endpoint of this stack. */
        | { readonly kind: "endpoint" }
        /** A prefix list outside this stack. */
        | { readonly kind: "prefix-list"; readonly id: string }
        | { readonly kind: "open"; readonly why: string }
    );

interface PeerPlace {
    /** The resource and property to change, to change this peer. */
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    /** Resources between the rule and the peer, as messages name them. */
    readonly via: readonly string[];
}

/** Types whose addresses lie inside the network. */
const networkTypes = [...vpcTypes, ...subnetTypes];

/** The addresses that a list of CIDR blocks (or a single block) at `path` stands for. */
export function addressPeers(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Peer[] {
    const list = readElements(resource.properties, path);
    if (list.kind === "absent") {
        return [];
    }
    if (list.kind === "open") {
        return (
            fromNetwork(graph, resource, path) ?? [
                { kind: "open", why: list.why, resource, path, via: [] },
            ]
        );
    }
    return list.value.flatMap((element) => addressPeer(graph, resource, element, []));
}

/** The peers that a list of prefix lists (or a single one) at `path` stands for: each entry of a list of this stack by itself. */
export function prefixListPeers(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Peer[] {
    const list = readElements(resource.properties, path);
    if (list.kind === "absent") {
        return [];
    }
    const elements = list.kind === "known" ? list.value : [path];
    return elements.flatMap((element): readonly Peer[] => {
        const place = { resource, path: element, via: [] };
        const reference = graph.reference(resource, element, [
            TypeToken.ManagedPrefixList,
            TypeToken.VpcEndpoint,
        ]);
        switch (reference.kind) {
            case "absent":
                return [];
            case "resources":
                return reference.resources.flatMap((found): readonly Peer[] =>
                    found.type === TypeToken.VpcEndpoint
                        ? [{ kind: "endpoint", ...place }]
                        : entriesOf(graph, found),
                );
            case "foreign":
                return typeof reference.value === "string"
                    ? [{ kind: "prefix-list", id: reference.value, ...place }]
                    : [
                          {
                              kind: "open",
                              why: `cannot be read: found ${show(reference.value)}`,
                              ...place,
                          },
                      ];
            case "unknown":
                return [{ kind: "open", why: "is a prefix list that is not known", ...place }];
        }
    });
}

/** The security groups that a list (or a single id) at `path` names; an unknown one is a group all the same. */
export function groupPeers(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Peer[] {
    const list = readElements(resource.properties, path);
    const elements = list.kind === "known" ? list.value : list.kind === "open" ? [path] : [];
    return elements
        .map((element) => graph.reference(resource, element, securityGroupTypes))
        .flatMap(({ kind, resources, value }, index): readonly Peer[] => {
            const [group, ...others] = resources;
            const known = typeof value === "string" ? value : undefined;
            const name = group === undefined ? known : others.length === 0 ? group.urn : undefined;
            return kind === "absent"
                ? []
                : [{ kind: "group", name, resource, path: elements[index] ?? path, via: [] }];
        });
}

function addressPeer(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
    via: readonly string[],
): readonly Peer[] {
    const block = readText(resource.properties, path);
    if (block.kind === "absent") {
        return [];
    }
    if (block.kind === "open") {
        return (
            fromNetwork(graph, resource, path) ?? [
                { kind: "open", why: block.why, resource, path, via },
            ]
        );
    }
    const addresses = AddressSet.parse(block.value);
    return addresses === undefined
        ? [
              {
                  kind: "open",
                  why: `cannot be read: ${show(block.value)} is no CIDR block`,
                  resource,
                  path,
                  via,
              },
          ]
        : [{ kind: "addresses", text: block.value, addresses, resource, path, via }];
}

/** An unknown that comes from networks of this stack only, whose blocks are known, is one of their blocks. */
function fromNetwork(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Peer[] | undefined {
    const sources = graph
        .sourcesOf(resource, path)
        .filter(({ type }) => type !== TypeToken.SecurityGroup);
    if (sources.length === 0) {
        return undefined;
    }
    const peers: Peer[] = [];
    for (const source of sources) {
        const block =
            source !== undefined && networkTypes.includes(source.type)
                ? readText(source.properties, ["cidrBlock"])
                : undefined;
        const addresses = block?.kind === "known" ? AddressSet.parse(block.value) : undefined;
        if (source === undefined || block?.kind !== "known" || addresses === undefined) {
            return undefined;
        }
        peers.push({
            kind: "addresses",
            text: block.value,
            addresses,
            resource,
            path,
            via: [label(source)],
        });
    }
    return peers;
}

function entriesOf(graph: GraphIndex, list: RegisteredResource): readonly Peer[] {
    const via = [label(list)];
    const inline = readElements(list.properties, ["entries"]);
    const separate = graph
        .ofType(TypeToken.ManagedPrefixListEntry)
        .filter((entry) =>
            graph
                .reference(entry, ["prefixListId"], [TypeToken.ManagedPrefixList])
                .resources.includes(list),
        );
    const within =
        inline.kind === "known"
            ? inline.value.flatMap((path) => {
                  const peers = addressPeer(graph, list, [...path, "cidr"], via);
                  return peers.length > 0
                      ? peers
                      : [unread(list, path, `${formatPath(path)} names no CIDR block`, via)];
              })
            : inline.kind === "open"
              ? [unread(list, ["entries"], inline.why, via)]
              : [];
    return [
        ...within,
        ...separate.flatMap((entry) => addressPeer(graph, entry, ["cidr"], [label(entry), ...via])),
    ];
}

function unread(
    resource: RegisteredResource,
    path: PropertyPath,
    why: string,
    via: readonly string[],
): Peer {
    return { kind: "open", why, resource, path, via };
}
