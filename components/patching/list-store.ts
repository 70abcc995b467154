import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { listPrefix, nothing } from "../../patching/gate/promotion-request";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { stackPath } from "../names";
import { serverRolePath } from "../server/role";
import { type Bucket, createBucket } from "../storage/bucket";
import { withName } from "../tags";
import { parameterArn } from "./roles";

/** Where promoted lists lie, and the parameters around them. Names and ARNs are computed, so that policies can be judged beforehand. */
export interface ListStore {
    readonly bucket: Bucket;
    /** Points to the promoted list; the promotion moves it. */
    readonly pointerName: string;
    readonly pointerArn: pulumi.Output<string>;
    /** Reason to hold production that a person gave, or `none`. */
    readonly holdName: string;
    readonly holdArn: pulumi.Output<string>;
    /** What was decided last, as JSON. */
    readonly decisionName: string;
    readonly decisionArn: pulumi.Output<string>;
    readonly pointer: aws.ssm.Parameter;
}

/** The versioned bucket of promoted lists, which servers read and only the promotion writes, and the three parameters. */
export function createListStore(
    name: string,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): ListStore {
    const { account, partition } = location;
    const bucket = createBucket(
        `${name}-patch-lists`,
        {
            keyArn: args.listKeyArn ?? "",
            objectLock: false,
            disposable: args.disposable === true,
            statements: (arn) => [
                {
                    Sid: "ServersReadLists",
                    Effect: "Allow",
                    Principal: "*",
                    Action: "s3:GetObject",
                    Resource: pulumi.interpolate`${arn}/${listPrefix}/*`,
                    // Roles that do not exist yet cannot be named as principals.
                    Condition: {
                        StringEquals: { "aws:PrincipalAccount": account },
                        ArnLike: {
                            "aws:PrincipalArn": pulumi.interpolate`arn:${partition}:iam::${account}:role${serverRolePath()}*`,
                        },
                    },
                },
            ],
            region: args.region,
            tags: args.tags,
        },
        location,
        parent,
    );
    const parameters = (["promoted", "hold", "decision"] as const).map((kind) => {
        const path = `${stackPath()}${name}/patching/${kind}`;
        const resource = new aws.ssm.Parameter(
            `${name}-patching-${kind}`,
            {
                name: path,
                type: "String",
                description: descriptions[kind],
                value: nothing,
                region: args.region,
                tags: withName(args.tags, `${name}-patching-${kind}`),
            },
            // The promotion and people change the value; an update must not undo that.
            { parent, ignoreChanges: ["value"] },
        );
        return { path, resource, arn: parameterArn(path, location) };
    });
    const [pointer, hold, decision] = parameters as [
        (typeof parameters)[number],
        (typeof parameters)[number],
        (typeof parameters)[number],
    ];
    return {
        bucket,
        pointerName: pointer.path,
        pointerArn: pointer.arn,
        holdName: hold.path,
        holdArn: hold.arn,
        decisionName: decision.path,
        decisionArn: decision.arn,
        pointer: pointer.resource,
    };
}

const descriptions = {
    promoted: "The list of patches that production installs",
    hold: "Why production is held by hand, or none",
    decision: "What the last promotion decided, as JSON",
} as const;
