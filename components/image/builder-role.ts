import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerImageArgs } from "../key-server-image";
import type { Location } from "../location";
import { physicalName, stackPath } from "../names";
import { machinePaths } from "../permissions-boundary";
import { manage } from "../server/role-statements";
import { policyDocument, type Statement } from "../service-role";
import type { Bucket } from "../storage/bucket";
import { withName } from "../tags";
import { checkedRegion } from "../validation/region";

export interface BuilderRole {
    readonly role: aws.iam.Role;
    readonly profile: aws.iam.InstanceProfile;
    readonly policies: readonly pulumi.Resource[];
}

/** The role of builders: managed as a server is, reads its component, writes its log. */
export function createBuilderRole(
    name: string,
    bucket: Bucket,
    log: aws.cloudwatch.LogGroup,
    { permissionsBoundaryArn, tags }: Pick<KeyServerImageArgs, "permissionsBoundaryArn" | "tags">,
    location: Location,
    parent: pulumi.Resource,
): BuilderRole {
    const resourceName = `${name}-builder`;
    const roleName = physicalName(resourceName, "iamRole");
    const path = `${stackPath()}${machinePaths.builders}`;
    const role = new aws.iam.Role(
        resourceName,
        {
            name: roleName,
            path,
            description: "Builds images of key servers",
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
            permissionsBoundary: permissionsBoundaryArn,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        resourceName,
        {
            role: role.name,
            policy: pulumi
                .output({ ...location, region: checkedRegion(location.region, parent) })
                .apply((place) =>
                    policyDocument([...manage(place), ...build(bucket, log, location)]),
                ),
        },
        { parent },
    );
    const profile = new aws.iam.InstanceProfile(
        resourceName,
        { name: roleName, path, role: role.name, tags: withName(tags, resourceName) },
        { parent },
    );
    return { role, profile, policies: [policy] };
}

function build(
    bucket: Bucket,
    log: aws.cloudwatch.LogGroup,
    { account, partition, region }: Location,
): readonly Statement[] {
    return [
        {
            Sid: "ReadComponents",
            Effect: "Allow",
            Action: ["imagebuilder:GetComponent"],
            Resource: pulumi.interpolate`arn:${partition}:imagebuilder:${region}:${account}:component/*`,
        },
        {
            Sid: "ReadComponentsContent",
            Effect: "Allow",
            Action: ["s3:GetObject"],
            Resource: pulumi.interpolate`${bucket.arn}/bundles/*`,
        },
        {
            Sid: "WriteBuildLog",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${log.name}:*`,
        },
    ];
}
