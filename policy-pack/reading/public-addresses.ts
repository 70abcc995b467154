import { AddressSet, publicPart } from "../../aws/address-set";
import { launcherTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { interfacesOf } from "./interfaces";
import { chain } from "./labels";
import { failed, undecided } from "./observations";
import { subnetPlaces } from "./subnet-places";
import { templatesOf } from "./templates";
import { readAny, readBoolean, readElements, readNumber, readText } from "./values";

/** Resources that start servers, as against templates that only describe them. */
const started: readonly string[] = [
    TypeToken.Instance,
    TypeToken.SpotInstanceRequest,
    ...launcherTypes,
];

/**
 * What gives a server public addresses: the interfaces it describes itself, else those of its template, else its subnet. Undefined for
 * a template that leaves the decision to whoever launches from it.
 */
export function publicAddressProblems(
    graph: GraphIndex,
    server: RegisteredResource,
): readonly Observation[] | undefined {
    const own = statementsOf(server);
    const explicit = [...own.problems, ...ipv6Problems(server, own.interfaces)];
    if (explicit.length > 0 || own.states !== "nothing") {
        return explicit;
    }
    if (server.type === TypeToken.NetworkInterface) {
        return [];
    }
    if (!started.includes(server.type)) {
        return undefined;
    }
    const template = templatesOf(graph, server);
    if (template.kind === "open") {
        const why = `${formatPath(template.path)} ${template.why}, so the server's addresses are not known`;
        return [undecided(server, template.path, why)];
    }
    const described = template.kind === "resources" ? template.resources : [];
    const inherited = described.map(statementsOf);
    return inherited.length > 0 && inherited.every(({ states }) => states !== "nothing")
        ? inherited.flatMap(({ problems }) => problems)
        : subnetDefault(graph, server);
}

interface Statements {
    /** Whether the resource says for each of its interfaces whether it has a public address. */
    readonly states: "everything" | "nothing";
    readonly problems: readonly Observation[];
    /** Paths of the interfaces it describes; [] stands for the resource itself. */
    readonly interfaces: readonly PropertyPath[];
}

function statementsOf(resource: RegisteredResource): Statements {
    const listed = ["networkInterfaces", "launchSpecifications"].map((property) => ({
        property,
        elements: readElements(resource.properties, [property]),
    }));
    const open = listed.flatMap(({ property, elements }) =>
        elements.kind === "open"
            ? [undecided(resource, [property], `${property} ${elements.why}`)]
            : [],
    );
    const interfaces = [
        [],
        ...listed.flatMap(({ elements }) => (elements.kind === "known" ? elements.value : [])),
    ];
    const stated = interfaces
        .filter(
            (prefix) =>
                readText(resource.properties, [...prefix, "networkInterfaceId"]).kind === "absent",
        )
        .map((prefix) => {
            const path = [...prefix, "associatePublicIpAddress"];
            return { path, reading: readBoolean(resource.properties, path) };
        });
    const problems = stated.flatMap(({ path, reading }) => {
        const place = formatPath(path);
        if (reading.kind === "open") {
            return [undecided(resource, path, `${place} ${reading.why}`)];
        }
        return reading.kind === "known" && reading.value
            ? [failed(resource, path, `${place} is true, so the server gets a public IPv4 address`)]
            : [];
    });
    const onInterfaces = stated.filter(({ path }) => path.length > 1);
    const decisive = onInterfaces.length > 0 ? onInterfaces : stated;
    const primary = readAny(resource.properties, ["primaryNetworkInterface"]);
    // An interface that exists already gets no address at launch.
    const existing = primary.kind !== "absent" || stated.length < interfaces.length;
    return {
        states:
            open.length > 0 ||
            existing ||
            decisive.every(({ reading }) => reading.kind !== "absent")
                ? "everything"
                : "nothing",
        problems: [...open, ...problems],
        interfaces,
    };
}

function ipv6Problems(
    resource: RegisteredResource,
    interfaces: readonly PropertyPath[],
): readonly Observation[] {
    return interfaces.flatMap((prefix) => {
        const counted = ["ipv6AddressCount", "ipv6PrefixCount"].flatMap((field) => {
            const path = [...prefix, field];
            const count = readNumber(resource.properties, path);
            if (count.kind === "open") {
                return [undecided(resource, path, `${formatPath(path)} ${count.why}`)];
            }
            return count.kind === "known" && count.value > 0
                ? [
                      failed(
                          resource,
                          path,
                          `${formatPath(path)} is ${count.value}: IPv6 addresses of AWS are public`,
                      ),
                  ]
                : [];
        });
        const listed = readElements(resource.properties, [...prefix, "ipv6Addresses"]);
        const path = [...prefix, "ipv6Addresses"];
        if (listed.kind === "open") {
            return [...counted, undecided(resource, path, `${formatPath(path)} ${listed.why}`)];
        }
        const elements = listed.kind === "known" ? listed.value : [];
        return [...counted, ...elements.flatMap((element) => ipv6Problem(resource, element))];
    });
}

function ipv6Problem(resource: RegisteredResource, path: PropertyPath): readonly Observation[] {
    const address = readText(resource.properties, path);
    const set = address.kind === "known" ? AddressSet.parse(`${address.value}/128`) : undefined;
    if (address.kind !== "known" || set === undefined) {
        const why = address.kind === "open" ? address.why : "is no IPv6 address";
        return [undecided(resource, path, `${formatPath(path)} ${why}`)];
    }
    return publicPart(set).isEmpty
        ? []
        : [failed(resource, path, `${formatPath(path)} is ${address.value}, a public address`)];
}

/** Nobody states whether the server gets a public address, so its subnet decides. */
function subnetDefault(graph: GraphIndex, server: RegisteredResource): readonly Observation[] {
    const places = subnetPlaces(graph, interfacesOf(graph, server));
    const path = ["associatePublicIpAddress"];
    const unset = "associatePublicIpAddress is not set";
    if (places.length === 0) {
        return [
            failed(
                server,
                path,
                `${unset} and no subnet is named: default subnets give public addresses`,
            ),
        ];
    }
    return places.flatMap((place) => {
        if (place.kind !== "subnet") {
            const where = formatPath(place.path);
            return [
                undecided(
                    server,
                    path,
                    `${unset}, and the subnet (${where}) that decides is not in this stack`,
                ),
            ];
        }
        const { subnet } = place;
        const isDefault = subnet.type === TypeToken.DefaultSubnet;
        return [
            { property: "mapPublicIpOnLaunch", otherwise: isDefault },
            { property: "assignIpv6AddressOnCreation", otherwise: false },
        ].flatMap(({ property, otherwise }) => {
            const gives = readBoolean(subnet.properties, [property]);
            const isOn = gives.kind === "known" ? gives.value : otherwise;
            const route = chain(server, subnet);
            if (gives.kind === "open") {
                return [
                    undecided(
                        server,
                        path,
                        `${unset}, and the subnet's ${property} ${gives.why} (${route})`,
                        property,
                    ),
                ];
            }
            return isOn
                ? [
                      failed(
                          server,
                          path,
                          `${unset}, and the subnet gives public addresses by ${property} (${route})`,
                          property,
                      ),
                  ]
                : [];
        });
    });
}
