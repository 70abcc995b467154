import type { Decider } from "../../aws/iam/decision";
import { bucketTypes, customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { homePlace, type Place } from "../reading/accounts";
import { bucketParts } from "../reading/buckets";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { keyPolicyOf } from "../reading/key-policies";
import { holderArn } from "../reading/holder-arns";
import { oncePerScope } from "../reading/memo";
import { readText } from "../reading/values";

interface TargetKind {
    readonly types: readonly string[];
    readonly decider: Decider;
    /** Actions that endanger a key server. Source: service authorization reference. */
    readonly actions: readonly string[];
    /** The resource's ARN where it is not known, from what is: `*` for the rest. */
    readonly arn: (resource: RegisteredResource, place: Place) => string;
    /** Added to a known ARN. */
    readonly below?: string;
}

const kinds: readonly TargetKind[] = [
    {
        types: customerKeyTypes,
        decider: "key",
        actions: [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DisableKey",
            "kms:PutKeyPolicy",
            "kms:ScheduleKeyDeletion",
        ],
        arn: (_, place) => `${prefix("kms", place)}:key/*`,
    },
    {
        types: [TypeToken.Trail],
        decider: "identity",
        actions: [
            "cloudtrail:DeleteTrail",
            "cloudtrail:PutEventSelectors",
            "cloudtrail:StopLogging",
            "cloudtrail:UpdateTrail",
        ],
        arn: (trail, place) => `${prefix("cloudtrail", place)}:trail/${textAt(trail, "name")}`,
    },
    {
        types: [TypeToken.LogGroup],
        decider: "identity",
        actions: [
            "logs:DeleteLogGroup",
            "logs:DeleteLogStream",
            "logs:DisassociateKmsKey",
            "logs:PutRetentionPolicy",
        ],
        arn: (group, place) => `${prefix("logs", place)}:log-group:${textAt(group, "name")}`,
        // Policies name a group with or without its streams.
        below: "*",
    },
    {
        types: bucketTypes,
        decider: "bucket",
        actions: ["s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion"],
        arn: bucketArn,
        below: "/*",
    },
    {
        types: bucketTypes,
        decider: "bucket",
        actions: [
            "s3:DeleteBucketPolicy",
            "s3:PutBucketObjectLockConfiguration",
            "s3:PutBucketPolicy",
            "s3:PutBucketVersioning",
            "s3:PutLifecycleConfiguration",
        ],
        arn: bucketArn,
    },
    {
        types: [TypeToken.Instance],
        decider: "identity",
        actions: ["ssm:SendCommand", "ssm:StartSession"],
        arn: (_, place) => `${prefix("ec2", place)}:instance/*`,
    },
    {
        types: [TypeToken.SsmDocument],
        decider: "identity",
        actions: [
            "ssm:DeleteDocument",
            "ssm:ModifyDocumentPermission",
            "ssm:UpdateDocument",
            "ssm:UpdateDocumentDefaultVersion",
        ],
        arn: (document, place) => `${prefix("ssm", place)}:document/${textAt(document, "name")}`,
    },
    {
        types: [TypeToken.PatchBaseline],
        decider: "identity",
        actions: ["ssm:DeletePatchBaseline", "ssm:UpdatePatchBaseline"],
        arn: (_, place) => `${prefix("ssm", place)}:patchbaseline/*`,
    },
    {
        types: [TypeToken.Role],
        decider: "identity",
        actions: ["iam:PassRole"],
        arn: (role, place) => holderArn(role, place) ?? "*",
    },
];

/** Something that can be done to a key server, its keys or its audit trail. */
export interface Target {
    readonly resource: RegisteredResource;
    readonly decider: Decider;
    readonly actions: readonly string[];
    readonly arn: string;
    /** Whether it stands for many resources, of which a caller may choose one. */
    readonly isOneOfMany: boolean;
    /** The resource's own policy; undefined where it has none. */
    readonly policy: WrittenPolicy | undefined;
}

/** What a stack's key servers depend on, with the actions that endanger it. */
export const targetsOf = oncePerScope((graph, scope): readonly Target[] => {
    const place = homePlace(graph);
    return kinds.flatMap(({ types, decider, actions, arn, below = "" }) =>
        graph
            .ofType(...types)
            .filter((resource) => scope.includes(resource))
            .map((resource) => {
                const known = readText(resource.properties, ["arn"]);
                const own = known.kind === "known" ? known.value : arn(resource, place);
                return {
                    resource,
                    decider,
                    actions,
                    arn: `${own}${below}`,
                    isOneOfMany: below !== "",
                    policy: policyOf(graph, resource, decider),
                };
            }),
    );
});

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

function bucketArn(bucket: RegisteredResource, { partition }: Place): string {
    return `arn:${partition}:s3:::${textAt(bucket, "bucket")}`;
}

function prefix(service: string, { partition, region, account }: Place): string {
    return `arn:${partition}:${service}:${region}:${account}`;
}

function textAt({ properties }: RegisteredResource, property: string): string {
    const found = readText(properties, [property]);
    return found.kind === "known" ? found.value : "*";
}
