import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "./location";
import { physicalName, stackPath } from "./names";
import { type Tags, withName } from "./tags";

/** A statement of an IAM policy. */
export interface Statement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Action: readonly string[];
    readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
    readonly Condition?: Readonly<
        Record<string, Readonly<Record<string, pulumi.Input<string | readonly string[]>>>>
    >;
}

export interface ServiceRole {
    readonly role: aws.iam.Role;
    readonly policy: aws.iam.RolePolicy;
}

/** A role that one AWS service takes on for this account, with one inline policy. */
export function createServiceRole(
    name: string,
    args: {
        readonly service: string;
        readonly description: string;
        /** Resources for which the service may take the role on; keeps other customers from borrowing it. */
        readonly sourceArn?: pulumi.Input<string>;
        readonly statements: readonly Statement[];
        readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
        readonly tags: Tags | undefined;
    },
    location: Location,
    parent: pulumi.Resource,
): ServiceRole {
    const role = new aws.iam.Role(
        name,
        {
            name: physicalName(name, "iamRole"),
            path: stackPath(),
            description: args.description,
            assumeRolePolicy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: args.service },
                        Action: "sts:AssumeRole",
                        Condition: {
                            StringEquals: { "aws:SourceAccount": location.account },
                            ...(args.sourceArn === undefined
                                ? {}
                                : { ArnLike: { "aws:SourceArn": args.sourceArn } }),
                        },
                    },
                ],
            }),
            permissionsBoundary: args.permissionsBoundaryArn,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    const policy = new aws.iam.RolePolicy(
        name,
        { role: role.name, policy: policyDocument(args.statements) },
        { parent },
    );
    return { role, policy };
}

/** An IAM policy as JSON. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
    return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

/** What a service needs to write to one log group. */
export function logDeliveryStatements(
    groupName: pulumi.Input<string>,
    { account, partition, region }: Location,
): readonly Statement[] {
    const arn = pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group`;
    return [
        {
            Sid: "WriteToOneLogGroup",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${arn}:${groupName}:*`,
        },
        {
            Sid: "FindLogGroups",
            Effect: "Allow",
            // DescribeLogGroups knows no narrower resource.
            Action: ["logs:DescribeLogGroups"],
            Resource: pulumi.interpolate`${arn}:*`,
        },
    ];
}
