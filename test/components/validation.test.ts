import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";
import { problemsOfPrivateCidr, subnetOf } from "../../components/validation/cidr";
import { record } from "../support/monitor";
import { clusterArgs, logGroups, logKeyArn, serverArgs } from "./programs";

/** Property path and reason of each problem that a constructor throws. */
async function refusals(program: () => unknown): Promise<Record<string, string>> {
    try {
        await record(program);
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return Object.fromEntries(
            error.errors.map(({ propertyPath, reason }) => [propertyPath, reason]),
        );
    }
    return {};
}

describe("refused arguments", () => {
    it("of a server are reported all together, each with its path, its value and what is allowed", async () => {
        const refused = await refusals(
            () =>
                new keyward.KeyServer("vault-1", {
                    ...serverArgs,
                    workload: "valut",
                    operatingSystem: "debian-11",
                    architecture: "riscv64",
                    instanceType: "large",
                    servicePorts: [0, 8200, 65_536, 1.5],
                    rootVolumeGibibytes: 4,
                    clients: [
                        { name: "internet", cidrBlock: "0.0.0.0/0" },
                        { name: "everyone", cidrBlock: "10.0.0.0/8" },
                        { name: "typing", cidrBlock: "10.20.0.300/24" },
                        { name: "unaligned", cidrBlock: "10.20.0.1/24" },
                        { name: "both", cidrBlock: "10.20.0.0/24", securityGroupId: "sg-1" },
                        { name: "neither" },
                        { name: "Neither!", securityGroupId: "sg-1" },
                        { name: "!", securityGroupId: "sg-1" },
                    ],
                }),
        );
        assert.deepEqual(refused, {
            workload:
                'workload must be one of "openbao", "vault", "ejbca", "cosmian-kms", "barbican", "cloudhsm-client", "custom", got "valut" (Keyward\'s: what the host profile confines)',
            "servicePorts[0]":
                "servicePorts[0] must be a whole number from 1 to 65535, got 0 (RFC 9293 3.1; RFC 6335 6)",
            "servicePorts[2]":
                "servicePorts[2] must be a whole number from 1 to 65535, got 65536 (RFC 9293 3.1; RFC 6335 6)",
            "servicePorts[3]":
                "servicePorts[3] must be a whole number from 1 to 65535, got 1.5 (RFC 9293 3.1; RFC 6335 6)",
            "clients[0].cidrBlock":
                'clients[0].cidrBlock must be a private range, got "0.0.0.0/0" (RFC 1918, RFC 6598 or RFC 4193)',
            "clients[1].cidrBlock":
                'clients[1].cidrBlock must not be wider than /16, got "10.0.0.0/8" (Amazon VPC user guide, VPC CIDR blocks)',
            "clients[2].cidrBlock":
                'clients[2].cidrBlock must be a range in CIDR notation such as 10.20.0.0/20, got "10.20.0.300/24" (RFC 4632 3.1)',
            "clients[3].cidrBlock":
                'clients[3].cidrBlock must start at its first address, 10.20.0.0/24, got "10.20.0.1/24" (RFC 4632 3.1)',
            "clients[4]":
                "clients[4] must have exactly one of securityGroupId and cidrBlock, got both",
            "clients[5]":
                "clients[5] must have exactly one of securityGroupId and cidrBlock, got neither",
            "clients[6].name":
                "clients[6].name must differ from the other clients' names, got \"Neither!\" twice (Keyward's: it becomes part of names of resources)",
            "clients[7].name":
                'clients[7].name must hold a letter or digit, got "!" (Keyward\'s: it becomes part of names of resources)',
            operatingSystem:
                'operatingSystem must be one of "amazon-linux-2023", "debian-12", "debian-13", "ubuntu-24.04", got "debian-11" (docs/support.md)',
            architecture:
                'architecture must be one of "x86_64", "arm64", got "riscv64" (Amazon EC2 API reference, Image; published by every system of the catalog)',
            instanceType:
                'instanceType must be an EC2 instance type such as "m7i.large", got "large" (Amazon EC2 instance types guide, naming conventions)',
            rootVolumeGibibytes:
                "rootVolumeGibibytes must be a whole number from 8 to 1024, got 4 (Amazon EBS user guide, volume types: gp3; the bounds are Keyward's)",
        });
    });

    it("of a server name an instance type of another architecture than the image's", async () => {
        const refused = await refusals(
            () => new keyward.KeyServer("vault-1", { ...serverArgs, instanceType: "m7g.large" }),
        );
        assert.deepEqual(refused, {
            instanceType:
                'instanceType must run x86_64 images, got "m7g.large": change it or the architecture',
        });
    });

    it("of a server include an image of another architecture, found by asking for it", () => {
        const script = `
            const { KeyServer } = require("./components");
            const { record } = require("./test/support/monitor");
            const { serverArgs } = require("./test/components/programs");
            const [imageId, architecture] = process.argv.slice(1);
            void record(() => new KeyServer("vault-1", { ...serverArgs, imageId, architecture }));`;
        const start = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
            spawnSync(
                process.execPath,
                ["-r", "ts-node/register/transpile-only", "-e", script, ...args],
                { cwd: join(__dirname, "..", ".."), encoding: "utf8" },
            );
        const { status, stderr } = start("ami-0a64");
        assert.equal(status, 1);
        assert.match(
            String(stderr),
            /KeyServer "vault-1" refuses imageId: it must be an image of architecture x86_64, got "ami-0a64", which has arm64; change it or the architecture/,
        );
        assert.equal(start("ami-0a64", "arm64").status, 0);
        assert.equal(start("ami-0b86").status, 0);
    }).timeout(60_000);

    it("of a server include an image from two sources, and a parameter that is none", async () => {
        const started = (
            changes: Partial<keyward.KeyServerArgs>,
        ): Promise<Record<string, string>> =>
            refusals(() => new keyward.KeyServer("vault-1", { ...serverArgs, ...changes }));
        assert.deepEqual(await started({ imageParameterName: "/imagebuilder/vault" }), {});
        assert.deepEqual(
            await started({ imageId: "ami-0b86", imageParameterName: "/imagebuilder/vault" }),
            {
                imageParameterName:
                    "imageParameterName must not be given with imageId: the image comes from one of them",
            },
        );
        assert.deepEqual(await started({ imageParameterName: "newest" }), {
            imageParameterName:
                'imageParameterName must be a parameter of Systems Manager such as "/imagebuilder/vault", got "newest" (AWS Systems Manager API reference, PutParameter)',
        });
    });

    it("of a server include ids and ARNs of another kind, all together", async () => {
        const refused = await refusals(
            () =>
                new keyward.KeyServer("vault-1", {
                    ...serverArgs,
                    placement: {
                        vpcId: "subnet-1",
                        subnetId: "vpc-1",
                        endpointClientSecurityGroupId: "default",
                    },
                    logGroups: { ...logGroups, systemLogGroupArn: "/keyward/system" },
                    volumeKeyArn: "alias/volumes",
                    alarmTopicArn: "alarms",
                    patchGroup: "",
                    clients: [{ name: "payment", securityGroupId: "payment" }],
                    imageId: "latest",
                    permissionsBoundaryArn: "boundary",
                    bundles: [{ bucket: "b", key: "k", sha256: "abc" }],
                }),
        );
        assert.deepEqual(refused, {
            "clients[0].securityGroupId":
                'clients[0].securityGroupId must be the id of a security group such as "sg-0123456789abcdef0", got "payment" (Amazon EC2 user guide, resource IDs)',
            imageId:
                'imageId must be the id of an image such as "ami-0123456789abcdef0", got "latest" (Amazon EC2 user guide, resource IDs)',
            permissionsBoundaryArn:
                'permissionsBoundaryArn must be an ARN of iam, got "boundary" (IAM user guide, Amazon Resource Names (ARNs))',
            "placement.vpcId":
                'placement.vpcId must be the id of a VPC such as "vpc-0123456789abcdef0", got "subnet-1" (Amazon EC2 user guide, resource IDs)',
            "placement.subnetId":
                'placement.subnetId must be the id of a subnet such as "subnet-0123456789abcdef0", got "vpc-1" (Amazon EC2 user guide, resource IDs)',
            "placement.endpointClientSecurityGroupId":
                'placement.endpointClientSecurityGroupId must be the id of a security group such as "sg-0123456789abcdef0", got "default" (Amazon EC2 user guide, resource IDs)',
            "logGroups.systemLogGroupArn":
                'logGroups.systemLogGroupArn must be an ARN of logs, got "/keyward/system" (IAM user guide, Amazon Resource Names (ARNs))',
            volumeKeyArn:
                'volumeKeyArn must be an ARN of kms, got "alias/volumes" (IAM user guide, Amazon Resource Names (ARNs))',
            alarmTopicArn:
                'alarmTopicArn must be an ARN of sns, got "alarms" (IAM user guide, Amazon Resource Names (ARNs))',
            patchGroup:
                'patchGroup must be a tag\'s value of 1 to 256 letters, digits, spaces and _ . : / = + - @, got "" (Amazon EC2 user guide, tag restrictions)',
            "bundles[0].bucket":
                'bundles[0].bucket must be the name of a bucket such as "programs-111122223333", got "b" (Amazon S3 user guide, general purpose bucket naming rules)',
            "bundles[0].sha256":
                'bundles[0].sha256 must be a SHA-256 of 64 hexadecimal digits in lower case, got "abc" (FIPS 180-4, written as sha256sum(1) does)',
        });
    });

    it("of a server include software that its makers call a demonstration", async () => {
        const refused = await refusals(
            () => new keyward.KeyServer("vault-1", { ...serverArgs, workload: "pykmip" }),
        );
        assert.match(refused.workload ?? "", /^workload must be one of .*, got "pykmip": .+/);
    });

    it("of a server include clients of custom software without ports", async () => {
        const refused = await refusals(
            () => new keyward.KeyServer("vault-1", { ...serverArgs, workload: "custom" }),
        );
        assert.deepEqual(refused, {
            servicePorts:
                'servicePorts must name the ports that clients reach, because workload "custom" has none of its own',
            workloadUser:
                'workloadUser must name an account other than root of workload "custom", so that it is confined',
            workloadUnit:
                'workloadUnit must name a unit such as kms.service of workload "custom", so that it is confined',
        });
    });

    it("of a server include software that runs as root, and names for software that has its own", async () => {
        const named = (workload: string, workloadUser: string): Promise<Record<string, string>> =>
            refusals(
                () =>
                    new keyward.KeyServer("kms-1", {
                        ...serverArgs,
                        workload,
                        servicePorts: [8443],
                        workloadUser,
                        workloadUnit: workload === "custom" ? "kms.service" : undefined,
                    }),
            );
        assert.deepEqual(await named("custom", "root"), {
            workloadUser:
                'workloadUser must be an account other than root, got "root" (useradd(8) of shadow-utils, names of users; NIST SP 800-53 revision 5 AC-6)',
        });
        assert.deepEqual(await named("vault", "kms"), {
            workloadUser:
                'workloadUser must not be given for HashiCorp Vault, which has its own, got "kms"',
        });
        assert.deepEqual(await named("custom", "kms"), {});
    });

    it("of a server include Debian and Ubuntu without a package mirror, and a mirror without a way there", async () => {
        const mirrored = (
            operatingSystem: string,
            packageMirror?: keyward.PackageMirrorArgs,
        ): Promise<Record<string, string>> =>
            refusals(
                () =>
                    new keyward.KeyServer("vault-1", {
                        ...serverArgs,
                        operatingSystem,
                        packageMirror,
                    }),
            );
        for (const [id, title] of [
            ["debian-12", "Debian 12 (bookworm)"],
            ["debian-13", "Debian 13 (trixie)"],
            ["ubuntu-24.04", "Ubuntu 24.04 LTS (noble, minimal)"],
        ] as const) {
            assert.deepEqual(await mirrored(id), {
                packageMirror: `packageMirror must name a package mirror, because those of ${title} are not in Amazon S3 and a closed network has no other way out (docs/support.md)`,
            });
        }
        assert.deepEqual(await mirrored("amazon-linux-2023"), {});
        const url = "https://mirror.example.internal/debian";
        assert.deepEqual(await mirrored("debian-12", { url, cidrBlock: "10.90.0.0/28" }), {});
        assert.deepEqual(await mirrored("debian-12", { url: "ftp://mirror" }), {
            "packageMirror.url":
                'packageMirror.url must be a URL such as "https://mirror.example.internal/debian", got "ftp://mirror" (RFC 3986 3; apt-transport-http(1) and apt-transport-https(1))',
            packageMirror:
                "packageMirror must have exactly one of cidrBlock and securityGroupId, because security groups take no host names, got neither",
        });
        assert.deepEqual(
            await mirrored("debian-12", {
                url,
                cidrBlock: "203.0.113.0/28",
                securityGroupId: "mirror",
                transitGatewayId: "tgw-1",
            }),
            {
                packageMirror:
                    "packageMirror must have exactly one of cidrBlock and securityGroupId, because security groups take no host names, got both",
                "packageMirror.cidrBlock":
                    'packageMirror.cidrBlock must be a private range, got "203.0.113.0/28" (RFC 1918, RFC 6598 or RFC 4193)',
                "packageMirror.securityGroupId":
                    'packageMirror.securityGroupId must be the id of a security group such as "sg-0123456789abcdef0", got "mirror" (Amazon EC2 user guide, resource IDs)',
                "packageMirror.transitGatewayId":
                    "packageMirror.transitGatewayId must not be given here: the network's owner routes to the mirror",
            },
        );
    });

    it("of a network include a package mirror that nothing leads to", async () => {
        const url = "https://mirror.example.internal/debian";
        const network = (
            packageMirror: Omit<keyward.PackageMirrorArgs, "url">,
        ): Promise<Record<string, string>> =>
            refusals(
                () =>
                    new keyward.KeyServerNetwork("vault", {
                        logKeyArn,
                        packageMirror: { ...packageMirror, url },
                    }),
            );
        assert.deepEqual(await network({ cidrBlock: "10.90.0.0/28" }), {
            packageMirror:
                'packageMirror must have exactly one of transitGatewayId and vpcPeeringConnectionId, because "10.90.0.0/28" lies outside the VPC\'s "10.80.0.0/22" and nothing else leads there',
        });
        assert.deepEqual(
            Object.keys(
                await network({
                    cidrBlock: "10.90.0.0/28",
                    transitGatewayId: "tgw-1",
                    vpcPeeringConnectionId: "pcx-1",
                }),
            ),
            ["packageMirror"],
        );
        assert.deepEqual(await network({ cidrBlock: "10.80.3.0/28", transitGatewayId: "tgw-1" }), {
            packageMirror:
                "packageMirror must have no transitGatewayId and no vpcPeeringConnectionId: it lies in the VPC itself",
        });
        assert.deepEqual(await network({ cidrBlock: "10.90.0.0/28", transitGatewayId: "vgw-1" }), {
            "packageMirror.transitGatewayId":
                'packageMirror.transitGatewayId must be the id of a transit gateway such as "tgw-0123456789abcdef0", got "vgw-1" (Amazon EC2 user guide, resource IDs)',
        });
        assert.deepEqual(
            await network({ cidrBlock: "10.90.0.0/28", transitGatewayId: "tgw-1" }),
            {},
        );
        assert.deepEqual(await network({ cidrBlock: "10.80.3.0/28" }), {});
        assert.deepEqual(await network({ securityGroupId: "sg-1" }), {});
    });

    it("of a network include an adopted VPC without subnets, with one zone, with arguments of a new one, and services twice", async () => {
        const adopted = {
            vpcId: "vpc-1",
            cidrBlock: "10.70.0.0/20",
            subnetIds: ["subnet-1", "subnet-2"],
            availabilityZones: ["eu-central-1a", "eu-central-1b"],
            routeTableIds: ["rtb-1"],
        };
        const network = (
            changes: Partial<keyward.KeyServerNetworkArgs>,
        ): Promise<Record<string, string>> =>
            refusals(
                () => new keyward.KeyServerNetwork("vault", { logKeyArn, adopted, ...changes }),
            );
        assert.deepEqual(await network({}), {});
        assert.deepEqual(
            await network({
                adopted: { ...adopted, subnetIds: [], availabilityZones: [] },
                cidrBlock: "10.80.0.0/22",
                availabilityZones: ["eu-central-1a", "eu-central-1b"],
            }),
            {
                cidrBlock: "cidrBlock must not be given with adopted: it is about a new VPC",
                availabilityZones:
                    "availabilityZones must not be given with adopted: it is about a new VPC",
                "adopted.subnetIds":
                    "adopted.subnetIds must name the private subnets of the VPC, got none",
            },
        );
        assert.deepEqual(
            await network({
                organizationId: "acme",
                logKeyArn: "alias/logs",
                adopted: {
                    ...adopted,
                    vpcId: "my-vpc",
                    cidrBlock: "198.51.100.0/24",
                    availabilityZones: ["eu-central-1a", "eu-central-1a"],
                    routeTableIds: ["main"],
                    endpoints: [
                        { service: "ssm", securityGroupId: "sg-1" },
                        { service: "ssm", securityGroupId: "default" },
                    ],
                },
            }),
            {
                "adopted.vpcId":
                    'adopted.vpcId must be the id of a VPC such as "vpc-0123456789abcdef0", got "my-vpc" (Amazon EC2 user guide, resource IDs)',
                "adopted.cidrBlock":
                    'adopted.cidrBlock must be a private range, got "198.51.100.0/24" (RFC 1918, RFC 6598 or RFC 4193)',
                "adopted.availabilityZones":
                    'adopted.availabilityZones must be 2 different zones, so that a majority of servers survives the failure of one, got ["eu-central-1a","eu-central-1a"] (AWS Well-Architected Framework REL10-BP01)',
                "adopted.routeTableIds[0]":
                    'adopted.routeTableIds[0] must be the id of a route table such as "rtb-0123456789abcdef0", got "main" (Amazon EC2 user guide, resource IDs)',
                "adopted.endpoints[1].service":
                    'adopted.endpoints[1].service must differ from the others, got "ssm" twice',
                "adopted.endpoints[1].securityGroupId":
                    'adopted.endpoints[1].securityGroupId must be the id of a security group such as "sg-0123456789abcdef0", got "default" (Amazon EC2 user guide, resource IDs)',
                organizationId:
                    'organizationId must be the id of an organisation such as "o-a1b2c3d4e5", got "acme" (AWS Organizations API reference, Organization)',
                logKeyArn:
                    'logKeyArn must be an ARN of kms, got "alias/logs" (IAM user guide, Amazon Resource Names (ARNs))',
            },
        );
    });

    it("of a network are reported all together", async () => {
        const { region, ...refused } = await refusals(
            () =>
                new keyward.KeyServerNetwork("vault", {
                    cidrBlock: "203.0.113.0/24",
                    availabilityZones: ["eu-central-1a"],
                    interfaceEndpoints: ["SSM", "s3", "ec2messages"],
                    region: "mx-central-1",
                    logKeyArn,
                    flowLogRetentionDays: 30,
                }),
        );
        assert.match(region ?? "", /^region must .*got "mx-central-1"/);
        assert.deepEqual(refused, {
            cidrBlock:
                'cidrBlock must be a private range, got "203.0.113.0/24" (RFC 1918, RFC 6598 or RFC 4193)',
            availabilityZones:
                "availabilityZones must name two to six zones so that one zone's failure is survived, got 1 (AWS Well-Architected Framework REL10-BP01)",
            "interfaceEndpoints[0]":
                'interfaceEndpoints[0] must be a service\'s name in lower case such as "ssm", got "SSM" (AWS PrivateLink guide, services that integrate with AWS PrivateLink)',
            "interfaceEndpoints[1]":
                'interfaceEndpoints[1] must not be "s3": Amazon S3 is reached through its gateway endpoint, which is always made',
            "interfaceEndpoints[2]":
                'interfaceEndpoints[2] must not be "ec2messages" in mx-central-1: that region does not have it',
            flowLogRetentionDays:
                "flowLogRetentionDays must be at least 365 days, got 30 (PCI DSS 4.0.1 10.5.1 (twelve months, three of them at hand))",
        });
    });

    it("of a network include the same zone twice", async () => {
        const refused = await refusals(
            () =>
                new keyward.KeyServerNetwork("vault", {
                    availabilityZones: ["eu-central-1a", "eu-central-1a"],
                    logKeyArn,
                }),
        );
        assert.deepEqual(Object.keys(refused), ["availabilityZones"]);
    });

    it("of log groups include retentions below the catalog's and such as CloudWatch Logs does not offer", async () => {
        const retention = (days: number): Promise<Record<string, string>> =>
            refusals(
                () => new keyward.KeyServerAuditLog("vault", { logKeyArn, retentionDays: days }),
            );
        assert.match((await retention(364)).retentionDays ?? "", /at least 365 days, got 364/);
        assert.match((await retention(366)).retentionDays ?? "", /next longer is 400, got 366/);
        assert.deepEqual(await retention(400), {});
    });

    it("of keys are reported all together", async () => {
        const refused = await refusals(
            () =>
                new keyward.KeyServerEncryption("vault", {
                    administratorArns: ["key-administrator", "arn:aws:iam::111122223333:role/*"],
                    rotationDays: 1000,
                }),
        );
        assert.deepEqual(Object.keys(refused), [
            "administratorArns[0]",
            "administratorArns[1]",
            "rotationDays",
        ]);
    });

    it("of patching are reported all together", async () => {
        const refused = await refusals(
            () =>
                new keyward.KeyServerPatching("vault", {
                    patchLogGroupArn: logGroups.patchLogGroupArn,
                    operatingSystems: ["debian-13", "windows"],
                    installSchedule: "rate(1 day)",
                    timeZone: "Mars/Olympus",
                    windowHours: 1,
                    scanSchedule: "every day",
                }),
        );
        assert.deepEqual(refused, {
            "operatingSystems[1]":
                'operatingSystems[1] must be one of "amazon-linux-2023", "debian-12", "debian-13", "ubuntu-24.04", got "windows" (docs/support.md)',
            installSchedule:
                'installSchedule must be a cron(…) expression, which has a fixed time, got "rate(1 day)" (AWS Systems Manager user guide, cron and rate expressions)',
            timeZone:
                'timeZone must be a time zone in IANA\'s spelling such as "Europe/Zurich", got "Mars/Olympus" (IANA Time Zone Database)',
            windowHours:
                "windowHours must be a whole number from 2 to 24, got 1 (AWS Systems Manager API reference, CreateMaintenanceWindow)",
            scanSchedule:
                'scanSchedule cannot be read: a schedule must be cron(…), rate(…) or at(…), got "every day" (AWS Systems Manager user guide, cron and rate expressions)',
        });
    });

    it("do not include values that are not known yet", async () => {
        const later = pulumi.output(Promise.resolve("0.0.0.0/0"));
        assert.deepEqual(
            await refusals(
                () =>
                    new keyward.KeyServer("vault-1", {
                        ...serverArgs,
                        clients: [{ name: "later", cidrBlock: later }],
                    }),
            ),
            {},
        );
    });
});

describe("private ranges", () => {
    const reasonFor = (cidr: string): string | undefined =>
        problemsOfPrivateCidr("cidr", cidr, 16, 32)[0]?.reason;

    for (const accepted of [
        "10.0.0.0/16",
        "172.16.0.0/16",
        "172.31.255.255/32",
        "192.168.0.0/16",
        "100.64.0.0/16",
        "100.127.255.0/24",
    ]) {
        it(`include ${accepted}`, () => {
            assert.equal(reasonFor(accepted), undefined);
        });
    }

    for (const refused of [
        "172.15.0.0/16",
        "172.32.0.0/16",
        "192.169.0.0/16",
        "100.128.0.0/16",
        "128.0.0.0/1",
        "10.0.0.0",
        "10.0.0.0/33",
        "",
        "::/0",
        "2001:db8::/64",
        "::ffff:10.0.0.0/112",
    ]) {
        it(`do not include ${JSON.stringify(refused)}`, () => {
            assert.match(reasonFor(refused) ?? "", /^cidr must/);
        });
    }

    it("are cut into equal parts that follow each other", () => {
        assert.deepEqual(
            [0, 1, 2].map((index) => subnetOf("10.80.0.0/22", index, 3)),
            ["10.80.0.0/24", "10.80.1.0/24", "10.80.2.0/24"],
        );
        assert.deepEqual(
            [0, 1].map((index) => subnetOf("192.168.255.0/26", index, 2)),
            ["192.168.255.0/27", "192.168.255.32/27"],
        );
    });
});

describe("refused arguments of a cluster", () => {
    const refused = (
        changes: Partial<keyward.KeyServerClusterArgs>,
    ): Promise<Record<string, string>> =>
        refusals(() => new keyward.KeyServerCluster("vault", { ...clusterArgs, ...changes }));

    for (const size of [0, 2, 4, 6, 1, 9, 2.5]) {
        it(`include ${size} servers`, async () => {
            assert.match(
                (await refused({ size })).size ?? "",
                new RegExp(`^size must be .*got ${size} \\(.*quorum\\)$`),
            );
        });
    }

    it("include a single server in production, not in development", async () => {
        assert.deepEqual(Object.keys(await refused({ size: 1 })), ["size"]);
        assert.deepEqual(await refused({ size: 1, environment: "development" }), {});
    });

    it("include disposable in production and an unknown environment", async () => {
        assert.deepEqual(Object.keys(await refused({ disposable: true })), ["disposable"]);
        assert.deepEqual(Object.keys(await refused({ environment: "staging" })), ["environment"]);
        assert.deepEqual(await refused({ disposable: true, environment: "development" }), {});
    });

    it("include an adopted network without subnets, or with all subnets in one zone, or with arguments of a new one", async () => {
        const network = {
            vpcId: "vpc-1",
            subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
            availabilityZones: ["eu-central-1a", "eu-central-1a", "eu-central-1a"],
            endpointClientSecurityGroupId: "sg-1",
        };
        const adopted = { clientNames: undefined, network };
        assert.deepEqual(Object.keys(await refused(adopted)), ["network.availabilityZones"]);
        assert.deepEqual(
            Object.keys(
                await refused({
                    ...adopted,
                    network: { ...network, subnetIds: [], availabilityZones: [] },
                }),
            ),
            ["network.subnetIds"],
        );
        assert.deepEqual(
            Object.keys(
                await refused({
                    network: { ...network, availabilityZones: ["a", "b", "c"] },
                    cidrBlock: "10.0.0.0/22",
                }),
            ),
            ["cidrBlock", "clientNames"],
        );
    });

    it("include ids and ARNs of another kind in what it adopts, all together", async () => {
        assert.deepEqual(
            await refused({
                keys: { volumeKeyArn: "a", logKeyArn: logKeyArn, secretKeyArn: "alias/secrets" },
                auditLog: {
                    logGroups: { ...logGroups, patchLogGroupArn: "patch" },
                    alarmTopicArn: "alarms",
                },
                patchGroup: "a\tb",
                hostedZoneId: "vault.internal",
                keyAdministratorArns: ["admins"],
                imageId: "ami",
                permissionsBoundaryArn: "boundary",
            }),
            {
                imageId:
                    'imageId must be the id of an image such as "ami-0123456789abcdef0", got "ami" (Amazon EC2 user guide, resource IDs)',
                permissionsBoundaryArn:
                    'permissionsBoundaryArn must be an ARN of iam, got "boundary" (IAM user guide, Amazon Resource Names (ARNs))',
                "keys.volumeKeyArn":
                    'keys.volumeKeyArn must be an ARN of kms, got "a" (IAM user guide, Amazon Resource Names (ARNs))',
                "keys.secretKeyArn":
                    'keys.secretKeyArn must be an ARN of kms, got "alias/secrets" (IAM user guide, Amazon Resource Names (ARNs))',
                "auditLog.logGroups.patchLogGroupArn":
                    'auditLog.logGroups.patchLogGroupArn must be an ARN of logs, got "patch" (IAM user guide, Amazon Resource Names (ARNs))',
                "auditLog.alarmTopicArn":
                    'auditLog.alarmTopicArn must be an ARN of sns, got "alarms" (IAM user guide, Amazon Resource Names (ARNs))',
                patchGroup:
                    'patchGroup must be a tag\'s value of 1 to 256 letters, digits, spaces and _ . : / = + - @, got "a\\tb" (Amazon EC2 user guide, tag restrictions)',
                hostedZoneId:
                    'hostedZoneId must be the id of a hosted zone such as "Z0123456789ABCDEFGHIJ", got "vault.internal" (Amazon Route 53 API reference, HostedZone)',
                "keyAdministratorArns[0]":
                    'keyAdministratorArns[0] must be the ARN of an IAM role or user such as "arn:aws:iam::111122223333:role/key-administrator", got "admins" (IAM user guide, IAM identifiers)',
            },
        );
    });

    it("include servers that serve TLS without a source of certificates, unless they are thrown away", async () => {
        const without = { certificateAuthorityArn: undefined };
        assert.deepEqual(await refused(without), {
            certificateSecretArns:
                "certificateSecretArns must name one secret per server, 3, or certificateAuthorityArn a private certificate authority, because HashiCorp Vault serves TLS and waits without a certificate; only a disposable development cluster may be given none",
        });
        for (const id of ["openbao", "ejbca", "cosmian-kms", "barbican"]) {
            assert.deepEqual(Object.keys(await refused({ ...without, workload: id })), [
                "certificateSecretArns",
            ]);
        }
        const named = { workloadUser: "kms", workloadUnit: "kms.service" };
        const custom = { ...without, ...named, workload: "custom", servicePorts: [8443] };
        assert.deepEqual(Object.keys(await refused(custom)), ["certificateSecretArns"]);
        const silent = { ...without, ...named, clientNames: undefined };
        assert.deepEqual(await refused({ ...silent, workload: "cloudhsm-client" }), {});
        const development = { ...without, environment: "development" };
        assert.deepEqual(Object.keys(await refused(development)), ["certificateSecretArns"]);
        assert.deepEqual(await refused({ ...development, disposable: true }), {});
    });

    it("include certificates from two sources, of the wrong kind, and a validity that the secret has itself", async () => {
        const secrets = [1, 2, 3].map(
            (node) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:vault-${node}`,
        );
        const authority = "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1";
        const fromSecrets = { certificateAuthorityArn: undefined, certificateSecretArns: secrets };
        assert.deepEqual(await refused(fromSecrets), {});
        assert.deepEqual(await refused({ certificateAuthorityArn: authority }), {});
        assert.deepEqual(
            await refused({ certificateSecretArns: secrets, certificateAuthorityArn: authority }),
            {
                certificateAuthorityArn:
                    "certificateAuthorityArn must not be given with certificateSecretArns: certificates come from one of them",
            },
        );
        assert.deepEqual(
            await refused({
                certificateAuthorityArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
            }),
            {
                certificateAuthorityArn:
                    'certificateAuthorityArn must be an ARN of acm-pca, got "arn:aws:acm:eu-central-1:111122223333:certificate/1" (IAM user guide, Amazon Resource Names (ARNs))',
            },
        );
        assert.match(
            (await refused({ certificateAuthorityArn: authority, certificateDays: 398 }))
                .certificateDays ?? "",
            /^certificateDays must .*398.*CA\/Browser Forum/,
        );
        assert.deepEqual(Object.keys(await refused({ ...fromSecrets, certificateDays: 30 })), [
            "certificateDays",
        ]);
    });

    it("include a fetched program for software that is more than one, and a program beside a package", async () => {
        const software = {
            artifactBucket: "programs",
            artifactKey: "vault",
            artifactSha256: "0".repeat(64),
        };
        assert.deepEqual(await refused({ software }), {});
        assert.deepEqual(await refused({ software, workload: "ejbca" }), {
            "software.artifactKey":
                "software.artifactKey must not be given for EJBCA on WildFly, which is more than one program: bring it by packageName or in the image",
        });
        assert.deepEqual(await refused({ software: { ...software, packageName: "vault" } }), {
            "software.packageName":
                "software.packageName must not be given with an artifact: the program comes from one of them",
        });
        assert.deepEqual(
            Object.keys(
                await refused({ software: { artifactBucket: "programs", artifactKey: "vault" } }),
            ),
            ["software"],
        );
    });

    it("include a mirror that the new network does not lead to", async () => {
        const packageMirror = {
            url: "https://mirror.example.internal/debian",
            cidrBlock: "10.90.0.0/28",
        };
        assert.deepEqual(
            Object.keys(await refused({ operatingSystem: "debian-12", packageMirror })),
            ["packageMirror"],
        );
        assert.deepEqual(
            await refused({
                operatingSystem: "debian-12",
                packageMirror: { ...packageMirror, transitGatewayId: "tgw-1" },
            }),
            {},
        );
    });

    it("are reported all together", async () => {
        assert.deepEqual(
            Object.keys(
                await refused({
                    workload: "pykmip",
                    size: 2,
                    domainName: "Vault",
                    certificateAuthorityArn: undefined,
                    certificateSecretArns: [
                        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a",
                    ],
                    cidrBlock: "0.0.0.0/0",
                    serverUnderMaintenance: 3,
                    software: { artifactBucket: "programs", artifactSha256: "abc" },
                    dataVolumeGibibytes: 1,
                    backupRetentionDays: 1,
                    verifyMinutes: 1,
                    operatingSystem: "debian-13",
                }),
            ).sort(),
            [
                "backupRetentionDays",
                "certificateSecretArns",
                "cidrBlock",
                "dataVolumeGibibytes",
                "domainName",
                "packageMirror",
                "serverUnderMaintenance",
                "size",
                "software",
                "software.artifactKey",
                "software.artifactSha256",
                "verifyMinutes",
                "workload",
            ],
        );
    });
});

describe("a region whose Patch Manager buckets AWS does not document", () => {
    const region = "ap-east-2";
    const reason =
        /^region must be one whose Patch Manager buckets AWS documents, .* got "ap-east-2": choose one of af-south-1, .*us-west-2 \(docs\/support\.md\)$/;
    const image: keyward.KeyServerImageArgs = {
        workload: "vault",
        subnetId: "subnet-1",
        endpointClientSecurityGroupId: "sg-1",
        volumeKeyArn: logKeyArn,
        logKeyArn,
        secretKeyArn: logKeyArn,
    };
    const adopted: keyward.AdoptedVpcArgs = {
        vpcId: "vpc-1",
        cidrBlock: "10.70.0.0/20",
        subnetIds: ["subnet-1", "subnet-2"],
        availabilityZones: ["ap-east-2a", "ap-east-2b"],
    };
    type Place = { readonly region?: string };
    const makers: Readonly<
        Record<string, (place: Place, opts?: pulumi.ComponentResourceOptions) => unknown>
    > = {
        network: (place, opts) =>
            new keyward.KeyServerNetwork("vault", { logKeyArn, ...place }, opts),
        server: (place, opts) =>
            new keyward.KeyServer("vault-1", { ...serverArgs, ...place }, opts),
        image: (place, opts) => new keyward.KeyServerImage("vault", { ...image, ...place }, opts),
        cluster: (place, opts) =>
            new keyward.KeyServerCluster("vault", { ...clusterArgs, ...place }, opts),
    };

    afterEach(() => {
        delete process.env.AWS_REGION;
    });

    for (const [what, make] of Object.entries(makers)) {
        it(`is refused for a ${what}, with the regions that there are, before anything is made`, async () => {
            assert.match((await refusals(() => make({ region }))).region ?? "", reason);
        });

        it(`is refused for a ${what} when it is the configured one, unless another provider says the region`, async () => {
            process.env.AWS_REGION = region;
            assert.match((await refusals(() => make({}))).region ?? "", reason);
            assert.deepEqual(await refusals(() => make({ region: "eu-west-1" })), {});
            const elsewhere = (): unknown =>
                make({}, { provider: new aws.Provider("frankfurt", { region: "eu-central-1" }) });
            assert.deepEqual(await refusals(elsewhere), {});
        });
    }

    it("is refused as soon as a provider tells it, once for every component", () => {
        const script = `
            const pulumi = require("@pulumi/pulumi");
            const keyward = require("./components");
            const { record } = require("./test/support/monitor");
            const { clusterArgs, logGroups, logKeyArn, serverArgs } = require("./test/components/programs");
            const image = JSON.parse(process.argv[1]);
            const region = pulumi.output(Promise.resolve("ap-east-2"));
            const elsewhere = Object.fromEntries(
                Object.entries(logGroups).map(([name, arn]) => [name, pulumi.output(Promise.resolve(arn.replace("eu-central-1", "ap-east-2")))]),
            );
            const makers = [
                () => new keyward.KeyServerNetwork("vault", { logKeyArn, region }),
                () => new keyward.KeyServer("vault-1", { ...serverArgs, logGroups: elsewhere }),
                () => new keyward.KeyServerImage("vault", { ...image, region }),
                () => new keyward.KeyServerCluster("vault", { ...clusterArgs, region }),
            ];
            const errors = new Map();
            const refused = () => new Promise((resolve) => process.once("unhandledRejection", resolve));
            process.on("unhandledRejection", (error) => {
                // The SDK puts the property before the message.
                errors.set(error, error.message.replace('error serializing property "policy": ', ""));
            });
            process.on("exit", () => {
                const told = [...errors].map(([{ hideStack, resource }, message]) => [message, hideStack, resource?.__pulumiType]);
                console.log(JSON.stringify(told));
            });
            void (async () => {
                for (const make of makers) {
                    void record(make);
                    await refused();
                }
            })();`;
        const { stderr, stdout } = spawnSync(
            process.execPath,
            ["-r", "ts-node/register/transpile-only", "-e", script, JSON.stringify(image)],
            { cwd: join(__dirname, "..", ".."), encoding: "utf8" },
        );
        assert.notEqual(stdout, "", stderr);
        const told = JSON.parse(stdout) as readonly (readonly [string, boolean, string])[];
        assert.deepEqual(
            told.map(([, hidesStack, of]) => [hidesStack, of]),
            [
                [true, "keyward:index:KeyServerNetwork"],
                [true, "keyward:index:KeyServer"],
                [true, "keyward:index:KeyServerImage"],
                // A cluster has a network, and a role of its own.
                [true, "keyward:index:KeyServerNetwork"],
                [true, "keyward:index:KeyServerCluster"],
            ],
        );
        told.forEach(([message]) => {
            assert.match(message, reason);
        });
    }).timeout(60_000);

    it("is accepted where nothing names the buckets: an adopted VPC with its gateway, a server with its own instance profile", async () => {
        const network = (changes: Partial<keyward.AdoptedVpcArgs>): Promise<object> =>
            refusals(
                () =>
                    new keyward.KeyServerNetwork("vault", {
                        logKeyArn,
                        region,
                        adopted: { ...adopted, ...changes },
                    }),
            );
        assert.deepEqual(await network({}), {});
        assert.deepEqual(Object.keys(await network({ routeTableIds: ["rtb-1"] })), ["region"]);
        const server = { ...serverArgs, instanceProfileName: "key-server", region };
        assert.deepEqual(await refusals(() => new keyward.KeyServer("vault-1", server)), {});
    });
});

describe("the name of a component", () => {
    const makers = {
        KeyServerAccess: (name: string) =>
            new keyward.KeyServerAccess(name, {
                sessionLogGroupArn: logGroups.sessionLogGroupArn,
                sessionKeyArn: logKeyArn,
            }),
        KeyServerAccount: (name: string) => new keyward.KeyServerAccount(name, { logKeyArn }),
        KeyServerAuditLog: (name: string) => new keyward.KeyServerAuditLog(name, { logKeyArn }),
        KeyServerEncryption: (name: string) => new keyward.KeyServerEncryption(name, {}),
        KeyServerNetwork: (name: string) => new keyward.KeyServerNetwork(name, { logKeyArn }),
        KeyServer: (name: string) => new keyward.KeyServer(name, serverArgs),
        KeyServerCluster: (name: string) => new keyward.KeyServerCluster(name, clusterArgs),
    } satisfies Record<string, (name: string) => unknown>;

    it("is refused where names of AWS could not carry it, with the characters that it may have", async () => {
        for (const [component, make] of Object.entries(makers)) {
            for (const name of ["my vault", "vault/prod", "größe", "vault::a", ""]) {
                assert.deepEqual(
                    await refusals(() => make(name)),
                    {
                        name: `name must be letters, digits, ".", "_" and "-" such as "vault-prod", got ${JSON.stringify(name)} (CloudWatch Logs API reference, CreateLogGroup; AWS Systems Manager API reference, PutParameter)`,
                    },
                    component,
                );
            }
        }
    });

    it("is refused together with everything else", async () => {
        const refused = await refusals(
            () => new keyward.KeyServerEncryption("my vault", { rotationDays: 1 }),
        );
        assert.deepEqual(Object.keys(refused), ["name", "rotationDays"]);
    });
});

describe("refused arguments of access, archive and image", () => {
    it("include sessions as root and sessions that last too long", async () => {
        assert.deepEqual(
            Object.keys(
                await refusals(
                    () =>
                        new keyward.KeyServerAccess("vault", {
                            sessionLogGroupArn: logGroups.sessionLogGroupArn,
                            sessionKeyArn: "alias/logs",
                            runAsUser: "root",
                            idleMinutes: 30,
                            maximumMinutes: 1000,
                            mfaAgeMinutes: 1000,
                        }),
                ),
            ),
            ["sessionKeyArn", "runAsUser", "idleMinutes", "maximumMinutes", "mfaAgeMinutes"],
        );
    });

    it("include an archive bucket without S3 Object Lock", async () => {
        assert.deepEqual(
            Object.keys(
                await refusals(
                    () =>
                        new keyward.KeyServerAuditLog("vault", {
                            logKeyArn,
                            archive: {
                                bucketArn: "archive",
                                keyArn: logKeyArn,
                                accountId: "1",
                                objectLocked: false,
                            },
                        }),
                ),
            ),
            ["archive.bucketArn", "archive.accountId", "archive.objectLocked"],
        );
    });

    it("include an image of Debian, which EC2 Image Builder does not know", async () => {
        const image = (operatingSystem: string): Promise<Record<string, string>> =>
            refusals(
                () =>
                    new keyward.KeyServerImage("vault", {
                        workload: "vault",
                        operatingSystem,
                        subnetId: "subnet-1",
                        endpointClientSecurityGroupId: "sg-1",
                        volumeKeyArn: logKeyArn,
                        logKeyArn,
                        secretKeyArn: logKeyArn,
                    }),
            );
        assert.deepEqual(Object.keys(await image("debian-12")), ["operatingSystem"]);
        assert.deepEqual(await image("ubuntu-24.04"), {});
    });
});
