import { bucketTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "./memo";
import { readText } from "./values";

/** Settings of a bucket that are resources of their own, in both of the provider's generations. */
const parts = {
    versioning: both("bucketVersioning", "BucketVersioning"),
    objectLock: both("bucketObjectLockConfiguration", "BucketObjectLockConfiguration"),
    encryption: both(
        "bucketServerSideEncryptionConfiguration",
        "BucketServerSideEncryptionConfiguration",
    ),
    lifecycle: both("bucketLifecycleConfiguration", "BucketLifecycleConfiguration"),
    publicAccessBlock: [TypeToken.BucketPublicAccessBlock],
    ownership: ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"],
    policy: [TypeToken.BucketPolicy],
    replication: ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"],
} as const satisfies Record<string, readonly string[]>;
export type BucketPart = keyof typeof parts;

/** Type tokens that say how a bucket is set up. */
export const bucketReads: readonly string[] = [...bucketTypes, ...Object.values(parts).flat()];

/** The resources that set up one part of a bucket; none when nothing in this stack does. */
export function bucketParts(
    graph: GraphIndex,
    bucket: RegisteredResource,
    part: BucketPart,
): readonly RegisteredResource[] {
    return partsOf(graph)[part].get(bucket) ?? [];
}

/** What a property that names a bucket, by name or ARN, leads to. */
export interface BucketLink {
    readonly kind: "resources" | "foreign" | "open" | "absent";
    readonly buckets: readonly RegisteredResource[];
    /** The name or ARN, for a bucket outside this stack. */
    readonly name: string;
}

/** Reads the bucket that the property at `path` names. */
export function bucketAt(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): BucketLink {
    const reading = readText(resource.properties, path);
    if (reading.kind === "absent") {
        return { kind: "absent", buckets: [], name: "" };
    }
    const { resources } = graph.reference(resource, path, bucketTypes);
    if (resources.length > 0) {
        return { kind: "resources", buckets: resources, name: "" };
    }
    if (reading.kind === "open") {
        return { kind: "open", buckets: [], name: "" };
    }
    const name = /^arn:[^:]+:s3:::([^/]+)/.exec(reading.value)?.[1] ?? reading.value;
    const buckets = graph.identifiedBy(name).filter(({ type }) => bucketTypes.includes(type));
    return buckets.length > 0
        ? { kind: "resources", buckets, name }
        : { kind: "foreign", buckets: [], name: reading.value };
}

const partsOf = oncePerGraph((graph) => {
    const found = Object.fromEntries(
        Object.keys(parts).map((part) => [
            part,
            new Map<RegisteredResource, RegisteredResource[]>(),
        ]),
    ) as Record<BucketPart, Map<RegisteredResource, RegisteredResource[]>>;
    for (const [part, types] of Object.entries(parts) as [BucketPart, readonly string[]][]) {
        for (const resource of graph.ofType(...types)) {
            for (const bucket of bucketAt(graph, resource, ["bucket"]).buckets) {
                found[part].set(bucket, [...(found[part].get(bucket) ?? []), resource]);
            }
        }
    }
    return found;
});

function both(module: string, name: string): readonly string[] {
    return [`aws:s3/${module}:${name}`, `aws:s3/${module}V2:${name}V2`];
}
