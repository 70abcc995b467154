import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerImageArgs } from "../key-server-image";
import type { Location } from "../location";
import { createServiceRole } from "../service-role";
import { withName } from "../tags";

const defaultKeptImages = 6;

/** Deletes old images with their snapshots; the newest stay. */
export function createLifecycle(
    name: string,
    physical: string,
    recipe: aws.imagebuilder.ImageRecipe,
    args: KeyServerImageArgs,
    location: Location,
    parent: pulumi.Resource,
): void {
    const { account, partition, region } = location;
    const ec2 = pulumi.interpolate`arn:${partition}:ec2:${region}`;
    const ours = { StringEquals: { "aws:ResourceTag/keyward:image": physical } };
    const role = createServiceRole(
        `${name}-lifecycle`,
        {
            service: "imagebuilder.amazonaws.com",
            description: "Deletes old images of key servers",
            statements: [
                {
                    Sid: "DeleteImages",
                    Effect: "Allow",
                    Action: [
                        "imagebuilder:DeleteImage",
                        "imagebuilder:GetImage",
                        "imagebuilder:ListImageBuildVersions",
                    ],
                    Resource: pulumi.interpolate`arn:${partition}:imagebuilder:${region}:${account}:image/${physical}/*`,
                },
                {
                    Sid: "DeleteMachineImages",
                    Effect: "Allow",
                    Action: ["ec2:DeregisterImage"],
                    Resource: pulumi.interpolate`${ec2}::image/*`,
                    Condition: ours,
                },
                {
                    Sid: "DeleteSnapshots",
                    Effect: "Allow",
                    Action: ["ec2:DeleteSnapshot"],
                    Resource: pulumi.interpolate`${ec2}::snapshot/*`,
                    // Tags of the image are not promised on its snapshots; this one is.
                    Condition: {
                        StringEquals: { "aws:ResourceTag/CreatedBy": "EC2 Image Builder" },
                    },
                },
                {
                    Sid: "FindImages",
                    Effect: "Allow",
                    // None of these knows a narrower resource.
                    Action: [
                        "ec2:DescribeImages",
                        "ec2:DescribeSnapshots",
                        "imagebuilder:ListImages",
                        "tag:GetResources",
                    ],
                    Resource: "*",
                },
            ],
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags: args.tags,
        },
        location,
        parent,
    );
    new aws.imagebuilder.LifecyclePolicy(
        name,
        {
            name: physical,
            executionRole: role.role.arn,
            resourceType: "AMI_IMAGE",
            status: "ENABLED",
            policyDetails: [
                {
                    action: {
                        type: "DELETE",
                        includeResources: { amis: true, snapshots: true },
                    },
                    filter: { type: "COUNT", value: args.keptImages ?? defaultKeptImages },
                },
            ],
            resourceSelection: {
                recipes: [{ name: recipe.name, semanticVersion: "x.x.x" }],
            },
            region: args.region,
            tags: withName(args.tags, name),
        },
        { parent, dependsOn: [role.policy] },
    );
}
