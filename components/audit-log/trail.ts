import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerAuditLogArgs } from "../key-server-audit-log";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createServiceRole, logDeliveryStatements } from "../service-role";
import { withName } from "../tags";
import { type Archive, archivePrefix } from "./archive";

/** ARN of the trail, computed from its name: the bucket's policy names it before it exists. */
export function trailArn(name: string, location: Location): pulumi.Output<string> {
    return pulumi.interpolate`arn:${location.partition}:cloudtrail:${location.region}:${location.account}:trail/${physicalName(name, "trail")}`;
}

/** A trail of every region with log-file validation. Calls of AWS KMS are management events, so none of these is left out. */
export function createTrail(
    name: string,
    group: aws.cloudwatch.LogGroup,
    { landing, archiveArn }: Archive,
    args: KeyServerAuditLogArgs,
    location: Location,
    parent: pulumi.Resource,
): aws.cloudtrail.Trail {
    const { disposable = false, permissionsBoundaryArn, region, tags } = args;
    const role = createServiceRole(
        `${name}-trail`,
        {
            service: "cloudtrail.amazonaws.com",
            description: "Writes the events of the trail to its log group",
            sourceArn: trailArn(name, location),
            statements: logDeliveryStatements(group.name, location),
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    return new aws.cloudtrail.Trail(
        name,
        {
            name: physicalName(name, "trail"),
            s3BucketName: landing.name,
            s3KeyPrefix: archivePrefix.trail,
            isMultiRegionTrail: true,
            includeGlobalServiceEvents: true,
            enableLogging: true,
            enableLogFileValidation: true,
            kmsKeyId: args.logKeyArn,
            cloudWatchLogsGroupArn: pulumi.interpolate`arn:${location.partition}:logs:${location.region}:${location.account}:log-group:${group.name}:*`,
            cloudWatchLogsRoleArn: role.role.arn,
            advancedEventSelectors: [
                {
                    name: "Management events, read ones and those of AWS KMS included",
                    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
                },
                {
                    name: "Objects of the archive",
                    fieldSelectors: [
                        { field: "eventCategory", equals: ["Data"] },
                        { field: "resources.type", equals: ["AWS::S3::Object"] },
                        {
                            field: "resources.ARN",
                            startsWiths: [
                                pulumi.interpolate`${landing.arn}/`,
                                pulumi.interpolate`${archiveArn}/`,
                            ],
                        },
                    ],
                },
            ],
            region,
            tags: withName(tags, name),
        },
        {
            parent,
            protect: !disposable,
            dependsOn: [role.policy, ...landing.settings],
        },
    );
}
