import type { PolicyRecord } from "../policy";

/** Security groups, subnets, routes, endpoints and flow logs. */
export const networkPolicies: readonly PolicyRecord[] = [
    {
        name: "sg-no-public-ingress",
        displayName: "No ingress from public addresses",
        description:
            "The rules that together open a key server's security groups must not let in any public address that is not allow-listed.",
        rationale:
            "A key server that the internet can reach is attacked by everybody from its first minute.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Let in the security groups of named clients instead of an address range.",
            example:
                'new aws.vpc.SecurityGroupIngressRule("clients", { securityGroupId: serverGroup.id, referencedSecurityGroupId: clientGroup.id, ipProtocol: "tcp", fromPort: 8200, toPort: 8200, description: "API from clients" });',
        },
        remediable: false,
        parameters: ["allowedPublicCidrs"],
    },
    {
        name: "sg-no-admin-ports",
        displayName: "No ports of remote administration",
        description:
            "No rule may open a port of remote administration or of a clear-text service on a key server, from anywhere.",
        rationale:
            "SSH, RDP, telnet and FTP are the doors that are tried first; Session Manager needs none of them.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Remove the rule and administer through Session Manager.",
            example:
                'new aws.vpc.SecurityGroupEgressRule("ssm", { securityGroupId: serverGroup.id, referencedSecurityGroupId: endpointGroup.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "Session Manager through the endpoints" });',
        },
        remediable: false,
        parameters: ["adminPorts"],
    },
    {
        name: "sg-service-ports-from-approved-sources",
        displayName: "Only service ports, only from approved sources",
        description:
            "A key server may be reached on approved service ports only, and only from security groups or allow-listed ranges.",
        rationale: "Every further port or source is a way in that nobody decided on.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the port and the client's security group.",
            example:
                'new aws.vpc.SecurityGroupIngressRule("api", { securityGroupId: serverGroup.id, referencedSecurityGroupId: clientGroup.id, ipProtocol: "tcp", fromPort: 8200, toPort: 8200, description: "API from clients" });',
        },
        remediable: false,
        parameters: [
            "approvedServicePorts",
            "allowedIngressCidrs",
            "allowedPublicCidrs",
            "allowedCidrMinimumPrefixLength",
        ],
    },
    {
        name: "sg-egress-restricted",
        displayName: "Egress is restricted",
        description:
            "A key server may open connections only to endpoints, named security groups, prefix lists and allow-listed ranges.",
        rationale: "Free egress lets stolen keys leave and malware call home.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Replace the open rule by one for port 443 to the endpoints' security group.",
            example:
                'new aws.vpc.SecurityGroupEgressRule("endpoints", { securityGroupId: serverGroup.id, referencedSecurityGroupId: endpointGroup.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "AWS services through the endpoints" });',
        },
        remediable: false,
        parameters: [
            "allowedEgressCidrs",
            "allowedEgressPrefixLists",
            "allowedCidrMinimumPrefixLength",
        ],
    },
    {
        name: "default-sg-closed",
        displayName: "The default security group is closed",
        description:
            "The default security group of a key server's VPC must be adopted and have no rules.",
        rationale:
            "Anything that is started without a group lands in the default one and may then talk to its neighbours.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Adopt the default group without rules.",
            example:
                'new aws.ec2.DefaultSecurityGroup("closed", { vpcId: vpc.id, ingress: [], egress: [] });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "subnet-private",
        displayName: "Subnets are private",
        description:
            "Subnets of key servers must give no public addresses and have no route to an internet gateway.",
        rationale: "One route turns a private server into one that the internet reaches.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Switch public addresses off and use a route table without an internet gateway.",
            example:
                'new aws.ec2.Subnet("private", { vpcId: vpc.id, cidrBlock: "10.20.1.0/24", mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false });',
        },
        remediable: false,
        parameters: [],
    },
];
