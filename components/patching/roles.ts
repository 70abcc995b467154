import * as pulumi from "@pulumi/pulumi";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { physicalName, stackPath } from "../names";
import { createServiceRole, type ServiceRole, type Statement } from "../service-role";

/** What may be run on whom. */
export interface CommandGrant {
    /** ARNs of command documents. */
    readonly documents: readonly pulumi.Input<string>[];
    /** Values of the tag `PatchGroup`. */
    readonly groups: readonly string[];
}

/** Role with which a maintenance window runs patch documents on the servers of some patch groups. */
export function createWindowRole(
    name: string,
    grant: CommandGrant,
    /** ARN of the parameter that points to the promoted list. */
    pointerArn: pulumi.Input<string> | undefined,
    {
        permissionsBoundaryArn,
        tags,
    }: Pick<KeyServerPatchingArgs, "permissionsBoundaryArn" | "tags">,
    location: Location,
    parent: pulumi.Resource,
): ServiceRole {
    return createServiceRole(
        name,
        {
            service: "ssm.amazonaws.com",
            description: "Starts patch runs on key servers",
            statements: [
                ...sendCommands(grant, location),
                followRuns,
                ...(pointerArn === undefined
                    ? []
                    : [
                          {
                              Sid: "ReadThePointer",
                              Effect: "Allow" as const,
                              Action: ["ssm:GetParameter", "ssm:GetParameters"],
                              Resource: pointerArn,
                          },
                      ]),
            ],
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
}

/** Sending named documents to the servers of some patch groups, and to nothing else. */
export function sendCommands(
    { documents, groups }: CommandGrant,
    { account, partition, region }: Location,
): readonly Statement[] {
    return [
        {
            Sid: "PatchDocuments",
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: documents,
        },
        {
            Sid: "ServersOfThePatchGroups",
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: pulumi.interpolate`arn:${partition}:ec2:${region}:${account}:instance/*`,
            Condition: { StringEquals: { "ssm:resourceTag/PatchGroup": groups } },
        },
    ];
}

/** These know no narrower resource. */
export const followRuns: Statement = {
    Sid: "FollowRuns",
    Effect: "Allow",
    Action: [
        "ssm:CancelCommand",
        "ssm:GetCommandInvocation",
        "ssm:ListCommandInvocations",
        "ssm:ListCommands",
    ],
    Resource: "*",
};

/** ARN of a document that belongs to AWS. */
export function amazonsDocument(
    name: string,
    { partition, region }: Location,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:ssm:${region}::document/${name}`;
}

/** ARN of a document, parameter … of this account, computed from its name. */
export function ssmArn(
    kind: "document" | "automation-definition" | "automation-execution",
    name: string,
    { account, partition, region }: Location,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:ssm:${region}:${account}:${kind}/${name}`;
}

/** ARN of a parameter, whose name begins with a slash. */
export function parameterArn(
    name: string,
    { account, partition, region }: Location,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:ssm:${region}:${account}:parameter${name}`;
}

/** ARN of the role that `createServiceRole` makes under a name. */
export function serviceRoleArn(
    name: string,
    { account, partition }: Location,
): pulumi.Output<string> {
    return pulumi.interpolate`arn:${partition}:iam::${account}:role${stackPath()}${physicalName(name, "iamRole")}`;
}
