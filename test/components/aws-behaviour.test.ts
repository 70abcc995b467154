import assert from "node:assert/strict";
import { workload } from "../../catalog/workloads";
import * as keyward from "../../components";
import { validateKeyServerClusterArgs } from "../../components/cluster/validate";
import { defaultInterfaceEndpoints } from "../../components/network/endpoints";
import { buildBootstrapScript } from "../../components/server/bootstrap";
import { minimumAgentVersion } from "../../components/server/cloudwatch-agent";
import { mountDataVolume } from "../../components/workload/install-steps";
import { operatingSystem } from "../../catalog/operating-systems";
import { hostContext } from "../../host/choices";
import { renderFirewall } from "../../host/settings/firewall";
import { record, type RecordedResource } from "../support/monitor";
import { clusterArgs, imageArgs, logKeyArn } from "./programs";

interface Statement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Principal: unknown;
    readonly Action: string | readonly string[];
    readonly Resource: unknown;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What AWS does that would fail at the first deployment or later: one test for each of 25 points, about a whole stack. */
describe("what AWS is known to do", function () {
    this.timeout(60_000);

    let stack: readonly RecordedResource[];
    let disposable: readonly RecordedResource[];

    before(async () => {
        ({ resources: stack } = await record(
            () => new keyward.KeyServerCluster("vault", clusterArgs),
        ));
        ({ resources: disposable } = await record(
            () =>
                new keyward.KeyServerCluster("vault", {
                    ...clusterArgs,
                    environment: "development",
                    disposable: true,
                }),
        ));
    });

    const all = (type: string, from = stack): readonly RecordedResource[] =>
        from.filter((resource) => resource.type === `aws:${type}`);
    const one = (type: string, name: string, from = stack): RecordedResource => {
        const found = all(type, from).find((resource) => resource.name === name);
        assert.ok(found, `${type} ${name}`);
        return found;
    };
    const statements = (resource: RecordedResource): readonly Statement[] =>
        (JSON.parse(String(resource.inputs.policy)) as { Statement: readonly Statement[] })
            .Statement;
    const statement = (resource: RecordedResource, sid: string): Statement => {
        const found = statements(resource).find(({ Sid }) => Sid === sid);
        assert.ok(found, `${resource.name} ${sid}`);
        return found;
    };
    const actions = (of: readonly Statement[]): readonly string[] =>
        of.flatMap(({ Action }) => Action);
    const serverPolicies = (): readonly Statement[] =>
        ["vault-logs", "vault-management", "vault-reads"].flatMap((name) =>
            statements(one("iam/rolePolicy:RolePolicy", name)),
        );

    it("1: AWS's own buckets are read without a signature, so the gateway names them without a condition on the caller", () => {
        const gateway = one("ec2/vpcEndpoint:VpcEndpoint", "vault-s3");
        const amazons = statement(gateway, "ReadAmazonsBuckets");
        assert.deepEqual(
            [amazons.Principal, amazons.Action, amazons.Condition],
            ["*", "s3:GetObject", undefined],
        );
        for (const bucket of [
            "al2023-eu-central-1",
            "al2023-repos-eu-central-1-de612dc2",
            "amazoncloudwatch-agent-eu-central-1",
            "amazon-ssm-packages-eu-central-1",
            "aws-ssm-distributor-file-eu-central-1",
            "aws-ssm-document-attachments-eu-central-1",
        ]) {
            assert.ok((amazons.Resource as string[]).includes(`arn:aws:s3:::${bucket}/*`), bucket);
        }
        assert.deepEqual(statement(gateway, "BucketsOfThisAccount").Condition?.StringEquals, {
            "aws:PrincipalAccount": "111122223333",
            "aws:ResourceAccount": "111122223333",
        });
        assert.deepEqual(
            statement(
                one("ec2/vpcEndpoint:VpcEndpoint", "vault-ssm"),
                "AmazonsDocumentsAndParameters",
            ).Resource,
            ["arn:aws:ssm:eu-central-1::document/*", "arn:aws:ssm:eu-central-1::parameter/aws/*"],
        );
    });

    it("2: user data runs once and before the network may stand, so a unit repeats the bootstrap and the data volume is waited for", () => {
        const userData = String(one("ec2/instance:Instance", "vault-1").inputs.userData);
        assert.match(userData, /Restart=on-failure\n\s+RestartSec=30/);
        assert.match(userData, /StartLimitIntervalSec=0/);
        assert.match(userData, /--aws-sigv4/);
        const wait = mountDataVolume("/opt/vault/data");
        assert.match(wait, /nvme-Amazon_Elastic_Block_Store_vol\*/);
        assert.match(wait, /tries -lt 90[\s\S]*sleep 10/);
        assert.match(
            buildBootstrapScript(operatingSystem("amazon-linux-2023")),
            /install amazon-ssm-agent\nsystemctl enable --now amazon-ssm-agent/,
        );
    });

    it("3: changed user data would stop a server without running, so it is ignored and changes go through Systems Manager", () => {
        for (const { ignoreChanges } of all("ec2/instance:Instance")) {
            assert.ok(
                ignoreChanges.includes("userData") && ignoreChanges.includes("userDataBase64"),
            );
        }
        for (const name of ["vault-profile", "vault-setup"]) {
            assert.equal(
                one("ssm/association:Association", name).inputs.name,
                one("ssm/document:Document", name).inputs.name,
            );
        }
    });

    it("4: a newer public image would replace every server, and a volume that is attached cannot be attached again", () => {
        for (const { ignoreChanges } of all("ec2/instance:Instance")) {
            assert.ok(ignoreChanges.includes("ami"));
        }
        for (const attachment of all("ec2/volumeAttachment:VolumeAttachment")) {
            assert.deepEqual(
                [attachment.deleteBeforeReplace, attachment.inputs.stopInstanceBeforeDetaching],
                [true, true],
            );
        }
        for (const volume of all("ebs/volume:Volume")) {
            assert.deepEqual([volume.protect, volume.retainOnDelete], [true, true]);
        }
    });

    it("5: who writes an encrypted log group uses its key through CloudWatch Logs, and the server reads no logs", () => {
        const { Action, Condition } = statement(
            one("kms/key:Key", "vault-logs"),
            "RolesThroughLogs",
        );
        assert.deepEqual(
            [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ].filter((action) => !Action.includes(action)),
            [],
        );
        assert.equal(
            Condition?.StringEquals?.["kms:ViaService"],
            "logs.eu-central-1.amazonaws.com",
        );
        assert.deepEqual(
            actions(serverPolicies()).filter((action) =>
                /^logs:(Get|Filter|StartQuery)/.test(action),
            ),
            [],
        );
    });

    it("6: whoever creates a key keeps the right to change its policy, and volumes need grants for AWS resources only", () => {
        for (const key of all("kms/key:Key")) {
            assert.ok(
                statement(key, "Administration").Action.includes("kms:PutKeyPolicy"),
                key.name,
            );
            assert.equal(key.inputs.bypassPolicyLockoutSafetyCheck, undefined);
        }
        const volumes = one("kms/key:Key", "vault-volumes");
        assert.equal(
            statement(volumes, "GrantsForVolumes").Condition?.Bool?.["kms:GrantIsForAWSResource"],
            "true",
        );
        assert.doesNotMatch(String(volumes.inputs.policy), /NotPrincipal|aws:SourceVpce|"Deny"/);
        assert.deepEqual(statement(volumes, "GrantsForVaults").Condition, {
            StringEquals: {
                "kms:CallerAccount": "111122223333",
                "kms:ViaService": "backup.eu-central-1.amazonaws.com",
            },
            Bool: { "kms:GrantIsForAWSResource": "true" },
        });
    });

    it("7: keys, roles, log groups and security groups would wait for each other, so names are computed and rules stand apart", () => {
        for (const { inputs, name } of all("ec2/securityGroup:SecurityGroup")) {
            assert.deepEqual([inputs.ingress, inputs.egress], [undefined, undefined], name);
        }
        for (const { dependencies, name } of all("kms/key:Key")) {
            assert.deepEqual(
                dependencies.filter((other) => /role|bucket/i.test(other)),
                [],
                name,
            );
        }
    });

    it("8: an internal load balancer passes TLS through, checks health over its group's egress, and is no way for peers to join", () => {
        const { inputs } = one("lb/loadBalancer:LoadBalancer", "vault");
        assert.deepEqual(
            [inputs.internal, inputs.securityGroups, inputs.accessLogs],
            [true, ["vault-balancer-id"], undefined],
        );
        assert.equal(one("lb/listener:Listener", "vault-8200").inputs.protocol, "TCP");
        assert.deepEqual(one("lb/targetGroup:TargetGroup", "vault-8200").inputs.healthCheck, {
            enabled: true,
            healthyThreshold: 3,
            interval: 10,
            matcher: "200",
            path: "/v1/sys/health?standbyok=true",
            port: "8200",
            protocol: "HTTPS",
            unhealthyThreshold: 3,
        });
        const out = one(
            "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            "vault-to-servers-8200",
        );
        assert.deepEqual(
            [out.inputs.securityGroupId, out.inputs.toPort],
            ["vault-balancer-id", 8200],
        );
        const setup = JSON.stringify(
            one("s3/bucketObjectv2:BucketObjectv2", "vault-1-setup").inputs,
        );
        assert.match(setup, /leader_api_addr = \\"https:\/\/server-2\.vault\.internal:8200/);
        assert.doesNotMatch(setup, /leader_api_addr = \\"https:\/\/vault\.internal/);
    });

    it("9: certificates come from a private authority through its endpoint, an uninitialised node answers 501, and verification is told region and account", () => {
        assert.ok(one("ec2/vpcEndpoint:VpcEndpoint", "vault-acm-pca"));
        const { certificateAuthorityArn, ...without } = clusterArgs;
        assert.deepEqual(
            [clusterArgs, without].map((args) =>
                validateKeyServerClusterArgs(args).map(({ propertyPath }) => propertyPath),
            ),
            [[], ["certificateSecretArns"]],
        );
        const issues = statements(one("iam/rolePolicy:RolePolicy", "vault-reads")).filter(
            ({ Resource }) => Resource === certificateAuthorityArn,
        );
        assert.deepEqual(
            issues.map(({ Sid }) => Sid),
            ["IssueCertificates", "FetchCertificates"],
        );
        assert.deepEqual(workload("vault").healthCheck?.uninitialised, [501]);
        const command = stack.find(({ type }) => type === "command:local:Command");
        const { KEYWARD_ACCOUNT, KEYWARD_REGION } = command?.inputs.environment as Record<
            string,
            string
        >;
        assert.deepEqual([KEYWARD_ACCOUNT, KEYWARD_REGION], ["111122223333", "eu-central-1"]);
    });

    it("10: AWS's services support Debian and Ubuntu less, and the catalog says how much", () => {
        const supported = (id: string): readonly boolean[] => {
            const { imageBuilder, systemsManagerAgent, cloudWatchAgent } =
                operatingSystem(id).supportedBy;
            return [imageBuilder, systemsManagerAgent, cloudWatchAgent];
        };
        assert.deepEqual(supported("debian-12"), [false, true, true]);
        assert.deepEqual(supported("debian-13"), [false, false, false]);
        assert.deepEqual(supported("ubuntu-24.04"), [true, true, true]);
        assert.match(
            buildBootstrapScript(operatingSystem("debian-13")),
            /neither the image nor the package mirror has amazon-ssm-agent/,
        );
    });

    it("11: Image Builder lends minimal images an agent that it takes away again, and writes to a group and buckets of its own", async () => {
        const recordImage = (operatingSystem?: string): ReturnType<typeof record> =>
            record(
                () => new keyward.KeyServerImage("vault-image", { ...imageArgs, operatingSystem }),
            );
        const { resources } = await recordImage();
        assert.deepEqual(
            one("imagebuilder/imageRecipe:ImageRecipe", "vault-image", resources).inputs
                .systemsManagerAgent,
            {
                uninstallAfterBuild: false,
            },
        );
        const { inputs } = one(
            "imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
            "vault-image",
            resources,
        );
        assert.deepEqual(
            [inputs.subnetId, inputs.securityGroupIds],
            ["subnet-1", ["sg-endpoint-clients"]],
        );
        assert.match(
            String(all("cloudwatch/logGroup:LogGroup", resources)[0]?.inputs.name),
            /^\/aws\/imagebuilder\//,
        );
        // A mapping of another name would add a volume beside the one that the image starts from.
        const devices = [resources, (await recordImage("ubuntu-24.04")).resources].map(
            (from) =>
                one("imagebuilder/imageRecipe:ImageRecipe", "vault-image", from).inputs
                    .blockDeviceMappings as { deviceName: string }[],
        );
        assert.deepEqual(
            devices.map((mappings) => mappings.map(({ deviceName }) => deviceName)),
            [["/dev/xvda"], ["/dev/sda1"]],
        );
        const components = "arn:aws:imagebuilder:eu-central-1:111122223333:component/*";
        const secrets = one("kms/key:Key", "vault-secrets");
        for (const sid of ["BuildersReadComponents", "CallersWriteComponents"]) {
            assert.deepEqual(statement(secrets, sid).Condition?.StringLike, {
                "kms:EncryptionContext:aws:imagebuilder:arn": components,
            });
        }
        const lifecycle = one("iam/rolePolicy:RolePolicy", "vault-image-lifecycle", resources);
        assert.deepEqual(statement(lifecycle, "DeleteSnapshots").Condition, {
            StringEquals: { "aws:ResourceTag/CreatedBy": "EC2 Image Builder" },
        });
        const buckets = statement(
            one("ec2/vpcEndpoint:VpcEndpoint", "vault-s3"),
            "ReadAmazonsBuckets",
        ).Resource as string[];
        for (const bucket of [
            "ec2imagebuilder-toe-eu-central-1-prod",
            "ec2imagebuilder-managed-resources-eu-central-1-prod",
        ]) {
            assert.ok(buckets.includes(`arn:aws:s3:::${bucket}/*`), bucket);
        }
    });

    it("12: a session document enforces nothing alone, so the operator policy names it, and the account of sessions has no sudo", () => {
        const operator = one("iam/policy:Policy", "vault");
        const open = statement(operator, "OpenSessionsOnKeyServers");
        assert.equal(
            open.Condition?.BoolIfExists?.["ssm:SessionDocumentAccessCheck"] ??
                open.Condition?.Bool?.["ssm:SessionDocumentAccessCheck"],
            "true",
        );
        assert.ok(JSON.stringify(statements(operator)).includes("session/${aws:userid}-*"));
        const userData = String(one("ec2/instance:Instance", "vault-1").inputs.userData);
        assert.match(
            userData,
            /- name: ssm-user\n\s+shell: \/bin\/bash\n\s+lock_passwd: true\n(?!\s+sudo)/,
        );
        assert.match(userData, /install .*screen/);
        assert.ok(actions(serverPolicies()).includes("logs:DescribeLogGroups"));
    });

    it("13: calls to AWS KMS are management events: the one trail records them, read ones as well", () => {
        const [trail, ...more] = all("cloudtrail/trail:Trail");
        assert.equal(more.length, 0);
        const selectors = JSON.stringify(trail?.inputs.advancedEventSelectors);
        assert.match(selectors, /"Management"/);
        assert.doesNotMatch(selectors, /kms\.amazonaws\.com|readOnly/);
    });

    it("14: associations run when they are edited and everywhere at once, unless they are pinned, in turn and on schedule", () => {
        for (const { inputs, name } of all("ssm/association:Association")) {
            assert.equal(inputs.applyOnlyAtCronInterval, true, name);
            assert.ok(
                inputs.documentVersion !== "$DEFAULT" && inputs.documentVersion !== "$LATEST",
                name,
            );
        }
        for (const name of ["vault-profile", "vault-setup"]) {
            const { maxConcurrency, maxErrors } = one("ssm/association:Association", name).inputs;
            assert.deepEqual([maxConcurrency, maxErrors], ["1", "0"], name);
        }
    });

    it("15: the list of promoted patches lies under its hash, and only a promotion moves the pointer to it", () => {
        const pointer = one("ssm/parameter:Parameter", "vault-patching-promoted");
        assert.deepEqual(pointer.ignoreChanges, ["value"]);
        const production = String(one("ssm/document:Document", "vault-production").inputs.content);
        assert.match(production, /InstallOverrideList/);
        assert.match(production, /sha256/);
        assert.ok(actions(serverPolicies()).includes("ssm:GetDocument"));
    });

    it("16: promotion waits in its document, decides in a function outside the VPC, and its log group stands first", () => {
        const decider = one("lambda/function:Function", "vault-promotion-decider");
        assert.equal(decider.inputs.vpcConfig, undefined);
        assert.ok(
            decider.dependencies.includes(
                "aws:cloudwatch/logGroup:LogGroup::vault-promotion-decider",
            ),
        );
        const sleeps = [
            ...String(one("ssm/document:Document", "vault-promotion").inputs.content).matchAll(
                /P(\d+)D/g,
            ),
        ];
        assert.deepEqual(
            sleeps.filter(([, days]) => Number(days) > 7),
            [],
        );
    });

    it("17: quotas are counted per account, so servers of a cluster share one role, one group and its windows", () => {
        assert.equal(
            new Set(all("ec2/instance:Instance").map(({ inputs }) => inputs.iamInstanceProfile))
                .size,
            1,
        );
        assert.equal(all("iam/instanceProfile:InstanceProfile").length, 1);
        assert.equal(all("ssm/maintenanceWindow:MaintenanceWindow").length, 2);
    });

    it("18: what exists once per account is left to a component of its own, and patch groups carry project and stack", () => {
        assert.deepEqual(
            stack
                .map(({ type }) => type)
                .filter((type) =>
                    /DefaultPatchBaseline|ServiceSetting|EncryptionByDefault|BlockPublicAccess|guardduty|inspector/.test(
                        type,
                    ),
                ),
            [],
        );
        for (const { inputs } of all("ssm/patchGroup:PatchGroup")) {
            assert.match(String(inputs.patchGroup), /^kms-test-/);
        }
    });

    it("19: nothing writes to a locked bucket directly: a stream fills an unlocked one, replication the archive", async () => {
        const landing = one("s3/bucket:Bucket", "vault-landing").inputs;
        const archive = one("s3/bucket:Bucket", "vault-archive").inputs;
        assert.deepEqual([landing.objectLockEnabled, archive.objectLockEnabled], [false, true]);
        const replication = one(
            "s3/bucketReplicationConfig:BucketReplicationConfig",
            "vault-archive",
        ).inputs;
        assert.equal(replication.bucket, landing.bucket);
        assert.match(
            JSON.stringify(
                one("kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "vault-archive")
                    .inputs,
            ),
            /vault-landing/,
        );
        const lock = one(
            "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            "vault-archive",
        ).inputs;
        assert.match(JSON.stringify(lock.rule), /"COMPLIANCE"/);
        // A key of another account takes the role's own policy besides the key's.
        const keyArn = "arn:aws:kms:eu-central-1:444455556666:key/archive";
        const { resources } = await record(
            () =>
                new keyward.KeyServerAuditLog("vault", {
                    logKeyArn,
                    archive: {
                        bucketArn: "arn:aws:s3:::company-archive",
                        keyArn,
                        accountId: "444455556666",
                        objectLocked: true,
                    },
                }),
        );
        const copies = [stack, resources].map((from) =>
            statements(one("iam/rolePolicy:RolePolicy", "vault-archive-replication", from)).filter(
                ({ Sid }) => Sid === "EncryptCopies",
            ),
        );
        assert.deepEqual(copies, [
            [],
            [
                {
                    Sid: "EncryptCopies",
                    Effect: "Allow",
                    Action: ["kms:Encrypt", "kms:GenerateDataKey"],
                    Resource: keyArn,
                    Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
                },
            ],
        ]);
    });

    it("20: what is locked or protected cannot be destroyed, so a throw-away stack has neither, and production has all", () => {
        assert.deepEqual(
            disposable.filter(({ protect }) => protect).map(({ name }) => name),
            [],
        );
        for (const { inputs } of all("kms/key:Key", disposable)) {
            assert.equal(inputs.deletionWindowInDays, 7);
        }
        assert.equal(
            one("backup/vaultLockConfiguration:VaultLockConfiguration", "vault-backup", disposable)
                .inputs.changeableForDays,
            undefined,
        );
        assert.equal(
            one("backup/vault:Vault", "vault-backup", disposable).inputs.forceDestroy,
            true,
        );
        for (const { inputs } of all("kms/key:Key")) {
            assert.equal(inputs.deletionWindowInDays, 30);
        }
        // A bucket that stays keeps what closes and locks it, and a final lock is never asked to come off.
        const staying = (from: readonly RecordedResource[]): readonly string[] =>
            from
                .filter(({ retainOnDelete }) => retainOnDelete)
                .map(({ type, name }) => `${type.split(":")[2]} ${name}`);
        for (const resource of [
            ...["BucketPolicy", "BucketPublicAccessBlock", "BucketVersioning"],
            ...["BucketOwnershipControls", "BucketServerSideEncryptionConfiguration"],
            ...["Bucket", "BucketObjectLockConfiguration"],
        ]) {
            assert.ok(staying(stack).includes(`${resource} vault-archive`), resource);
        }
        assert.ok(staying(stack).includes("VaultLockConfiguration vault-backup"));
        assert.deepEqual(
            staying(disposable).filter((resource) => !resource.startsWith("BucketObjectv2 ")),
            [],
        );
    });

    it("21: EventBridge names no source account to AWS KMS, so the key of the topic lets it in without", () => {
        const key = one("kms/key:Key", "vault-logs");
        assert.equal(statement(key, "EventsToTopics").Condition, undefined);
        assert.deepEqual(statement(key, "AlarmsToTopics").Principal, {
            Service: "cloudwatch.amazonaws.com",
        });
    });

    it("22: recovery points are encrypted with the key of the volumes, and the plan stays within the lock's bounds", () => {
        const [volume] = all("ebs/volume:Volume");
        assert.equal(
            one("backup/vault:Vault", "vault-backup").inputs.kmsKeyArn,
            volume?.inputs.kmsKeyId,
        );
        const { maxRetentionDays, minRetentionDays } = one(
            "backup/vaultLockConfiguration:VaultLockConfiguration",
            "vault-backup",
        ).inputs as Record<string, number>;
        const [rule] = one("backup/plan:Plan", "vault-backup").inputs.rules as {
            lifecycle: { deleteAfter: number };
        }[];
        const days = rule?.lifecycle.deleteAfter ?? 0;
        assert.ok(
            days >= Number(minRetentionDays) && days <= Number(maxRetentionDays),
            String(days),
        );
    });

    it("23: endpoints need the VPC's names, and regions that opened since 2024 have no ec2messages", () => {
        const { enableDnsHostnames, enableDnsSupport } = one("ec2/vpc:Vpc", "vault").inputs;
        assert.deepEqual([enableDnsHostnames, enableDnsSupport], [true, true]);
        assert.ok(defaultInterfaceEndpoints({ region: "ap-southeast-4" }).includes("ec2messages"));
        assert.deepEqual(
            defaultInterfaceEndpoints({ region: "ap-southeast-4" }).filter(
                (service) =>
                    !defaultInterfaceEndpoints({ region: "ap-southeast-7" }).includes(service),
            ),
            ["ec2messages"],
        );
    });

    it("24: an agent that sets retention needs rights over it, so it sets none, and has the journal's version", () => {
        const userData = String(one("ec2/instance:Instance", "vault-1").inputs.userData);
        assert.doesNotMatch(userData, /retention_in_days/);
        assert.equal(minimumAgentVersion, "1.300070.0");
        assert.match(userData, /1\.300070\.0/);
        const metrics = statement(one("iam/rolePolicy:RolePolicy", "vault-logs"), "PublishMetrics");
        assert.deepEqual(metrics.Condition, {
            StringEquals: { "cloudwatch:namespace": "Keyward" },
        });
        assert.deepEqual(
            actions(serverPolicies()).filter((action) => action.includes("PutRetentionPolicy")),
            [],
        );
    });

    it("25: addresses of endpoints change, so the host's packet filter opens HTTPS by account, and the metadata to root and the workload", () => {
        const rules = renderFirewall(
            hostContext({ operatingSystem: "amazon-linux-2023", workload: "vault" }),
        );
        for (const rule of [
            "ip daddr 169.254.169.254 tcp dport 80 meta skuid { root, vault } accept",
            "ip daddr 169.254.169.254 drop",
            "ip daddr { 169.254.169.253 } meta l4proto { tcp, udp } th dport 53 accept",
            "ip daddr { 169.254.169.123 } udp dport 123 accept",
            "udp sport 68 udp dport 67 accept",
            "tcp dport { 443 } meta skuid { root, vault } accept",
        ]) {
            assert.ok(rules.includes(rule), rule);
        }
    });
});
