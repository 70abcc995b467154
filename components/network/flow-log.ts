import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import { createLogGroup } from "../audit-log/log-group";
import { createServiceRole, logDeliveryStatements } from "../service-role";
import type { KeyServerNetworkArgs } from "../key-server-network";
import type { Location } from "../location";
import { permissionsBoundary } from "../permissions-boundary";
import { withName } from "../tags";

/** Flow logs of the whole VPC: accepted and rejected traffic, aggregated over the shortest interval. */
export function createFlowLog(
    name: string,
    args: KeyServerNetworkArgs,
    location: Location,
    vpcId: pulumi.Input<string>,
    parent: pulumi.Resource,
): { readonly group: aws.cloudwatch.LogGroup } {
    const { region, tags } = args;
    const group = createLogGroup(
        `${name}-flow-log`,
        `${name}/flow`,
        {
            logKeyArn: args.logKeyArn,
            retentionDays: args.flowLogRetentionDays,
            disposable: args.disposable,
            region,
            tags,
        },
        parent,
    );
    const role = createServiceRole(
        `${name}-flow-log`,
        {
            service: "vpc-flow-logs.amazonaws.com",
            description: "Delivers the flow logs of a key-server network",
            sourceArn: pulumi.interpolate`arn:${location.partition}:ec2:${location.region}:${location.account}:vpc-flow-log/*`,
            statements: logDeliveryStatements(group.name, location),
            permissionsBoundaryArn: permissionsBoundary(`${name}-network`, args, parent),
            tags,
        },
        location,
        parent,
    );
    new aws.ec2.FlowLog(
        name,
        {
            vpcId,
            trafficType: "ALL",
            maxAggregationInterval: parameter("flowLogAggregationSeconds").value,
            logDestinationType: "cloud-watch-logs",
            logDestination: pulumi.interpolate`arn:${location.partition}:logs:${location.region}:${location.account}:log-group:${group.name}`,
            iamRoleArn: role.role.arn,
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [role.policy] },
    );
    return { group };
}
