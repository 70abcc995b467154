import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../catalog/workload";
import type { KeyServer } from "../key-server";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { createLoadBalancer } from "./load-balancer";
import { createNames } from "./names";
import type { ClusterSecurityGroups } from "./security-group";
import type { Surroundings } from "./surroundings";

/** What leads to the servers: load balancer and names; nothing for software that listens to nobody. */
export function createEntrance(
    name: string,
    args: KeyServerClusterArgs,
    made: {
        readonly around: Surroundings;
        readonly groups: ClusterSecurityGroups;
        readonly servers: readonly KeyServer[];
        readonly software: Workload;
    },
    parent: pulumi.Resource,
): aws.lb.LoadBalancer | undefined {
    const { disposable = false, region, tags } = args;
    const { network } = made.around;
    if (made.software.ports.length === 0 && args.servicePorts === undefined) {
        return undefined;
    }
    const balancer = createLoadBalancer(
        name,
        made.software,
        {
            vpcId: network.vpcId,
            subnetIds: [...network.subnetIds],
            securityGroupId: made.groups.balancer.id,
            instanceIds: made.servers.map((server) => server.instanceId),
            servicePorts: args.servicePorts,
            disposable,
            region,
            tags,
        },
        made.groups.rules,
        parent,
    );
    createNames(
        name,
        {
            domainName: args.domainName,
            hostedZoneId: args.hostedZoneId,
            vpcId: network.vpcId,
            disposable,
            region,
            tags,
        },
        balancer,
        made.servers.map((server) => server.privateIp),
        parent,
    );
    return balancer;
}
