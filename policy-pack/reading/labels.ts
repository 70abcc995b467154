import { balancerTypes, classicBalancerType, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";

const kinds: Readonly<Record<string, string>> = {
    [TypeToken.Instance]: "instance",
    [TypeToken.SpotInstanceRequest]: "spot instance request",
    [TypeToken.SpotFleetRequest]: "spot fleet request",
    [TypeToken.LaunchTemplate]: "launch template",
    [TypeToken.LaunchConfiguration]: "launch configuration",
    [TypeToken.AutoScalingGroup]: "Auto Scaling group",
    [TypeToken.SecurityGroup]: "security group",
    [TypeToken.DefaultSecurityGroup]: "default security group",
    [TypeToken.SecurityGroupRule]: "rule",
    [TypeToken.SecurityGroupIngressRule]: "rule",
    [TypeToken.SecurityGroupEgressRule]: "rule",
    [TypeToken.ManagedPrefixList]: "prefix list",
    [TypeToken.ManagedPrefixListEntry]: "prefix list entry",
    [TypeToken.Subnet]: "subnet",
    [TypeToken.DefaultSubnet]: "default subnet",
    [TypeToken.RouteTable]: "route table",
    [TypeToken.DefaultRouteTable]: "default route table",
    [TypeToken.Vpc]: "VPC",
    [TypeToken.DefaultVpc]: "default VPC",
    [TypeToken.NetworkInterface]: "network interface",
    [TypeToken.KmsKey]: "key",
    [TypeToken.KmsAlias]: "key alias",
    [TypeToken.KmsGrant]: "grant",
    [TypeToken.InstanceProfile]: "instance profile",
    [TypeToken.Role]: "role",
    [TypeToken.VpcEndpoint]: "endpoint",
    [TypeToken.NetworkAcl]: "network ACL",
    [TypeToken.DefaultNetworkAcl]: "default network ACL",
    ...Object.fromEntries(
        [...balancerTypes, classicBalancerType].map((type) => [type, "load balancer"]),
    ),
};

/** A resource as messages name it: `security group "vault-nodes"`. */
export function label(resource: RegisteredResource): string {
    const kind = kinds[resource.type] ?? resource.type.split(":").at(-1) ?? resource.type;
    return `${kind} "${resource.name}"`;
}

/** A chain of resources from the server outwards: `instance "a" ← security group "b" ← rule "c"`. */
export function chain(...links: readonly (RegisteredResource | string | undefined)[]): string {
    return links
        .filter((link) => link !== undefined)
        .map((link) => (typeof link === "string" ? link : label(link)))
        .join(" ← ");
}
