import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { from, resource } from "./graph";

/** Type tokens of the resources that network rules read, for short. */
export const token = {
    instance: "aws:ec2/instance:Instance",
    template: "aws:ec2/launchTemplate:LaunchTemplate",
    scalingGroup: "aws:autoscaling/group:Group",
    securityGroup: "aws:ec2/securityGroup:SecurityGroup",
    defaultGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    olderRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    prefixList: "aws:ec2/managedPrefixList:ManagedPrefixList",
    prefixListEntry: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    networkInterface: "aws:ec2/networkInterface:NetworkInterface",
    vpc: "aws:ec2/vpc:Vpc",
    subnet: "aws:ec2/subnet:Subnet",
    routeTable: "aws:ec2/routeTable:RouteTable",
    association: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    route: "aws:ec2/route:Route",
    internetGateway: "aws:ec2/internetGateway:InternetGateway",
} as const;

/** A rule for TCP port 8200 from somewhere, as security groups hold it inline. */
export function inline(peer: Readonly<Record<string, unknown>>, more = {}): unknown {
    return { protocol: "tcp", fromPort: 8200, toPort: 8200, ...peer, ...more };
}

/** A group whose inline ingress rules are these. */
export function groupWith(ingress: unknown, name = "nodes"): RegisteredResource {
    return resource(token.securityGroup, name, { ingress });
}

/** A group with a server behind it and separate rules on it. */
export function serverBehind(group: RegisteredResource, name = "vault"): RegisteredResource {
    return resource(token.instance, name, { vpcSecurityGroupIds: [from(group)] });
}
