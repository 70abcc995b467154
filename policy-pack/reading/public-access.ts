import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { bucketParts } from "./buckets";
import { failed, undecided } from "./observations";
import { readBoolean } from "./values";

/** The four ways to the public that a block closes. Source: S3 API, PublicAccessBlockConfiguration. */
export const publicAccessSwitches = [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
] as const;

/** What a bucket's own public access block leaves open; nothing when it is whole. */
export function judgePublicAccess(
    graph: GraphIndex,
    bucket: RegisteredResource,
): readonly Observation[] {
    const [block] = bucketParts(graph, bucket, "publicAccessBlock");
    return block === undefined
        ? [failed(bucket, [], "no public access block is set on the bucket", "public-access-block")]
        : judgeBlock(block);
}

/** What a public access block, of a bucket or of an account, leaves open. */
export function judgeBlock(block: RegisteredResource): readonly Observation[] {
    return publicAccessSwitches.flatMap((property) => {
        const setting = readBoolean(block.properties, [property]);
        if (setting.kind === "open") {
            return [undecided(block, [property], `${property} ${setting.why}`)];
        }
        return setting.kind === "known" && setting.value
            ? []
            : [failed(block, [property], `${property} is not on`)];
    });
}
