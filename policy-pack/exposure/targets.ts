import { bucketTypes, customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { bucketParts } from "../reading/buckets";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { keyPolicyOf } from "../reading/key-policies";
import { readText } from "../reading/values";

/** Which policies decide: `key`: the key's own alone, which may leave it to the account; `bucket`: its own or the caller's; `identity`. */
export type Decider = "key" | "bucket" | "identity";

interface TargetKind {
    readonly types: readonly string[];
    readonly decider: Decider;
    /** Actions that endanger a key server. Source: service authorization reference. */
    readonly actions: readonly string[];
    /** The resource's ARN, `*` for what is not known. */
    readonly arn: string;
}

const kinds: readonly TargetKind[] = [
    {
        types: customerKeyTypes,
        decider: "key",
        actions: ["kms:Decrypt", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
        arn: "arn:*:kms:*:*:key/*",
    },
    {
        types: [TypeToken.Trail],
        decider: "identity",
        actions: ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging"],
        arn: "arn:*:cloudtrail:*:*:trail/*",
    },
    {
        types: [TypeToken.LogGroup],
        decider: "identity",
        actions: ["logs:PutRetentionPolicy"],
        arn: "arn:*:logs:*:*:log-group:*",
    },
    {
        types: bucketTypes,
        decider: "bucket",
        actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        arn: "arn:*:s3:::*/*",
    },
    {
        types: [TypeToken.Instance],
        decider: "identity",
        actions: ["ssm:SendCommand", "ssm:StartSession"],
        arn: "arn:*:ec2:*:*:instance/*",
    },
    {
        types: [TypeToken.PatchBaseline],
        decider: "identity",
        actions: ["ssm:UpdatePatchBaseline"],
        arn: "arn:*:ssm:*:*:patchbaseline/*",
    },
    {
        types: [TypeToken.Role],
        decider: "identity",
        actions: ["iam:PassRole"],
        arn: "arn:*:iam::*:role/*",
    },
];

/** Something that can be done to a key server, its keys or its audit trail. */
export interface Target {
    readonly resource: RegisteredResource;
    readonly decider: Decider;
    readonly actions: readonly string[];
    readonly arn: string;
    /** The resource's own policy; undefined where it has none. */
    readonly policy: WrittenPolicy | undefined;
}

/** What a stack's key servers depend on, with the actions that endanger it. */
export function targetsOf(graph: GraphIndex, scope: Scope): readonly Target[] {
    return kinds.flatMap(({ types, decider, actions, arn }) =>
        graph
            .ofType(...types)
            .filter((resource) => scope.includes(resource))
            .map((resource) => {
                const known = readText(resource.properties, ["arn"]);
                const suffix = decider === "bucket" ? "/*" : "";
                return {
                    resource,
                    decider,
                    actions,
                    arn: known.kind === "known" ? `${known.value}${suffix}` : arn,
                    policy: policyOf(graph, resource, decider),
                };
            }),
    );
}

function policyOf(
    graph: GraphIndex,
    resource: RegisteredResource,
    decider: Decider,
): WrittenPolicy | undefined {
    switch (decider) {
        case "key":
            return keyPolicyOf(graph, resource);
        case "bucket": {
            const [part] = bucketParts(graph, resource, "policy");
            return part === undefined ? policyAt(resource, ["policy"]) : policyAt(part, ["policy"]);
        }
        case "identity":
            return undefined;
    }
}
