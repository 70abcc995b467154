import * as pulumi from "@pulumi/pulumi";
import { listPrefix } from "../../patching/gate/promotion-request";
import type { Location } from "../location";
import type { Statement } from "../service-role";
import type { ListStore } from "./list-store";
import { followRuns, sendCommands, type CommandGrant } from "./roles";

/** What the Automation documents may do: ask the function, read its decision and the pointer, run the ring's documents, say what happened. */
export function promotionStatements(
    functionArn: pulumi.Input<string>,
    store: ListStore,
    runs: CommandGrant,
    location: Location,
): readonly Statement[] {
    const { account, partition, region } = location;
    return [
        {
            Sid: "AskForDecisions",
            Effect: "Allow",
            Action: ["lambda:InvokeFunction"],
            Resource: functionArn,
        },
        {
            Sid: "ReadDecisionAndPointer",
            Effect: "Allow",
            Action: ["ssm:GetParameter", "ssm:GetParameters"],
            Resource: [store.decisionArn, store.pointerArn],
        },
        {
            Sid: "SayWhatWasDecided",
            Effect: "Allow",
            Action: ["events:PutEvents"],
            Resource: pulumi.interpolate`arn:${partition}:events:${region}:${account}:event-bus/default`,
        },
        ...sendCommands(runs, location),
        followRuns,
        {
            Sid: "FindServers",
            Effect: "Allow",
            // It knows no narrower resource.
            Action: ["ssm:DescribeInstanceInformation"],
            Resource: "*",
        },
    ];
}

/** What the function may do: read the canaries, write one new list, and move the pointer. It can delete nothing. */
export function deciderStatements(
    store: ListStore,
    { account, partition, region }: Location,
): readonly Statement[] {
    return [
        {
            Sid: "ReadCanaries",
            Effect: "Allow",
            // None of these knows a narrower resource.
            Action: [
                "ssm:DescribeInstanceInformation",
                "ssm:ListCommandInvocations",
                "ssm:ListComplianceItems",
            ],
            Resource: "*",
        },
        {
            Sid: "ReadPatchesOfCanaries",
            Effect: "Allow",
            Action: ["ssm:DescribeInstancePatchStates", "ssm:DescribeInstancePatches"],
            Resource: pulumi.interpolate`arn:${partition}:ec2:${region}:${account}:instance/*`,
        },
        {
            Sid: "WriteLists",
            Effect: "Allow",
            Action: ["s3:PutObject"],
            Resource: pulumi.interpolate`${store.bucket.arn}/${listPrefix}/*`,
        },
        {
            Sid: "EncryptLists",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            // Named by what it encrypts: the ARN of a key that is made with this role is not known before.
            Resource: pulumi.interpolate`arn:${partition}:kms:${region}:${account}:key/*`,
            Condition: {
                StringEquals: {
                    "kms:ViaService": pulumi.interpolate`s3.${region}.amazonaws.com`,
                },
                StringLike: {
                    "kms:EncryptionContext:aws:s3:arn": pulumi.interpolate`${store.bucket.arn}*`,
                },
            },
        },
        {
            Sid: "ReadPointerAndHold",
            Effect: "Allow",
            Action: ["ssm:GetParameter", "ssm:GetParameters"],
            Resource: [store.pointerArn, store.holdArn],
        },
        {
            Sid: "MoveThePointer",
            Effect: "Allow",
            Action: ["ssm:PutParameter"],
            Resource: [store.pointerArn, store.decisionArn],
        },
    ];
}
