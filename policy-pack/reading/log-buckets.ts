import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { RuleContext } from "../rules/rule";
import { bucketAt, bucketParts, bucketReads, type BucketLink } from "./buckets";
import { deliveryStreamType } from "./log-streams";
import { oncePerGraph } from "./memo";
import { readElements, readText } from "./values";

/** Properties through which logs get into buckets. */
const ways: readonly { readonly type: string; readonly path: PropertyPath }[] = [
    { type: TypeToken.Trail, path: ["s3BucketName"] },
    { type: deliveryStreamType, path: ["extendedS3Configuration", "bucketArn"] },
    { type: TypeToken.FlowLog, path: ["logDestination"] },
];

/** Type tokens that lead to the buckets that hold logs. */
export const logBucketReads: readonly string[] = [...ways.map(({ type }) => type), ...bucketReads];

/** A bucket that logs reach, directly or by replication. */
export interface LogBucket {
    readonly bucket: RegisteredResource;
    /** From the first sender of logs to what names this bucket. */
    readonly senders: readonly RegisteredResource[];
    /** Where its objects are copied to by replication rules that are on. */
    readonly copies: readonly CopyTarget[];
}

/** Where a replication rule copies to. */
export interface CopyTarget extends BucketLink {
    readonly rule: RegisteredResource;
    readonly path: PropertyPath;
}

/** Every bucket of this stack that logs reach. */
export const logBucketsOf: (graph: GraphIndex) => readonly LogBucket[] = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, LogBucket>();
    const visit = (bucket: RegisteredResource, senders: readonly RegisteredResource[]): void => {
        if (found.has(bucket)) {
            return;
        }
        const copies = copiesOf(graph, bucket);
        found.set(bucket, { bucket, senders, copies });
        for (const { buckets, rule } of copies) {
            buckets.forEach((target) => visit(target, [...senders, bucket, rule]));
        }
    };
    for (const { type, path } of ways) {
        for (const sender of graph.ofType(type)) {
            bucketAt(graph, sender, path).buckets.forEach((bucket) => visit(bucket, [sender]));
        }
    }
    return [...found.values()];
});

/** What sends logs to a bucket that is not known; flow logs may as well go elsewhere, and have a policy of their own. */
export const openSendersOf = oncePerGraph((graph) =>
    ways
        .filter(({ type }) => type !== TypeToken.FlowLog)
        .flatMap(({ type, path }) =>
            graph
                .ofType(type)
                .filter((sender) => bucketAt(graph, sender, path).kind === "open")
                .map((sender) => ({ sender, path })),
        ),
);

/** Those that are judged: in a stack with key servers every one, for it holds their logs among others. */
export function logBucketsInScope({
    graph,
    scope,
}: Pick<RuleContext, "graph" | "scope">): readonly LogBucket[] {
    return logBucketsOf(graph).filter(
        ({ bucket }) => scope.keyServers.length > 0 || scope.includes(bucket),
    );
}

function copiesOf(graph: GraphIndex, bucket: RegisteredResource): readonly CopyTarget[] {
    return bucketParts(graph, bucket, "replication").flatMap((rule) => {
        const rules = readElements(rule.properties, ["rules"]);
        return rules.kind !== "known"
            ? []
            : rules.value.flatMap((element) => {
                  const status = readText(rule.properties, [...element, "status"]);
                  const path = [...element, "destination", "bucket"];
                  return status.kind === "known" && status.value === "Enabled"
                      ? [{ ...bucketAt(graph, rule, path), rule, path }]
                      : [];
              });
    });
}
