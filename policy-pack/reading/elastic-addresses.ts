import { serverTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { chain } from "./labels";
import { failed, notApplicable, undecided } from "./observations";

/** Properties that put an Elastic IP address on a server or on one of its interfaces. */
const holders: readonly { readonly type: string; readonly paths: readonly PropertyPath[] }[] = [
    { type: TypeToken.Eip, paths: [["instance"], ["networkInterface"]] },
    { type: TypeToken.EipAssociation, paths: [["instanceId"], ["networkInterfaceId"]] },
];

/** Elastic IP addresses that are put on key servers. */
export function* judgeElasticAddresses(context: RuleContext): Generator<Observation> {
    for (const { type, paths } of holders) {
        for (const resource of context.graph.ofType(type)) {
            const found = paths.flatMap((path) => target(context, resource, path));
            if (found.length > 0) {
                yield* found;
            } else if (context.scope.includes(resource)) {
                yield notApplicable(resource);
            }
        }
    }
}

function target(
    { graph, scope }: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const reference = graph.reference(resource, path, [
        ...serverTypes,
        TypeToken.NetworkInterface,
        TypeToken.NatGateway,
    ]);
    const servers = reference.resources.filter(
        (server) => server.type !== TypeToken.NatGateway && scope.includes(server),
    );
    if (servers.length > 0) {
        return servers.map((server) =>
            failed(
                resource,
                path,
                `${formatPath(path)} puts a public address on a key server (${chain(server, resource)})`,
            ),
        );
    }
    const isOpen = reference.kind === "unknown" || reference.kind === "foreign";
    return isOpen && scope.includes(resource)
        ? [
              undecided(
                  resource,
                  path,
                  `${formatPath(path)} names something outside this stack, which may be a key server`,
              ),
          ]
        : [];
}
