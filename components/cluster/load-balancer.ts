import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../catalog/workload";
import { physicalName } from "../names";
import { servicePorts } from "../server/security-group";
import { type Tags, withName } from "../tags";

/** Seconds between health checks, and checks until a server counts as up or down. */
const healthCheckSeconds = 10;
const healthCheckCount = 3;

/**
 * An internal network load balancer that passes TLS through to the servers: the certificate a client sees is the server's own. It has no
 * access log, because AWS writes none without a TLS listener; the flow logs of the network have its connections.
 */
export function createLoadBalancer(
    name: string,
    software: Workload,
    args: {
        readonly vpcId: pulumi.Input<string>;
        readonly subnetIds: pulumi.Input<string>[];
        readonly securityGroupId: pulumi.Input<string>;
        readonly instanceIds: readonly pulumi.Input<string>[];
        readonly servicePorts?: number[];
        readonly disposable: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    rules: readonly pulumi.Resource[],
    parent: pulumi.Resource,
): aws.lb.LoadBalancer {
    const { region, tags } = args;
    const balancer = new aws.lb.LoadBalancer(
        name,
        {
            name: physicalName(name, "loadBalancer"),
            loadBalancerType: "network",
            internal: true,
            subnets: args.subnetIds,
            // A group can only be given at creation.
            securityGroups: [args.securityGroupId],
            enableDeletionProtection: !args.disposable,
            enableCrossZoneLoadBalancing: true,
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [...rules] },
    );
    for (const port of servicePorts(software, args)) {
        const resourceName = `${name}-${port}`;
        const group = new aws.lb.TargetGroup(
            resourceName,
            {
                name: physicalName(resourceName, "loadBalancer"),
                port,
                protocol: "TCP",
                targetType: "instance",
                vpcId: args.vpcId,
                preserveClientIp: "true",
                healthCheck: healthCheckOf(software, port),
                region,
                tags: withName(tags, resourceName),
            },
            { parent },
        );
        args.instanceIds.forEach((targetId, index) => {
            new aws.lb.TargetGroupAttachment(
                `${resourceName}-${index + 1}`,
                { targetGroupArn: group.arn, targetId, port, region },
                { parent },
            );
        });
        new aws.lb.Listener(
            resourceName,
            {
                loadBalancerArn: balancer.arn,
                port,
                protocol: "TCP",
                defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
                region,
                tags: withName(tags, resourceName),
            },
            { parent },
        );
    }
    return balancer;
}

/** The software's own health check, or whether the port answers: HTTPS checks cannot show a client certificate. */
function healthCheckOf(
    { healthCheck, ports }: Workload,
    port: number,
): aws.types.input.lb.TargetGroupHealthCheck {
    const common = {
        enabled: true,
        port: String(port),
        interval: healthCheckSeconds,
        healthyThreshold: healthCheckCount,
        unhealthyThreshold: healthCheckCount,
    };
    const mutual = ports.some((known) => known.port === port && known.mutualTls);
    return healthCheck === null ||
        healthCheck.protocol === "tcp" ||
        healthCheck.port !== port ||
        mutual
        ? { ...common, protocol: "TCP" }
        : {
              ...common,
              protocol: "HTTPS",
              path: healthCheck.path,
              matcher: healthCheck.healthy.join(","),
          };
}
