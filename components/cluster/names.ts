import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Tags, withName } from "../tags";

/** Seconds that resolvers keep an address: a replaced server is found within a minute. */
const timeToLiveSeconds = 60;

/** Names of servers below the cluster's domain: `server-1.vault.internal` … */
export function nodeNames(domainName: string, size: number): readonly string[] {
    return Array.from({ length: size }, (_, index) => `server-${index + 1}.${domainName}`);
}

/** Private names: the domain itself for the load balancer, one below it for each server. */
export function createNames(
    name: string,
    args: {
        readonly domainName: string;
        readonly hostedZoneId?: pulumi.Input<string>;
        readonly vpcId: pulumi.Input<string>;
        readonly disposable: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    balancer: aws.lb.LoadBalancer,
    privateIps: readonly pulumi.Input<string>[],
    parent: pulumi.Resource,
): void {
    const zoneId =
        args.hostedZoneId ??
        new aws.route53.Zone(
            name,
            {
                name: args.domainName,
                comment: `Key servers of ${name}`,
                vpcs: [{ vpcId: args.vpcId, vpcRegion: args.region }],
                forceDestroy: args.disposable,
                tags: withName(args.tags, name),
            },
            { parent },
        ).zoneId;
    new aws.route53.Record(
        name,
        {
            zoneId,
            name: args.domainName,
            type: "A",
            aliases: [
                { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
            ],
        },
        { parent },
    );
    nodeNames(args.domainName, privateIps.length).forEach((node, index) => {
        new aws.route53.Record(
            `${name}-${index + 1}`,
            {
                zoneId,
                name: node,
                type: "A",
                ttl: timeToLiveSeconds,
                records: [privateIps[index]],
            },
            { parent },
        );
    });
}
