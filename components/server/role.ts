import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerLogGroupsArgs } from "../key-server";
import { physicalName, stackPath } from "../names";
import { machinePaths } from "../permissions-boundary";
import { policyDocument } from "../service-role";
import { type Tags, withName } from "../tags";
import { checkedRegion } from "../validation/region";
import { manage, type Place, readNamed, writeLogs } from "./role-statements";

export interface ServerRole {
    readonly role: aws.iam.Role;
    /** Computed from the name, so it is known before the role exists. */
    readonly arn: pulumi.Output<string>;
    readonly profile: aws.iam.InstanceProfile;
    readonly policies: readonly pulumi.Resource[];
}

/** Path of server roles, below the stack's own. */
export function serverRolePath(): string {
    return `${stackPath()}${machinePaths.servers}`;
}

/** What a role for servers is made of. */
export interface ServerRoleArgs {
    readonly logGroups: KeyServerLogGroupsArgs;
    /** Bundles and artifacts that the servers fetch, as `bucket/key`; `*` stands for any run of characters. */
    readonly objects?: readonly pulumi.Input<string>[];
    /** Secrets that the servers read, by ARN. */
    readonly secretArns?: readonly pulumi.Input<string>[];
    /** Private certificate authority that issues the servers' certificates. */
    readonly certificateAuthorityArn?: pulumi.Input<string>;
    readonly permissionsBoundaryArn: pulumi.Input<string>;
    readonly tags?: Tags;
}

/** The role of one server, or of the servers of one cluster, with its instance profile. */
export function createServerRole(
    name: string,
    args: ServerRoleArgs,
    parent: pulumi.Resource,
): ServerRole {
    const roleName = physicalName(name, "iamRole");
    const role = new aws.iam.Role(
        name,
        {
            name: roleName,
            path: serverRolePath(),
            description: "Key server: reports to Systems Manager and writes its logs",
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "ec2.amazonaws.com" },
                        Action: "sts:AssumeRole",
                    },
                ],
            }),
            permissionsBoundary: args.permissionsBoundaryArn,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    const place = placeOf(args.logGroups.systemLogGroupArn);
    const management = pulumi
        .all([place, checkedRegion(place.region, parent)])
        .apply(([at]) => policyDocument(manage(at)));
    const policies = [
        new aws.iam.RolePolicy(
            `${name}-management`,
            { role: role.name, policy: management },
            { parent },
        ),
        new aws.iam.RolePolicy(
            `${name}-logs`,
            { role: role.name, policy: policyDocument(writeLogs(args.logGroups, place)) },
            { parent },
        ),
    ];
    const reads = readNamed(args, place);
    if (reads.length > 0) {
        policies.push(
            new aws.iam.RolePolicy(
                `${name}-reads`,
                { role: role.name, policy: policyDocument(reads) },
                { parent },
            ),
        );
    }
    const profile = new aws.iam.InstanceProfile(
        name,
        {
            name: roleName,
            path: serverRolePath(),
            role: role.name,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    const arn = place.apply(
        ({ account, partition }) =>
            `arn:${partition}:iam::${account}:role${serverRolePath()}${roleName}`,
    );
    return { role, arn, profile, policies };
}

/** Partition, region and account out of the ARN of a log group; asking the provider once per server would cost calls. */
function placeOf(logGroupArn: pulumi.Input<string>): pulumi.Output<Place> {
    return pulumi.output(logGroupArn).apply((arn) => {
        const [, partition = "", , region = "", account = ""] = arn.split(":");
        return { partition, region, account };
    });
}
