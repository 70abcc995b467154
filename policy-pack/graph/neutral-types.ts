import { TypeToken } from "../../aws/type-tokens";

/** Types of compute, IAM and network that the pack knows and no rule needs to read, each with the reason. */
export const neutralTypes: Readonly<Record<string, string>> = {
    [TypeToken.Vpc]: "opens nothing by itself: routes, security groups and endpoints do",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": "names resolvers and time servers, opens no path",
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation":
        "names resolvers and time servers, opens no path",
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation":
        "adds private addresses, opens no path",
    "aws:ec2/subnetCidrReservation:SubnetCidrReservation": "keeps addresses free, opens no path",
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation":
        "adds a route to an endpoint, which is judged itself",
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation":
        "places an endpoint, which is judged itself",
    "aws:vpc/endpointPrivateDns:EndpointPrivateDns": "names an endpoint, which is judged itself",
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": "can only close paths",
    "aws:ec2/vpcEncryptionControl:VpcEncryptionControl": "can only refuse unencrypted traffic",
    "aws:autoscaling/lifecycleHook:LifecycleHook": "delays a launch or an end, changes no server",
    "aws:autoscaling/notification:Notification": "tells people, changes no server",
    "aws:autoscaling/tag:Tag": "labels a group, whose servers are judged themselves",
    "aws:iam/accountAlias:AccountAlias": "names the account for its sign-in page",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": "a role whose policy and trust AWS alone writes",
    "aws:iam/virtualMfaDevice:VirtualMfaDevice": "adds a second factor, takes nothing away",
};
