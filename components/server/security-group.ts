import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../catalog/workload";
import type { KeyServerArgs } from "../key-server";
import { physicalName } from "../names";
import { createMirrorEgress } from "../network/package-mirror";
import { slug } from "../slug";
import { withName } from "../tags";

export interface ServerSecurityGroup {
    readonly group: aws.ec2.SecurityGroup;
    readonly rules: readonly pulumi.Resource[];
}

/** A group that opens the service ports to named clients and lets out to the package mirror at most; the rest is the endpoint group's business. */
export function createServerSecurityGroup(
    name: string,
    software: Workload,
    args: KeyServerArgs,
    parent: pulumi.Resource,
): ServerSecurityGroup {
    const { region, tags } = args;
    const group = new aws.ec2.SecurityGroup(
        name,
        {
            name: physicalName(name, "securityGroup"),
            description: `${software.title}: service ports for named clients`,
            vpcId: args.placement.vpcId,
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    const rules: pulumi.Resource[] = (args.clients ?? []).flatMap((client) =>
        servicePorts(software, args).map((port) => {
            const ruleName = `${name}-${slug(client.name)}-${port}`;
            return new aws.vpc.SecurityGroupIngressRule(
                ruleName,
                {
                    securityGroupId: group.id,
                    referencedSecurityGroupId: client.securityGroupId,
                    cidrIpv4: client.cidrBlock,
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    description: `${software.title} for ${client.name}`,
                    region,
                    tags: withName(tags, ruleName),
                },
                { parent },
            );
        }),
    );
    const { packageMirror } = args;
    if (packageMirror !== undefined) {
        const egress = { securityGroupId: group.id, region, tags };
        rules.push(createMirrorEgress(`${name}-to-mirror`, packageMirror, egress, parent));
    }
    return { group, rules };
}

/** Ports that clients reach: those asked for, else those that the software always serves to clients. */
export function servicePorts(
    software: Workload,
    args: Pick<KeyServerArgs, "servicePorts">,
): readonly number[] {
    return (
        args.servicePorts ??
        software.ports
            .filter((port) => port.from === "clients" && !port.optional)
            .map((port) => port.port)
    );
}
