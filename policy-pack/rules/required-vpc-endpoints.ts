import { hasEc2Messages } from "../../aws/service-buckets";
import { securityGroupTypes, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { isAttested } from "../reading/attestations";
import {
    endpointReads,
    endpointsOf,
    hasWayOut,
    placesOf,
    type Endpoint,
} from "../reading/endpoints";
import { elementPaths } from "../reading/interfaces";
import { chain } from "../reading/labels";
import { failed, notApplicable, passed, undecided } from "../reading/observations";
import { routeReads } from "../reading/routes";
import { serverNetworkReads, serverNetworks } from "../reading/server-networks";
import { readBoolean, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** A closed network of key servers has the endpoints that management, logs and keys need, by their usual names, where the servers are. */
export const requiredVpcEndpoints: Rule = {
    name: "required-vpc-endpoints",
    reads: [...serverNetworkReads, ...endpointReads, ...routeReads],
    *judge(context) {
        const { vpcs, adopted, foreign, open } = serverNetworks(context);
        for (const [vpc, subnets] of vpcs) {
            if (subnets.length > 0) {
                yield* subnets.every((subnet) => hasWayOut(context.graph, subnet))
                    ? [notApplicable(vpc)]
                    : judgeNetwork(context, vpc, subnets);
            }
        }
        for (const subnet of adopted) {
            const id = readText(subnet.properties, ["vpcId"]);
            yield* elsewhere(
                context,
                subnet,
                ["vpcId"],
                id.kind === "known" ? id.value : undefined,
            );
        }
        for (const { server, path, id } of foreign) {
            yield* elsewhere(context, server, path, id);
        }
        for (const { resource, path } of open) {
            yield* elsewhere(context, resource, path, undefined);
        }
    },
};

function judgeNetwork(
    context: RuleContext,
    vpc: RegisteredResource,
    subnets: readonly RegisteredResource[],
): readonly Observation[] {
    const endpoints = endpointsOf(context.graph, vpc);
    const unnamed = endpoints.find(({ service }) => service === undefined);
    const found = requiredServices(context, endpoints).flatMap(
        (service): readonly Observation[] => {
            const serving = endpoints.filter((endpoint) => endpoint.service === service);
            if (serving.length > 0) {
                return serving.flatMap((endpoint) =>
                    judgeEndpoint(context, endpoint, subnets, vpc),
                );
            }
            return [
                unnamed === undefined
                    ? failed(
                          vpc,
                          [],
                          `the network has no way out and no endpoint for ${service}, so its servers cannot reach that service`,
                          service,
                      )
                    : undecided(
                          unnamed.resource,
                          ["serviceName"],
                          `serviceName is not known, so whether the network has an endpoint for ${service} is not either`,
                          service,
                      ),
            ];
        },
    );
    const named = judgeNames(vpc);
    return found.length + named.length === 0 ? [passed(vpc)] : [...named, ...found];
}

/** Where the region is known, the older message service is asked for only if the region has it. */
function requiredServices(context: RuleContext, endpoints: readonly Endpoint[]): readonly string[] {
    const region = endpoints
        .map(({ resource }) => readText(resource.properties, ["serviceName"]))
        .flatMap((name) => (name.kind === "known" ? [name.value.split(".").at(-2) ?? ""] : []))[0];
    return context
        .parameter<readonly string[]>("requiredEndpointServices")
        .filter(
            (service) =>
                service !== "ec2messages" || region === undefined || hasEc2Messages(region),
        );
}

/** Endpoints answer to the services' names only in a network that resolves names. */
function judgeNames(vpc: RegisteredResource): readonly Observation[] {
    const isDefault = vpc.type === TypeToken.DefaultVpc;
    return [
        { property: "enableDnsSupport", otherwise: true },
        { property: "enableDnsHostnames", otherwise: isDefault },
    ].flatMap(({ property, otherwise }) => {
        const reading = readBoolean(vpc.properties, [property]);
        if (reading.kind === "open") {
            return [undecided(vpc, [property], `${property} ${reading.why}`)];
        }
        const isOn = reading.kind === "known" ? reading.value : otherwise;
        const found = reading.kind === "known" ? "is false" : "is not set";
        return isOn
            ? []
            : [
                  failed(
                      vpc,
                      [property],
                      `${property} ${found}, so the services' names do not lead to the endpoints`,
                  ),
              ];
    });
}

function judgeEndpoint(
    { graph }: RuleContext,
    endpoint: Endpoint,
    subnets: readonly RegisteredResource[],
    vpc: RegisteredResource,
): readonly Observation[] {
    const { resource, isGateway, service = "" } = endpoint;
    if (endpoint.isOfUnknownType) {
        const path = ["vpcEndpointType"];
        const message = `vpcEndpointType is not known, so whether servers reach ${service} is not either`;
        return [undecided(resource, path, message)];
    }
    const place = placesOf(graph, endpoint, subnets);
    const property = isGateway ? "routeTableIds" : "subnetIds";
    const [server] = subnets;
    const found: Observation[] = [];
    if (place === "none" || (place === "some" && isGateway)) {
        found.push(
            failed(
                resource,
                [property],
                `${property} leaves out ${isGateway ? "a route table" : "the subnets"} of the servers, so they do not reach ${service} (${chain(server, vpc, resource)})`,
            ),
        );
    } else if (place === "open") {
        found.push(
            undecided(
                resource,
                [property],
                `${property} is not known as a whole, so whether servers reach ${service} is not either`,
            ),
        );
    }
    if (isGateway) {
        return found;
    }
    const dns = readBoolean(resource.properties, ["privateDnsEnabled"]);
    if (dns.kind === "open") {
        found.push(undecided(resource, ["privateDnsEnabled"], `privateDnsEnabled ${dns.why}`));
    } else if (dns.kind === "absent" || !dns.value) {
        found.push(
            failed(
                resource,
                ["privateDnsEnabled"],
                `privateDnsEnabled ${dns.kind === "absent" ? "is not set" : "is false"}, so the name of ${service} leads past the endpoint`,
            ),
        );
    }
    const groups = elementPaths(resource, ["securityGroupIds"]).map((path) =>
        graph.reference(resource, path, securityGroupTypes),
    );
    const separate = graph
        .ofType(TypeToken.VpcEndpointSecurityGroupAssociation)
        .some((one) =>
            graph
                .reference(one, ["vpcEndpointId"], [TypeToken.VpcEndpoint])
                .resources.includes(resource),
        );
    const isDefault = groups.some(({ resources }) =>
        resources.some(({ type }) => type === TypeToken.DefaultSecurityGroup),
    );
    const open = groups.find(({ kind }) => kind === "unknown");
    if (isDefault || (groups.length === 0 && !separate)) {
        found.push(
            failed(
                resource,
                ["securityGroupIds"],
                `securityGroupIds ${isDefault ? "names" : "is not set, so the endpoint takes"} the default group of the VPC`,
            ),
        );
    } else if (open !== undefined) {
        found.push(
            undecided(
                resource,
                ["securityGroupIds"],
                `${open.path} is not known, so whether it is the default group of the VPC is not either`,
            ),
        );
    }
    return found;
}

/** A network outside this stack cannot be looked at. */
function elsewhere(
    context: RuleContext,
    resource: RegisteredResource,
    path: readonly string[] | readonly (string | number)[],
    id: string | undefined,
): readonly Observation[] {
    const fact = `vpc-endpoints/${id ?? ""}`;
    return id !== undefined && isAttested(context, fact)
        ? []
        : [
              undecided(
                  resource,
                  path,
                  id === undefined
                      ? "the network of the servers is not known, so whether it has the endpoints is not either"
                      : `the network of "${id}" is not in this stack: whether it has the endpoints is not known, and the configuration does not attest "${fact}"`,
                  id ?? "network",
              ),
          ];
}
