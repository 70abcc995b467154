import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { homeAccounts } from "../reading/accounts";
import { unlessAttested } from "../reading/attestations";
import { failed, notApplicable, settle, undecided } from "../reading/observations";
import { lifecyclePolicyType } from "../reading/snapshot-copies";
import { readElements, readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Account-wide blocks of public sharing: the type, the only state that shuts it, and the name of the fact in attestations. */
const blocks = [
    {
        type: TypeToken.SnapshotBlockPublicAccess,
        state: "block-all-sharing",
        fact: "snapshot-block",
        what: "public sharing of snapshots is not blocked",
    },
    {
        type: TypeToken.ImageBlockPublicAccess,
        state: "block-new-sharing",
        fact: "image-block",
        what: "public sharing of images is not blocked",
    },
] as const;

/** Resources that share one snapshot or image. */
const permissions: readonly string[] = [
    TypeToken.SnapshotCreateVolumePermission,
    TypeToken.AmiLaunchPermission,
];

/** Lists of those that a pipeline gives an image to, below one distribution. */
const receivers: readonly PropertyPath[] = [
    ["targetAccountIds"],
    ["launchPermission", "userIds"],
    ["launchPermission", "userGroups"],
    ["launchPermission", "organizationArns"],
    ["launchPermission", "organizationalUnitArns"],
];

/** Snapshots and images are shared with trusted accounts at most, and the account cannot make them public. */
export const snapshotsAmiPrivate: Rule = {
    name: "snapshots-ami-private",
    reads: [
        ...permissions,
        TypeToken.DistributionConfiguration,
        lifecyclePolicyType,
        ...blocks.map(({ type }) => type),
    ],
    *judge(context) {
        const { graph, scope } = context;
        for (const resource of graph.ofType(
            ...permissions,
            TypeToken.DistributionConfiguration,
            lifecyclePolicyType,
        )) {
            if (scope.includes(resource)) {
                const paths = sharingPaths(resource);
                yield* paths.length === 0
                    ? [notApplicable(resource)]
                    : settle(
                          resource,
                          paths.flatMap((path) => judgeReceiver(context, resource, path)),
                      );
            }
        }
        for (const { type, state, fact, what } of blocks) {
            const made = graph.ofType(type).filter((resource) => scope.includes(resource));
            yield* made.flatMap((resource) => settle(resource, judgeBlock(resource, state)));
            if (made.length === 0 && scope.keyServers.length > 0) {
                yield* unlessAttested(context, fact, what);
            }
        }
    },
};

/** Where a resource names whom it shares with. */
function sharingPaths(resource: RegisteredResource): readonly PropertyPath[] {
    switch (resource.type) {
        case TypeToken.DistributionConfiguration:
            return below(resource, ["distributions"], ["amiDistributionConfiguration"]).flatMap(
                (path) => receivers.flatMap((list) => below(resource, [...path, ...list])),
            );
        case lifecyclePolicyType:
            return below(resource, ["policyDetails", "schedules"], ["shareRule"]).flatMap((path) =>
                below(resource, [...path, "targetAccounts"]),
            );
        default:
            return ["accountId", "group", "organizationArn", "organizationalUnitArn"]
                .map((property) => [property])
                .filter((path) => readText(resource.properties, path).kind !== "absent");
    }
}

/** The elements of a list, each followed by `inner`; the list itself where it is not known. */
function below(
    resource: RegisteredResource,
    path: PropertyPath,
    inner: PropertyPath = [],
): readonly PropertyPath[] {
    const list = readElements(resource.properties, path);
    return list.kind === "known"
        ? list.value.map((element) => [...element, ...inner])
        : list.kind === "open"
          ? [path]
          : [];
}

function judgeReceiver(
    context: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const receiver = readText(resource.properties, path);
    const place = formatPath(path);
    if (receiver.kind === "absent") {
        return [];
    }
    if (receiver.kind === "open") {
        return [
            undecided(
                resource,
                path,
                `${place} ${receiver.why}, so whom the disk is shared with is not either`,
            ),
        ];
    }
    const { value } = receiver;
    if (value.toLowerCase() === "all") {
        return [failed(resource, path, `${place} is "all": everybody may copy the disk`, "all")];
    }
    const trusted = context.parameter<readonly string[]>("trustedAccounts");
    return trusted.includes(value) || homeAccounts(context.graph).has(value)
        ? []
        : [
              failed(
                  resource,
                  path,
                  `${place} is ${show(value)}, which trustedAccounts does not list: it may copy the disk`,
                  value,
              ),
          ];
}

function judgeBlock(resource: RegisteredResource, wanted: string): readonly Observation[] {
    const path = ["state"];
    const state = readText(resource.properties, path);
    if (state.kind === "open") {
        return [undecided(resource, path, `state ${state.why}`)];
    }
    return state.kind === "known" && state.value === wanted
        ? []
        : [
              failed(
                  resource,
                  path,
                  `state is ${state.kind === "known" ? show(state.value) : "not set"}, only "${wanted}" keeps what is shared from becoming public`,
              ),
          ];
}
