import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { servesKeyServers } from "../graph/scope";
import { familyOf, isCompute } from "../graph/type-families";
import { chain } from "../reading/labels";
import { logBucketReads, logBucketsOf } from "../reading/log-buckets";
import { failed, passed } from "../reading/observations";
import { show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Properties that carry no hardening on any resource. */
const harmless = new Set(["description", "tagsAll", "desiredCapacity", "forceDetachPolicies"]);

/**
 * Properties that may be ignored by type: a server's constant bootstrap and its image, which change by replacement only, and values that
 * are written while the stack runs.
 */
const allowed: Readonly<Record<string, ReadonlySet<string>>> = {
    [TypeToken.Instance]: new Set(["ami", "instanceType", "userData", "userDataBase64"]),
    [TypeToken.SsmParameter]: new Set(["value", "insecureValue"]),
};

/** Services of AWS whose resources carry hardening besides machines, identities and networks. */
const hardenedServices =
    /^aws(-native)?:(backup|cloudtrail|cloudwatch|ebs|ec2|guardduty|imagebuilder|inspector2|kinesis|kms|s3|secretsmanager|sns|ssm)[/:]/;

/** Tags that policies go by; other tags may change by hand. */
const meaningfulTags = /keyward:role|PatchGroup|Patch Group/;

/** Options of the program do not undo the hardening: what cannot be restored is protected, what is hardened is not ignored. */
export const resourceOptionsSafe: Rule = {
    name: "resource-options-safe",
    reads: [...customerKeyTypes, ...logBucketReads, TypeToken.Volume, TypeToken.VolumeAttachment],
    *judge(context) {
        const irreplaceable = irreplaceableOf(context);
        for (const resource of context.graph.resources) {
            if (
                !resource.custom ||
                !resource.type.startsWith("aws") ||
                !context.scope.includes(resource)
            ) {
                continue;
            }
            const why = servesKeyServers(context.scope, resource)
                ? irreplaceable.get(resource)
                : undefined;
            const found = [
                ...(why === undefined || resource.options.protect
                    ? []
                    : [failed(resource, [], `protect is not on: ${why}`, "protect")]),
                ...judgeIgnored(resource),
                ...judgeOrder(resource),
            ];
            const isSubject = why !== undefined || isCompute(resource.type);
            yield* found.length > 0 ? found : isSubject ? [passed(resource)] : [];
        }
    },
};

/** What is lost for good when it is deleted, with what is lost. */
function irreplaceableOf(context: RuleContext): ReadonlyMap<RegisteredResource, string> {
    const { graph, scope } = context;
    const found = new Map<RegisteredResource, string>();
    for (const key of graph.ofType(...customerKeyTypes)) {
        found.set(key, "without the key, everything that is encrypted under it is lost");
    }
    for (const { bucket } of logBucketsOf(graph)) {
        found.set(bucket, "the bucket holds logs that prove what happened");
    }
    for (const attachment of graph.ofType(TypeToken.VolumeAttachment)) {
        const [server] = graph.reference(
            attachment,
            ["instanceId"],
            [TypeToken.Instance],
        ).resources;
        if (server !== undefined && scope.includes(server)) {
            for (const volume of graph.reference(attachment, ["volumeId"], [TypeToken.Volume])
                .resources) {
                found.set(
                    volume,
                    `the volume holds a key server's data (${chain(server, attachment, volume)})`,
                );
            }
        }
    }
    return found;
}

function judgeIgnored(resource: RegisteredResource): readonly Observation[] {
    const isHardened =
        hardenedServices.test(resource.type) || familyOf(resource.type) !== undefined;
    return (isHardened ? resource.options.ignoreChanges : [])
        .filter((path) => !mayBeIgnored(resource, path))
        .map((path) =>
            failed(
                resource,
                [],
                `ignoreChanges holds ${show(path)}: whoever changes it by hand is not noticed`,
                `ignoreChanges ${path}`,
            ),
        );
}

function mayBeIgnored({ type }: RegisteredResource, path: string): boolean {
    const [property = ""] = path.split(/[.[]/);
    if (property === "tags") {
        return isCompute(type) ? path !== "tags" && !meaningfulTags.test(path) : true;
    }
    return harmless.has(property) || (allowed[type]?.has(property) ?? false);
}

/** A server that is deleted first leaves the cluster without it until the new one has started, if it starts. */
function judgeOrder(resource: RegisteredResource): readonly Observation[] {
    return isCompute(resource.type) && resource.options.deleteBeforeReplace === true
        ? [
              failed(
                  resource,
                  [],
                  "deleteBeforeReplace is on: a server is gone before its successor has proved itself",
                  "deleteBeforeReplace",
              ),
          ]
        : [];
}
