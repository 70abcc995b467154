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
            "adminPorts",
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
            "The default security group of every VPC must be adopted and have no rules: AWS makes it open among its members, whoever uses the VPC.",
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
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "sg-no-all-protocol-or-wide-range",
        displayName: "No open protocols, no wide port ranges",
        description: "A rule must name one protocol and a narrow range of ports.",
        rationale: "A wide range opens services that are started later and that nobody thought of.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name protocol and port.",
            example:
                'new aws.vpc.SecurityGroupIngressRule("cluster", { securityGroupId: serverGroup.id, referencedSecurityGroupId: serverGroup.id, ipProtocol: "tcp", fromPort: 8201, toPort: 8201, description: "Raft between servers" });',
        },
        remediable: false,
        parameters: ["maximumPortsPerRule"],
    },
    {
        name: "sg-rules-described",
        displayName: "Rules say what they are for",
        description: "Every security-group rule and group must have a description of its own.",
        rationale: "A rule that nobody can explain is a rule that nobody dares to remove.",
        severity: "low",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Write what the rule is for.",
            example:
                'new aws.vpc.SecurityGroupIngressRule("api", { securityGroupId: serverGroup.id, referencedSecurityGroupId: clientGroup.id, ipProtocol: "tcp", fromPort: 8200, toPort: 8200, description: "API from the payment service" });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "sg-no-mixed-rule-management",
        displayName: "A group's rules are managed in one place",
        description:
            "A security group must have inline rules or separate ones, not both, and each rule one owner.",
        rationale: "Two owners undo each other's rules, so what was reviewed is not what holds.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Move inline rules to separate rule resources.",
            example:
                'new aws.ec2.SecurityGroup("servers", { vpcId: vpc.id, description: "Key servers; rules are separate resources" });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "server-eni-uses-only-hardened-sg",
        displayName: "Servers use only known security groups",
        description:
            "Every network interface of a key server must name its security groups, all of this stack, none of them the VPC's default group.",
        rationale:
            "A group that this stack does not know can be opened by somebody else at any time.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the groups of this stack.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { vpcSecurityGroupIds: [serverGroup.id] };",
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "flow-logs-complete",
        displayName: "Flow logs are complete",
        description:
            "Every VPC or subnet of key servers must log accepted and rejected flows every minute to a destination that passes the log policies. Where a stack has no server, every VPC counts: who will use it is not known.",
        rationale: "Without flow logs nobody can say later who talked to a key server.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Log all traffic with an aggregation of 60 seconds.",
            example:
                'new aws.ec2.FlowLog("flows", { vpcId: vpc.id, trafficType: "ALL", maxAggregationInterval: 60, logDestination: logGroup.arn, iamRoleArn: flowLogRole.arn });',
        },
        remediable: false,
        parameters: ["flowLogAggregationSeconds", "accountAttestations", "attestationAgeDays"],
    },
    {
        name: "required-vpc-endpoints",
        displayName: "The closed network has its endpoints",
        description:
            "A network without a way to the internet must have the endpoints that management, logs and keys need, with private names, in the servers' subnets, behind a closed group. The endpoint ec2messages is needed only where the region has it.",
        rationale:
            "A server that cannot reach these services is neither managed, patched nor heard.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Add the missing endpoint with private DNS.",
            example:
                'new aws.ec2.VpcEndpoint("ssm", { vpcId: vpc.id, serviceName: "com.amazonaws.eu-central-1.ssm", vpcEndpointType: "Interface", privateDnsEnabled: true, subnetIds: [privateSubnet.id], securityGroupIds: [endpointGroup.id] });',
        },
        remediable: false,
        parameters: ["requiredEndpointServices", "accountAttestations", "attestationAgeDays"],
    },
    {
        name: "vpc-endpoint-policy-scoped",
        displayName: "Endpoint policies are scoped",
        description:
            "Every endpoint must have a policy that admits only the own account or organisation; AWS's own buckets and documents may be read without a condition on the caller.",
        rationale: "An open endpoint carries stolen data to an intruder's own account.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Limit the endpoint to principals of the own account.",
            example:
                'new aws.ec2.VpcEndpoint("logs", { vpcId: vpc.id, serviceName: "com.amazonaws.eu-central-1.logs", vpcEndpointType: "Interface", policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }] }) });',
        },
        remediable: false,
        parameters: ["trustedAccounts"],
    },
    {
        name: "nacl-no-open-admin",
        displayName: "Network ACLs keep administration ports closed",
        description:
            "Network ACLs of key-server subnets must not admit ports of remote administration from everywhere.",
        rationale:
            "The network ACL is what remains when somebody opens a security group by mistake.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Admit the service ports from the own network only.",
            example:
                'new aws.ec2.NetworkAclRule("api", { networkAclId: networkAcl.id, ruleNumber: 100, protocol: "tcp", ruleAction: "allow", cidrBlock: "10.20.0.0/16", fromPort: 8200, toPort: 8201 });',
        },
        remediable: false,
        parameters: ["adminPorts"],
    },
];
