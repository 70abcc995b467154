import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain } from "../reading/labels";
import { demandCustomerKey, keyReads } from "../reading/keys";
import { oncePerGraph } from "../reading/memo";
import { failed, passed, settle, undecided } from "../reading/observations";
import { longestGapHours } from "../reading/schedules";
import { judgeSnapshotCopies, lifecyclePolicyType } from "../reading/snapshot-copies";
import { readBoolean, readElements, readNumber, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const planType = "aws:backup/plan:Plan";
const selectionType = "aws:backup/selection:Selection";
const vaultType = "aws:backup/vault:Vault";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

/** Data volumes of key servers are in a backup plan, whose vault is locked and encrypted and keeps what it gets; copies are encrypted too. */
export const backupsProtected: Rule = {
    name: "backups-protected",
    reads: [
        planType,
        selectionType,
        vaultType,
        lockType,
        lifecyclePolicyType,
        TypeToken.Volume,
        TypeToken.VolumeAttachment,
        ...keyReads,
    ],
    *judge(context) {
        const { graph, scope } = context;
        const vaults = new Set<RegisteredResource>();
        yield* openAttachments(context);
        for (const [volume, attachment] of dataVolumes(context)) {
            const plans = plansOf(graph, volume);
            if (plans.length === 0) {
                yield failed(
                    volume,
                    [],
                    `no backup plan of this stack selects the volume (${chain(attachment, volume)})`,
                    "plan",
                );
            } else {
                yield passed(volume);
            }
            for (const plan of plans) {
                vaultsOf(graph, plan).forEach((vault) => vaults.add(vault));
                const found = judgePlan(context, plan);
                yield* found.length > 0 ? found : [passed(plan)];
            }
        }
        for (const vault of vaults) {
            const found = [...judgeKeeping(graph, vault), ...judgeLock(context, vault)];
            yield* found.length > 0 ? found : [passed(vault)];
        }
        for (const policy of graph.ofType(lifecyclePolicyType)) {
            if (scope.includes(policy)) {
                yield* settle(policy, judgeSnapshotCopies(graph, policy));
            }
        }
        // Whether a vault needs a lock is told by what is put into it.
        for (const vault of graph.ofType(vaultType)) {
            if (!vaults.has(vault) && scope.includes(vault)) {
                yield* settle(vault, judgeKeeping(graph, vault));
            }
        }
    },
};

/** Attachments that may give a key server a volume that nothing here backs up. */
function openAttachments({ graph, scope }: RuleContext): readonly Observation[] {
    const ends = [
        ["instanceId", TypeToken.Instance],
        ["volumeId", TypeToken.Volume],
    ] as const;
    return graph
        .ofType(TypeToken.VolumeAttachment)
        .filter((attachment) => scope.includes(attachment))
        .flatMap((attachment) =>
            ends
                .filter(
                    ([end, type]) => graph.reference(attachment, [end], [type]).kind === "unknown",
                )
                .map(([end]) =>
                    undecided(
                        attachment,
                        [end],
                        `${end} is not known before deployment, so whether a volume of a key server is backed up is not either`,
                    ),
                ),
        );
}

/** Volumes that are attached to key servers by a resource of their own. */
function dataVolumes({
    graph,
    scope,
}: RuleContext): ReadonlyMap<RegisteredResource, RegisteredResource> {
    const found = new Map<RegisteredResource, RegisteredResource>();
    for (const attachment of graph.ofType(TypeToken.VolumeAttachment)) {
        const servers = graph.reference(attachment, ["instanceId"], [TypeToken.Instance]).resources;
        if (servers.some((server) => scope.includes(server))) {
            for (const volume of graph.reference(attachment, ["volumeId"], [TypeToken.Volume])
                .resources) {
                found.set(volume, attachment);
            }
        }
    }
    return found;
}

/** Plans whose selections name the volume, or a tag that it carries. */
function plansOf(graph: GraphIndex, volume: RegisteredResource): readonly RegisteredResource[] {
    return graph
        .ofType(selectionType)
        .filter((selection) => selects(graph, selection, volume))
        .flatMap((selection) => graph.reference(selection, ["planId"], [planType]).resources);
}

function selects(
    graph: GraphIndex,
    selection: RegisteredResource,
    volume: RegisteredResource,
): boolean {
    const listed = readElements(selection.properties, ["resources"]);
    const places = listed.kind === "known" ? listed.value : [["resources"]];
    if (
        places.some((path) =>
            graph.reference(selection, path, [TypeToken.Volume]).resources.includes(volume),
        ) ||
        places.some((path) => {
            const arn = readText(selection.properties, path);
            return arn.kind === "known" && (arn.value === "*" || arn.value.endsWith(":volume/*"));
        })
    ) {
        return true;
    }
    const tags = readElements(selection.properties, ["selectionTags"]);
    return (
        tags.kind === "known" &&
        tags.value.some((element) => {
            const key = readText(selection.properties, [...element, "key"]);
            const value = readText(selection.properties, [...element, "value"]);
            const own =
                key.kind === "known" ? readText(volume.properties, ["tags", key.value]) : key;
            return own.kind === "known" && value.kind === "known" && own.value === value.value;
        })
    );
}

const vaultsOf = (graph: GraphIndex, plan: RegisteredResource): readonly RegisteredResource[] => {
    const rules = readElements(plan.properties, ["rules"]);
    return rules.kind === "known"
        ? rules.value.flatMap(
              (element) =>
                  graph.reference(plan, [...element, "targetVaultName"], [vaultType]).resources,
          )
        : [];
};

function judgePlan(context: RuleContext, plan: RegisteredResource): readonly Observation[] {
    const required = context.parameter<number>("backupRetentionDays");
    const rules = readElements(plan.properties, ["rules"]);
    if (rules.kind !== "known") {
        return [undecided(plan, ["rules"], "the rules of the backup plan cannot be read")];
    }
    return rules.value.flatMap((element) => [
        ...judgeRetention(plan, [...element, "lifecycle", "deleteAfter"], required),
        ...judgeInterval(context, plan, [...element, "schedule"]),
        ...judgeTarget(context.graph, plan, [...element, "targetVaultName"]),
    ]);
}

function judgeRetention(
    plan: RegisteredResource,
    path: PropertyPath,
    required: number,
): readonly Observation[] {
    const kept = readNumber(plan.properties, path);
    if (kept.kind === "open") {
        return [undecided(plan, path, `deleteAfter ${kept.why}`)];
    }
    return kept.kind === "known" && kept.value < required
        ? [
              failed(
                  plan,
                  path,
                  `backups are kept for ${kept.value} days, at least ${required} are required`,
              ),
          ]
        : [];
}

function judgeInterval(
    context: RuleContext,
    plan: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const most = context.parameter<number>("backupIntervalHours");
    const text = readText(plan.properties, path);
    if (text.kind === "open") {
        return [undecided(plan, path, `schedule ${text.why}`)];
    }
    if (text.kind === "absent") {
        // Source: AWS Backup API reference, BackupRuleInput: without a schedule, daily at five o'clock UTC.
        return [];
    }
    try {
        const gap = longestGapHours(text.value, context.asOf);
        return gap <= most
            ? []
            : [
                  failed(
                      plan,
                      path,
                      `schedule ${text.value} leaves ${gap === Infinity ? "more than forty days" : `up to ${Math.round(gap)} hours`} between two backups, at most ${most} hours are allowed`,
                  ),
              ];
    } catch (error) {
        return [failed(plan, path, `schedule cannot be read: ${(error as Error).message}`)];
    }
}

/** A vault of another stack may be locked or not: nothing here tells. */
function judgeTarget(
    graph: GraphIndex,
    plan: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const { kind, value } = graph.reference(plan, path, [vaultType]);
    const name = typeof value === "string" ? `"${value}"` : "not known";
    return kind === "resources"
        ? []
        : [
              undecided(
                  plan,
                  path,
                  `backups go to a vault that is not in this stack (targetVaultName is ${kind === "absent" ? "not set" : name}): whether it is locked is not known`,
              ),
          ];
}

function judgeKeeping(graph: GraphIndex, vault: RegisteredResource): readonly Observation[] {
    const observations = [...demandCustomerKey(graph, vault, ["kmsKeyArn"])];
    const forced = readBoolean(vault.properties, ["forceDestroy"]);
    if (forced.kind === "open") {
        observations.push(undecided(vault, ["forceDestroy"], `forceDestroy ${forced.why}`));
    }
    if (forced.kind === "known" && forced.value) {
        observations.push(
            failed(
                vault,
                ["forceDestroy"],
                "forceDestroy is true, so the backups go with the stack",
            ),
        );
    }
    return observations;
}

function judgeLock(context: RuleContext, vault: RegisteredResource): readonly Observation[] {
    const observations: Observation[] = [];
    const lock = locksByVault(context.graph).get(vault);
    if (lock === undefined) {
        return [
            failed(
                vault,
                [],
                "no lock holds the vault: whoever may delete can remove the backups",
                "lock",
            ),
        ];
    }
    const grace = readNumber(lock.properties, ["changeableForDays"]);
    const minimum = readNumber(lock.properties, ["minRetentionDays"]);
    const required = context.parameter<number>("backupLockMinimumDays");
    if (grace.kind === "absent") {
        observations.push(
            failed(
                lock,
                ["changeableForDays"],
                "changeableForDays is not set, so the lock never becomes final",
            ),
        );
    }
    if (minimum.kind === "open" || grace.kind === "open") {
        observations.push(
            undecided(lock, ["minRetentionDays"], "the lock is not known before deployment"),
        );
    } else if (minimum.kind === "absent" || minimum.value < required) {
        observations.push(
            failed(
                lock,
                ["minRetentionDays"],
                `backups are held for ${minimum.kind === "known" ? minimum.value : 0} days, at least ${required} are required`,
            ),
        );
    }
    return observations;
}

const locksByVault = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, RegisteredResource>();
    for (const lock of graph.ofType(lockType)) {
        for (const vault of graph.reference(lock, ["backupVaultName"], [vaultType]).resources) {
            found.set(vault, lock);
        }
    }
    return found;
});
