import { launcherTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { interfaceReads } from "../reading/interfaces";
import { chain } from "../reading/labels";
import { failed, notApplicable, passed, undecided } from "../reading/observations";
import { groupsOf, type GroupUse } from "../reading/server-groups";
import type { Observation, Rule, RuleContext } from "./rule";

/** Every interface of a key server carries security groups of this stack, none of them a VPC's default group. */
export const serverEniUsesOnlyHardenedSg: Rule = {
    name: "server-eni-uses-only-hardened-sg",
    reads: [
        ...interfaceReads,
        ...vpcTypes,
        TypeToken.SecurityGroup,
        TypeToken.DefaultSecurityGroup,
    ],
    *judge({ graph, scope }) {
        const found = new Map<string, Observation>();
        const servers = graph.ofType(
            TypeToken.Instance,
            TypeToken.SpotInstanceRequest,
            ...launcherTypes,
        );
        for (const server of servers.filter((resource) => scope.includes(resource))) {
            const problems = judgeServer({ graph }, server);
            if (problems.length === 0) {
                yield passed(server);
            }
            for (const problem of problems) {
                found.set(
                    `${problem.resource?.urn} ${formatPath(problem.path ?? [])} ${problem.subject}`,
                    problem,
                );
            }
        }
        yield* found.values();
        const described = graph.ofType(TypeToken.LaunchTemplate, TypeToken.LaunchConfiguration);
        for (const resource of described.filter((other) => scope.includes(other))) {
            yield notApplicable(resource);
        }
    },
};

function judgeServer(
    { graph }: Pick<RuleContext, "graph">,
    server: RegisteredResource,
): readonly Observation[] {
    const { uses, unread } = groupsOf(graph, server);
    const unknown = unread.map(({ resource, path, why }) =>
        undecided(
            resource,
            path,
            `${formatPath(path)} ${why}, so its security groups are not known`,
        ),
    );
    const problems = [...unknown, ...uses.flatMap((use) => judgeUse(server, use))];
    return uses.length === 0 && unknown.length === 0
        ? [
              failed(
                  server,
                  ["vpcSecurityGroupIds"],
                  "no security group is named, so the server lands in the VPC's default group",
              ),
          ]
        : problems;
}

/** Reported where the group is named: on the server, its template or its interface. */
function judgeUse(server: RegisteredResource, use: GroupUse): readonly Observation[] {
    const { resource, path } = use;
    const place = formatPath(path);
    const route = chain(server, ...(resource === server ? [] : [resource]));
    switch (use.kind) {
        case "group":
            return use.group.type === TypeToken.DefaultSecurityGroup
                ? [failed(resource, path, `${place} is the VPC's default group (${route})`)]
                : [];
        case "default":
            return [
                failed(
                    resource,
                    path,
                    `${place} is the default group of the VPC "${use.vpc.name}" (${route})`,
                ),
            ];
        case "open":
            return [undecided(resource, path, `${place} ${use.why} (${route})`)];
    }
}
