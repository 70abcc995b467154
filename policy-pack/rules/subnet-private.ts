import { launcherTypes, subnetTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isAttested } from "../reading/attestations";
import { interfaceReads, interfacesOf } from "../reading/interfaces";
import { failed, notApplicable, passed, undecided } from "../reading/observations";
import { internetRoutesOf, routeReads } from "../reading/routes";
import { subnetPlaces, type SubnetPlace } from "../reading/subnet-places";
import { readBoolean } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Resources that put servers into subnets. */
const placedTypes = [TypeToken.Instance, TypeToken.SpotInstanceRequest, ...launcherTypes];

/** Key servers stand in subnets that give no public addresses and whose routes do not lead to the internet. */
export const subnetPrivate: Rule = {
    name: "subnet-private",
    reads: [...interfaceReads, ...subnetTypes, ...routeReads],
    *judge(context) {
        const { graph, scope } = context;
        const servers = graph.ofType(...placedTypes).filter((resource) => scope.includes(resource));
        const used = new Set<RegisteredResource>();
        for (const server of servers) {
            const interfaces = interfacesOf(graph, server);
            const places = subnetPlaces(graph, interfaces);
            const found = places.flatMap((place) => outside(context, server, place));
            places.forEach((place) => place.kind === "subnet" && used.add(place.subnet));
            if (places.length === 0) {
                found.push(nowhere(server));
            }
            yield* found.length > 0 ? found : [passed(server)];
        }
        const reported = new Map<string, Observation>();
        for (const subnet of graph
            .ofType(...subnetTypes)
            .filter((r) => scope.includes(r) || used.has(r))) {
            if (!used.has(subnet) && servers.length > 0) {
                yield notApplicable(subnet);
                continue;
            }
            // Where the main table of another stack leads is asked of whoever puts servers into the subnet.
            const routes = routeProblems(context, subnet).filter(
                ({ verdict, resource }) =>
                    used.has(subnet) || verdict === "fail" || resource !== subnet,
            );
            const found = [...addressProblems(subnet), ...routes];
            found.forEach((observation) =>
                reported.set(
                    `${observation.resource?.urn} ${formatPath(observation.path ?? [])}`,
                    observation,
                ),
            );
            if (found.length === 0) {
                yield passed(subnet);
            }
        }
        yield* reported.values();
    },
};

function outside(
    context: RuleContext,
    server: RegisteredResource,
    place: SubnetPlace,
): Observation[] {
    const shown = formatPath(place.path);
    if (place.kind === "open") {
        return [
            undecided(
                server,
                place.path,
                `${shown} ${place.why}, so the server's subnet is not known`,
            ),
        ];
    }
    return place.kind === "foreign" && !isAttested(context, `private-subnet/${place.id}`)
        ? [
              undecided(
                  server,
                  place.path,
                  `${shown} is "${place.id}", which is not in this stack: its routes are not known, and the configuration does not attest "private-subnet/${place.id}"`,
                  place.id,
              ),
          ]
        : [];
}

function nowhere(server: RegisteredResource): Observation {
    const property = server.type === TypeToken.AutoScalingGroup ? "vpcZoneIdentifiers" : "subnetId";
    return failed(
        server,
        [property],
        `${property} is not set, so the server stands in a default subnet, which is public`,
    );
}

function addressProblems(subnet: RegisteredResource): readonly Observation[] {
    const isDefault = subnet.type === TypeToken.DefaultSubnet;
    return [
        { property: "mapPublicIpOnLaunch", otherwise: isDefault },
        { property: "assignIpv6AddressOnCreation", otherwise: false },
    ].flatMap(({ property, otherwise }) => {
        const reading = readBoolean(subnet.properties, [property]);
        if (reading.kind === "open") {
            return [undecided(subnet, [property], `${property} ${reading.why}`)];
        }
        const isOn = reading.kind === "known" ? reading.value : otherwise;
        const found = reading.kind === "known" ? "is true" : "is not set";
        return isOn
            ? [
                  failed(
                      subnet,
                      [property],
                      `${property} ${found}, so servers in the subnet get addresses that the internet can route to`,
                  ),
              ]
            : [];
    });
}

function routeProblems({ graph }: RuleContext, subnet: RegisteredResource): readonly Observation[] {
    return internetRoutesOf(graph, subnet).map(({ kind, resource, path, message }) =>
        kind === "internet" ? failed(resource, path, message) : undecided(resource, path, message),
    );
}
