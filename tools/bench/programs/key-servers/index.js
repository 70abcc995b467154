"use strict";

// A component with one closed security group and one hardened server, as often as the configuration says.
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Server extends pulumi.ComponentResource {
    constructor(name, opts) {
        super("acme:index:Server", name, {}, opts);
        const group = new aws.ec2.SecurityGroup(
            name,
            { vpcId: "vpc-0123456789abcdef0", description: `Traffic of ${name}` },
            { parent: this },
        );
        const server = new aws.ec2.Instance(
            name,
            {
                ami: "ami-0123456789abcdef0",
                instanceType: "m7g.large",
                subnetId: "subnet-0123456789abcdef0",
                vpcSecurityGroupIds: [group.id],
                iamInstanceProfile: "key-server",
                associatePublicIpAddress: false,
                disableApiStop: true,
                disableApiTermination: true,
                metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
                rootBlockDevice: {
                    encrypted: true,
                    kmsKeyId:
                        "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
                },
                tags: { "keyward:role": "key-server", PatchGroup: "production" },
            },
            { parent: this },
        );
        this.registerOutputs({ serverId: server.id });
    }
}

const count = new pulumi.Config().requireNumber("servers");
for (let index = 0; index < count; index++) {
    new Server(`server-${index}`);
}
