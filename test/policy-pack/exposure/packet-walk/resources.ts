import type { RegisteredResource } from "../../../../policy-pack/graph/resource";
import { from, resource } from "../../../support/graph";
import { token } from "../../../support/network";
import {
    cidrs,
    endpointName,
    identifiers,
    peerGroupName,
    vpcBlock,
    type Balancer,
    type Route,
    type Rule,
    type Sketch,
} from "./sketch";

/** The resources that a program of this stack registers. */
export function resourcesOf(stack: Sketch): readonly RegisteredResource[] {
    const vpc = resource(token.vpc, "net", { cidrBlock: vpcBlock });
    const subnet = resource(token.subnet, "a", { vpcId: from(vpc) });
    const lists = cidrs.map((cidr, index) =>
        resource(token.prefixList, `list-${index}`, {
            id: `pl-${index}`,
            addressFamily: "IPv4",
            maxEntries: 1,
            entries: [{ cidr }],
        }),
    );
    const s3 = resource(token.endpoint, endpointName, {
        vpcId: from(vpc),
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-central-1.s3",
        prefixListId: "pl-s3",
    });
    const clients = resource(token.securityGroup, peerGroupName, { id: "sg-2" });
    const traffic = (each: Rule): Record<string, unknown> => ({
        protocol: each.protocol,
        fromPort: each.protocol === "-1" ? 0 : each.from,
        toPort: each.protocol === "-1" ? 0 : each.to,
    });
    const written = (each: Rule): Record<string, unknown> => ({
        ...traffic(each),
        ...(each.isListed
            ? { prefixListIds: [`pl-${cidrs.indexOf(each.cidr)}`] }
            : { cidrBlocks: [each.cidr] }),
    });
    const inline = (rules: readonly Rule[]): unknown =>
        rules.filter(({ isSeparate }) => !isSeparate).map(written);
    const group = resource(token.securityGroup, "nodes", {
        id: "sg-1",
        ingress: inline(stack.ingress),
        egress: inline(stack.egress),
    });
    const towards = [
        ...(stack.toEndpoint ?? []).map((each) => ({ each, prefixListIds: [from(s3)] })),
        ...stack.toPeerGroup.map((each) => ({ each, sourceSecurityGroupId: "sg-2" })),
    ].map(({ each, ...peer }, index) =>
        resource(token.olderRule, `towards-${index}`, {
            type: "egress",
            securityGroupId: "sg-1",
            ...traffic(each),
            ...peer,
        }),
    );
    const separate = (["ingress", "egress"] as const).flatMap((type) =>
        stack[type]
            .filter(({ isSeparate }) => isSeparate)
            .map((each, index) =>
                resource(token.olderRule, `${type}-${index}`, {
                    type,
                    securityGroupId: "sg-1",
                    ...written(each),
                }),
            ),
    );
    const server = resource(token.instance, "vault", {
        vpcSecurityGroupIds: ["sg-1"],
        subnetId: from(subnet),
        associatePublicIpAddress: stack.isPublic,
    });
    const aclRules = (direction: string): unknown =>
        stack.acl
            .map((each, index) => ({ ...each, number: index + 1 }))
            .filter((each) => each.direction === direction)
            .map((each) => ({
                ruleNo: each.number,
                action: each.allows ? "allow" : "deny",
                protocol: each.protocol,
                cidrBlock: each.cidr,
                fromPort: each.from,
                toPort: each.to,
            }));
    const acl = resource("aws:ec2/networkAcl:NetworkAcl", "acl", {
        subnetIds: [from(subnet)],
        ingress: aclRules("ingress"),
        egress: aclRules("egress"),
    });
    return [
        ...[vpc, subnet, group, server, clients],
        ...lists,
        ...separate,
        ...towards,
        ...routing("r", subnet, vpc, stack.routes),
        ...(stack.toEndpoint === undefined ? [] : [s3]),
        ...(stack.hasAcl ? [acl] : []),
        ...(stack.balancer === undefined ? [] : balancing(stack.balancer, vpc, server, written)),
    ];
}

/** A route table of a subnet. */
function routing(
    name: string,
    subnet: RegisteredResource,
    vpc: RegisteredResource,
    written: readonly Route[],
): readonly RegisteredResource[] {
    const table = resource(token.routeTable, name, {
        vpcId: from(vpc),
        routes: written
            .filter(({ isSeparate }) => !isSeparate)
            .map(({ cidr, via }) => ({ cidrBlock: cidr, [via]: identifiers[via] })),
    });
    const separate = written
        .filter(({ isSeparate }) => isSeparate)
        .map(({ cidr, via }, index) =>
            resource(token.route, `${name}-route-${index}`, {
                routeTableId: from(table),
                destinationCidrBlock: cidr,
                [via]: identifiers[via],
            }),
        );
    const association = resource(token.association, `${name}-a`, {
        subnetId: from(subnet),
        routeTableId: from(table),
    });
    return [table, association, ...separate];
}

/** A load balancer with its subnet, group and target group, and the rule by which the server takes what it forwards. */
function balancing(
    { isInternal, ingress, listeners, routes: own }: Balancer,
    vpc: RegisteredResource,
    server: RegisteredResource,
    written: (each: Rule) => unknown,
): readonly RegisteredResource[] {
    const subnet = resource(token.subnet, "front", { vpcId: from(vpc) });
    const group = resource(token.securityGroup, "front", {
        id: "sg-3",
        ingress: (ingress ?? []).map(written),
    });
    const made = resource("aws:lb/loadBalancer:LoadBalancer", "front", {
        loadBalancerType: "network",
        internal: isInternal,
        subnets: [from(subnet)],
        ...(ingress === undefined ? {} : { securityGroups: ["sg-3"] }),
    });
    const targets = resource("aws:lb/targetGroup:TargetGroup", "front", {
        port: 8200,
        protocol: "TCP",
        vpcId: from(vpc),
    });
    const attachment = resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "front", {
        targetGroupArn: from(targets),
        targetId: from(server),
    });
    const forwarding = listeners.map(({ port, protocol }) =>
        resource("aws:lb/listener:Listener", `front-${port}`, {
            loadBalancerArn: from(made),
            port,
            protocol,
            defaultActions: [{ type: "forward", targetGroupArn: from(targets) }],
        }),
    );
    const taken = resource(token.olderRule, "from-front", {
        ...{ type: "ingress", securityGroupId: "sg-1", protocol: "tcp" },
        ...{ fromPort: 8200, toPort: 8200, sourceSecurityGroupId: "sg-3" },
    });
    const routed = routing("front", subnet, vpc, own);
    return [subnet, group, made, targets, attachment, taken, ...forwarding, ...routed];
}
