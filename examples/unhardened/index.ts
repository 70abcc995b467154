import * as aws from "@pulumi/aws";

const vpc = new aws.ec2.Vpc("vault", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });

const gateway = new aws.ec2.InternetGateway("vault", { vpcId: vpc.id });

const routes = new aws.ec2.RouteTable("vault", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
});

const subnet = new aws.ec2.Subnet("vault", {
    vpcId: vpc.id,
    cidrBlock: "10.0.1.0/24",
    mapPublicIpOnLaunch: true,
});

new aws.ec2.RouteTableAssociation("vault", { subnetId: subnet.id, routeTableId: routes.id });

const group = new aws.ec2.SecurityGroup("vault", {
    vpcId: vpc.id,
    ingress: [
        { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] },
        { protocol: "tcp", fromPort: 8200, toPort: 8201, cidrBlocks: ["0.0.0.0/0"] },
    ],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const login = new aws.ec2.KeyPair("vault", {
    publicKey:
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEx0tVbnqnOSbjA9bXTiXCqFrmO5m1KHNrF0tmSlmBUh vault",
});

const unsealKey = new aws.kms.Key("unseal", { description: "Vault auto-unseal" });

const role = new aws.iam.Role("vault", {
    assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "ec2.amazonaws.com" },
                Action: "sts:AssumeRole",
            },
        ],
    }),
});

new aws.iam.RolePolicy("vault", {
    role: role.name,
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["kms:*", "ec2:Describe*"], Resource: "*" }],
    }),
});

const profile = new aws.iam.InstanceProfile("vault", { role: role.name });

new aws.cloudwatch.LogGroup("vault", { retentionInDays: 30 });

const image = aws.ec2.getAmiOutput({
    mostRecent: true,
    owners: ["099720109477"],
    filters: [
        { name: "name", values: ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"] },
    ],
});

const server = new aws.ec2.Instance("vault", {
    ami: image.id,
    instanceType: "t3.micro",
    subnetId: subnet.id,
    vpcSecurityGroupIds: [group.id],
    associatePublicIpAddress: true,
    keyName: login.keyName,
    iamInstanceProfile: profile.name,
    userData: unsealKey.id.apply(
        (keyId) => `#!/bin/bash
apt-get update && apt-get install -y vault
cat > /etc/vault.d/vault.hcl <<CONFIG
ui = true
storage "raft" { path = "/opt/vault/data" }
listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = 1
}
seal "awskms" { kms_key_id = "${keyId}" }
CONFIG
systemctl enable --now vault
`,
    ),
    tags: { Name: "vault" },
});

export const address = server.publicIp;
