import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { policyRecord } from "../../catalog/policies";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { judgeStack, type JudgeInput } from "../../policy-pack/judge";
import { UNKNOWN, type RegisteredResource } from "../../policy-pack/graph/resource";
import { messageExamples } from "../../policy-pack/reference/message-examples";
import { rules } from "../../policy-pack/rules";
import { graphOf, Mutation } from "../support/reference-graph";
import { AskedGraph } from "../support/rule-findings";
import { applySnippet, readSnippet } from "../support/snippets";

const instance = "aws:ec2/instance:Instance";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const document = "aws:ssm/document:Document";
const window = "aws:ssm/maintenanceWindow:MaintenanceWindow";
const task = "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask";
const baseline = "aws:ssm/patchBaseline:PatchBaseline";

/** A weakening of the reference stack, and the policies that must newly find something. */
interface Weakening {
    readonly what: string;
    readonly weaken: (stack: Mutation) => Mutation;
    readonly caughtBy: readonly string[];
}

const weakenings: readonly Weakening[] = [
    {
        what: "the old metadata service is let in",
        weaken: (stack) =>
            stack.change(instance, "vault-1", { metadataOptions: { httpTokens: "optional" } }),
        caughtBy: ["imdsv2-required"],
    },
    {
        what: "metadata may be reached over two hops",
        weaken: (stack) =>
            stack.change(instance, "vault-2", { metadataOptions: { httpPutResponseHopLimit: 2 } }),
        caughtBy: ["imds-hop-limit"],
    },
    {
        what: "metadata is served over IPv6",
        weaken: (stack) =>
            stack.change(instance, "vault-1", { metadataOptions: { httpProtocolIpv6: "enabled" } }),
        caughtBy: ["imds-ipv6-and-tags-off"],
    },
    {
        what: "a server gets a public address",
        weaken: (stack) => stack.change(instance, "vault-3", { associatePublicIpAddress: true }),
        caughtBy: ["no-public-ip"],
    },
    {
        what: "a root volume is not encrypted",
        weaken: (stack) =>
            stack.change(instance, "vault-1", { rootBlockDevice: { encrypted: false } }),
        caughtBy: ["root-volume-encrypted"],
    },
    {
        what: "a data volume is under a key that AWS manages",
        weaken: (stack) =>
            stack.change("aws:ebs/volume:Volume", "vault-1-data", { kmsKeyId: "alias/aws/ebs" }),
        caughtBy: ["volumes-encrypted-cmk"],
    },
    {
        what: "a server has an SSH key pair",
        weaken: (stack) => stack.change(instance, "vault-1", { keyName: "operators" }),
        caughtBy: ["no-ssh-key-pair"],
    },
    {
        what: "a server may be stopped",
        weaken: (stack) => stack.change(instance, "vault-2", { disableApiStop: false }),
        caughtBy: ["termination-and-stop-protection"],
    },
    {
        what: "a server is watched every five minutes only",
        weaken: (stack) => stack.change(instance, "vault-1", { monitoring: false }),
        caughtBy: ["detailed-monitoring"],
    },
    {
        what: "a server has no role",
        weaken: (stack) => stack.change(instance, "vault-1", { iamInstanceProfile: undefined }),
        caughtBy: ["instance-profile-attached"],
    },
    {
        what: "a server forwards packets of others",
        weaken: (stack) => stack.change(instance, "vault-1", { sourceDestCheck: false }),
        caughtBy: ["source-dest-check-and-single-eni"],
    },
    {
        what: "half of the internet may reach the service port",
        weaken: (stack) =>
            stack.change(ingress, "vault-payment-service-8200", {
                cidrIpv4: "128.0.0.0/1",
                referencedSecurityGroupId: undefined,
            }),
        caughtBy: ["sg-no-public-ingress"],
    },
    {
        what: "a rule opens SSH to the clients",
        weaken: (stack) =>
            stack.change(ingress, "vault-payment-service-8200", { fromPort: 22, toPort: 22 }),
        caughtBy: ["sg-no-admin-ports"],
    },
    {
        what: "a rule opens another port to the clients",
        weaken: (stack) =>
            stack.change(ingress, "vault-payment-service-8200", { fromPort: 9000, toPort: 9000 }),
        caughtBy: ["sg-service-ports-from-approved-sources"],
    },
    {
        what: "servers may reach everything",
        weaken: (stack) =>
            stack.change(egress, "vault-to-peers-8200", {
                cidrIpv4: "0.0.0.0/0",
                referencedSecurityGroupId: undefined,
            }),
        caughtBy: ["sg-egress-restricted"],
    },
    {
        what: "a rule does not say what it is for",
        weaken: (stack) =>
            stack.change(ingress, "vault-payment-service-8200", { description: undefined }),
        caughtBy: ["sg-rules-described"],
    },
    {
        what: "the default security group lets its members talk",
        weaken: (stack) =>
            stack.change("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vault-default", {
                ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
            }),
        caughtBy: ["default-sg-closed"],
    },
    {
        what: "a subnet gives public addresses",
        weaken: (stack) =>
            stack.change("aws:ec2/subnet:Subnet", "vault-private-1", { mapPublicIpOnLaunch: true }),
        caughtBy: ["subnet-private"],
    },
    {
        what: "refused traffic alone is recorded",
        weaken: (stack) =>
            stack.change("aws:ec2/flowLog:FlowLog", "vault", { trafficType: "REJECT" }),
        caughtBy: ["flow-logs-complete"],
    },
    {
        what: "flows are not recorded",
        weaken: (stack) => stack.drop("aws:ec2/flowLog:FlowLog", "vault"),
        caughtBy: ["flow-logs-complete"],
    },
    {
        what: "an endpoint has the policy of AWS, which lets everybody through",
        weaken: (stack) =>
            stack.change("aws:ec2/vpcEndpoint:VpcEndpoint", "vault-kms", { policy: undefined }),
        caughtBy: ["vpc-endpoint-policy-scoped"],
    },
    {
        what: "the servers' role may do everything with S3, without a boundary",
        weaken: (stack) =>
            unbounded(stack).change("aws:iam/rolePolicy:RolePolicy", "vault-management", {
                policy: JSON.stringify({
                    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
                }),
            }),
        caughtBy: [
            "iam-no-wildcard-actions",
            "iam-no-wildcard-resource",
            "iam-permissions-boundary",
            "server-role-cannot-tamper-audit",
            "ssm-managed",
        ],
    },
    {
        what: "the servers' role may give itself rights, without a boundary",
        weaken: (stack) =>
            unbounded(stack).change("aws:iam/rolePolicy:RolePolicy", "vault-management", {
                policy: JSON.stringify({
                    Statement: [
                        {
                            Effect: "Allow",
                            Action: "iam:AttachRolePolicy",
                            Resource: "arn:aws:iam::123456789012:role/*",
                        },
                    ],
                }),
            }),
        caughtBy: ["iam-no-privilege-escalation", "iam-permissions-boundary", "ssm-managed"],
    },
    {
        what: "passwords of the account may be short",
        weaken: (stack) =>
            stack.add(
                "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
                "passwords",
                stack.find(instance, "vault-1"),
                { minimumPasswordLength: 8 },
            ),
        caughtBy: ["account-password-policy"],
    },
    {
        what: "a key is not rotated",
        weaken: (stack) =>
            stack.change("aws:kms/key:Key", "vault-volumes", { enableKeyRotation: false }),
        caughtBy: ["kms-rotation"],
    },
    {
        what: "a key is gone after a week",
        weaken: (stack) =>
            stack.change("aws:kms/key:Key", "vault-logs", { deletionWindowInDays: 7 }),
        caughtBy: ["kms-deletion-window"],
    },
    {
        what: "logs are kept for a month",
        weaken: (stack) =>
            stack.change("aws:cloudwatch/logGroup:LogGroup", "vault-system", {
                retentionInDays: 30,
            }),
        caughtBy: ["log-group-retention-and-cmk"],
    },
    {
        what: "an administrator may lift the lock of the archive",
        weaken: (stack) =>
            stack.change(
                "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
                "vault-archive",
                {
                    rule: { defaultRetention: { mode: "GOVERNANCE" } },
                },
            ),
        caughtBy: ["log-bucket-worm"],
    },
    {
        what: "nothing copies the logs into the archive",
        weaken: (stack) =>
            stack.drop("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "vault-archive"),
        caughtBy: ["log-bucket-worm"],
    },
    {
        what: "the archive may become public",
        weaken: (stack) =>
            stack.change(
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                "vault-archive",
                {
                    restrictPublicBuckets: false,
                },
            ),
        caughtBy: ["log-bucket-access"],
    },
    {
        what: "the bundles that servers run may become public",
        weaken: (stack) =>
            stack.change(
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                "vault-bundles",
                { blockPublicPolicy: false },
            ),
        caughtBy: ["buckets-private"],
    },
    {
        what: "the trail does not prove its files",
        weaken: (stack) =>
            stack.change("aws:cloudtrail/trail:Trail", "vault", { enableLogFileValidation: false }),
        caughtBy: ["cloudtrail-hardened"],
    },
    {
        what: "the silence of a server is no alarm",
        weaken: (stack) =>
            stack.change("aws:cloudwatch/metricAlarm:MetricAlarm", "vault-1-heartbeat", {
                treatMissingData: "missing",
            }),
        caughtBy: ["alarms-wired"],
    },
    {
        what: "the vault of the backups is not locked",
        weaken: (stack) =>
            stack.drop("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "vault-backup"),
        caughtBy: ["backups-protected"],
    },
    {
        what: "the baseline leaves critical patches out",
        weaken: (stack) =>
            stack.change(baseline, "vault-amazon-linux-2023", {
                approvalRules: [
                    {
                        approveAfterDays: 3,
                        complianceLevel: "CRITICAL",
                        patchFilters: [
                            { key: "PRODUCT", values: ["AmazonLinux2023"] },
                            { key: "CLASSIFICATION", values: ["Security"] },
                            { key: "SEVERITY", values: ["Low"] },
                        ],
                    },
                ],
            }),
        caughtBy: ["patch-baseline-coverage"],
    },
    {
        what: "a server is in no patch group",
        weaken: (stack) => stack.change(instance, "vault-2", { tags: { PatchGroup: undefined } }),
        caughtBy: [
            "maintenance-window-patches-servers",
            "patch-group-coverage",
            "patch-scan-daily-and-reported",
        ],
    },
    {
        what: "a window is off",
        weaken: (stack) => stack.change(window, "vault-production", { enabled: false }),
        caughtBy: [
            "maintenance-window-patches-servers",
            "maintenance-window-sane",
            "patch-promotion-gated",
            "patch-rings-ordered",
        ],
    },
    {
        what: "a window comes in February only",
        weaken: (stack) => stack.change(window, "vault-canary", { schedule: "cron(0 4 1 2 ? *)" }),
        caughtBy: ["maintenance-window-sane", "patch-deadline", "patch-rings-ordered"],
    },
    {
        what: "all production servers are patched at once",
        weaken: (stack) => stack.change(task, "vault-production", { maxConcurrency: "100%" }),
        caughtBy: ["maintenance-window-keeps-quorum"],
    },
    {
        what: "nothing scans for missing patches",
        weaken: (stack) => stack.drop("aws:ssm/association:Association", "vault-scan"),
        caughtBy: ["patch-deadline", "patch-scan-daily-and-reported"],
    },
    {
        what: "the key of a volume is not known and comes from nowhere",
        weaken: (stack) =>
            stack.change("aws:ebs/volume:Volume", "vault-2-data", { kmsKeyId: UNKNOWN }),
        caughtBy: ["references-stay-in-account", "volumes-encrypted-cmk"],
    },
    {
        what: "a client may use every protocol",
        weaken: (stack) =>
            stack.change(ingress, "vault-payment-service-8200", {
                ipProtocol: "-1",
                fromPort: undefined,
                toPort: undefined,
            }),
        caughtBy: [
            "sg-no-admin-ports",
            "sg-no-all-protocol-or-wide-range",
            "sg-service-ports-from-approved-sources",
        ],
    },
    {
        what: "a server carries a security group that nobody knows",
        weaken: (stack) =>
            stack.change(instance, "vault-1", { vpcSecurityGroupIds: ["sg-0123456789abcdef0"] }),
        caughtBy: ["server-eni-uses-only-hardened-sg"],
    },
    {
        what: "a security group has rules inline and beside it",
        weaken: (stack) =>
            stack.change("aws:ec2/securityGroup:SecurityGroup", "vault", {
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 8200,
                        toPort: 8200,
                        self: true,
                        description: "peers",
                    },
                ],
            }),
        caughtBy: ["sg-no-mixed-rule-management"],
    },
    {
        what: "patches wait for a month",
        weaken: (stack) => changeRule(stack, { approveAfterDays: 30 }),
        caughtBy: ["patch-baseline-approval-delay", "patch-deadline"],
    },
    {
        what: "a missing patch counts for nothing",
        weaken: (stack) => changeRule(stack, { complianceLevel: "UNSPECIFIED" }),
        caughtBy: ["patch-baseline-compliance-level"],
    },
    {
        what: "a patch is rejected without a reason",
        weaken: (stack) =>
            stack.change(baseline, "vault-amazon-linux-2023", { rejectedPatches: ["openssl*"] }),
        caughtBy: ["patch-baseline-rejections-justified"],
    },
    {
        what: "patches come from a source without signatures",
        weaken: (stack) =>
            stack.change(baseline, "vault-amazon-linux-2023", {
                sources: [
                    {
                        name: "mirror",
                        products: ["AmazonLinux2023"],
                        configuration: "[mirror]\nbaseurl=http://mirror.example\ngpgcheck=0\n",
                    },
                ],
            }),
        caughtBy: ["patch-baseline-sources-and-nonsecurity"],
    },
    {
        what: "everybody may take the servers' role",
        weaken: (stack) =>
            stack.change("aws:iam/role:Role", "vault", {
                assumeRolePolicy: JSON.stringify({
                    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
                }),
            }),
        caughtBy: ["iam-trust-scoped"],
    },
    {
        what: "the servers' role administers the account",
        weaken: (stack) =>
            unbounded(stack).change("aws:iam/role:Role", "vault", {
                managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
            }),
        caughtBy: [
            "iam-managed-policy-allowlist",
            "iam-permissions-boundary",
            "kms-separation-of-duties",
            "server-role-cannot-tamper-audit",
        ],
    },
    {
        what: "the servers' role administers the account as far as its boundary lets it",
        weaken: (stack) =>
            stack.change("aws:iam/role:Role", "vault", {
                managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
            }),
        caughtBy: ["iam-managed-policy-allowlist"],
    },
    {
        what: "the boundary of all roles lets them edit it",
        weaken: (stack) =>
            stack.change("aws:iam/policy:Policy", "vault-boundary", {
                policy: JSON.stringify({
                    Statement: [{ Effect: "Allow", Action: ["ssm:*", "iam:*"], Resource: "*" }],
                }),
            }),
        caughtBy: ["iam-permissions-boundary"],
    },
    {
        what: "everybody may use the key of the volumes",
        weaken: (stack) =>
            stack.change("aws:kms/key:Key", "vault-volumes", {
                policy: JSON.stringify({
                    Statement: [
                        { Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" },
                    ],
                }),
            }),
        caughtBy: ["kms-policy-scoped", "kms-separation-of-duties"],
    },
    {
        what: "a foreign account owns the key of a log group",
        weaken: (stack) =>
            stack.change("aws:cloudwatch/logGroup:LogGroup", "vault-security", {
                kmsKeyId:
                    "arn:aws:kms:eu-central-1:999900001111:key/0f0e0d0c-0000-4000-8000-000000000000",
            }),
        caughtBy: ["references-stay-in-account"],
    },
    {
        what: "servers fetch their scripts over any protocol",
        weaken: (stack) => stack.drop("aws:s3/bucketPolicy:BucketPolicy", "vault-bundles"),
        caughtBy: ["buckets-guarded"],
    },
    {
        what: "a metric filter looks for a stopped trail in another log group",
        weaken: (stack) =>
            stack.change("aws:cloudwatch/logMetricFilter:LogMetricFilter", "vault-trail-stopped", {
                logGroupName: "/keyward/elsewhere",
            }),
        caughtBy: ["metric-filters-alarmed"],
    },
    {
        what: "an association changes all servers at once",
        weaken: (stack) =>
            stack.change("aws:ssm/association:Association", "vault-profile", {
                maxConcurrency: "100%",
            }),
        caughtBy: ["associations-staged"],
    },
    {
        what: "the stack makes a user with an access key",
        weaken: (stack) =>
            stack
                .add("aws:iam/user:User", "robot", stack.find(instance, "vault-1"), {
                    name: "robot",
                })
                .add("aws:iam/accessKey:AccessKey", "robot", stack.find(instance, "vault-1"), {
                    user: "robot",
                }),
        caughtBy: ["iam-no-users-or-access-keys"],
    },
    {
        what: "the account's serial console is on",
        weaken: (stack) =>
            stack.add(
                "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
                "console",
                stack.find(instance, "vault-1"),
                { enabled: true },
            ),
        caughtBy: ["serial-console-disabled"],
    },
    {
        what: "the account's instances get the old metadata service",
        weaken: (stack) =>
            stack.add(
                "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
                "defaults",
                stack.find(instance, "vault-1"),
                { httpTokens: "optional" },
            ),
        caughtBy: ["metadata-defaults"],
    },
    {
        what: "user data holds a password",
        weaken: (stack) =>
            stack.change(instance, "vault-1", {
                userData: "#!/bin/sh\nDB_PASSWORD=hunter22 /opt/start\n",
            }),
        caughtBy: ["user-data-no-secrets"],
    },
    {
        what: "a snapshot is given to a foreign account",
        weaken: (stack) =>
            stack.add(
                "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
                "copy",
                stack.find(instance, "vault-1"),
                { snapshotId: "snap-0123456789abcdef0", accountId: "999900001111" },
            ),
        caughtBy: ["snapshots-ami-private"],
    },
    {
        what: "images of the account may become public",
        weaken: (stack) =>
            stack.drop("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", "account"),
        caughtBy: ["snapshots-ami-private"],
    },
    {
        what: "a server starts from an image that nobody approved",
        weaken: (stack) =>
            stack.change("keyward:index:KeyServer", "vault-1", { imageParameter: undefined }),
        caughtBy: ["ami-attestation-fresh", "approved-ami"],
    },
    {
        what: "the endpoint of AWS KMS is gone",
        weaken: (stack) => stack.drop("aws:ec2/vpcEndpoint:VpcEndpoint", "vault-kms"),
        caughtBy: ["required-vpc-endpoints"],
    },
    {
        what: "the servers' role may not talk to Systems Manager",
        weaken: (stack) => stack.drop("aws:iam/rolePolicy:RolePolicy", "vault-management"),
        caughtBy: ["ssm-managed"],
    },
    {
        what: "sessions run as an administrator",
        weaken: (stack) => {
            const { content } = stack.find(document, "vault").properties;
            assert.ok(typeof content === "string");
            return stack.change(document, "vault", {
                content: content.replace('"runAsEnabled":true', '"runAsEnabled":false'),
            });
        },
        caughtBy: ["session-preferences-hardened"],
    },
    {
        what: "a document is shared with everybody",
        weaken: (stack) =>
            stack.change(document, "vault-probe", {
                permissions: { type: "Share", account_ids: "All" },
            }),
        caughtBy: ["ssm-documents-private"],
    },
    {
        what: "a parameter that is not encrypted holds a token",
        weaken: (stack) =>
            stack.change("aws:ssm/parameter:Parameter", "vault-patching-hold", {
                name: "/keyward/vault/root-token",
            }),
        caughtBy: ["parameters-and-secrets-cmk"],
    },
    {
        what: "a second factor opens sessions for a day",
        weaken: (stack) => {
            const { policy } = stack.find("aws:iam/policy:Policy", "vault").properties;
            assert.ok(typeof policy === "string");
            return stack.change("aws:iam/policy:Policy", "vault", {
                policy: policy.replaceAll(
                    '"aws:MultiFactorAuthAge":"3600"',
                    '"aws:MultiFactorAuthAge":"86400"',
                ),
            });
        },
        caughtBy: ["mfa-for-sessions"],
    },
    {
        what: "a key may be deleted with the stack",
        weaken: (stack) =>
            new Mutation(
                stack.graph.map((one) =>
                    one === stack.find("aws:kms/key:Key", "vault-volumes")
                        ? { ...one, options: { ...one.options, protect: false } }
                        : one,
                ),
            ),
        caughtBy: ["resource-options-safe"],
    },
    {
        what: "the program holds an access key",
        weaken: (stack) =>
            stack.change(
                "pulumi:providers:aws",
                stack.graph.find(({ type }) => type === "pulumi:providers:aws")?.name ?? "",
                { accessKey: "AKIAABCDEFGHIJKLMNOP" },
            ),
        caughtBy: ["provider-and-stack-guard"],
    },
    {
        what: "an image pipeline beside the servers runs twice a year",
        weaken: (stack) =>
            stack.add(
                "aws:imagebuilder/imagePipeline:ImagePipeline",
                "images",
                stack.find(instance, "vault-1"),
                {
                    schedule: { scheduleExpression: "cron(0 4 1 1,7 ? *)" },
                    imageScanningConfiguration: { imageScanningEnabled: true },
                },
            ),
        caughtBy: ["image-pipeline-hardened"],
    },
    {
        what: "a type of compute that no policy reads stands among the servers",
        weaken: (stack) =>
            stack.add(
                "aws:ec2/spotFleetOfTomorrow:SpotFleetOfTomorrow",
                "tomorrow",
                stack.find(instance, "vault-1"),
                {},
            ),
        caughtBy: ["provider-and-stack-guard"],
    },
];

/** Changes the one approval rule of the baseline. */
function changeRule(stack: Mutation, changes: Readonly<Record<string, unknown>>): Mutation {
    const { approvalRules } = stack.find(baseline, "vault-amazon-linux-2023").properties;
    assert.ok(Array.isArray(approvalRules));
    return stack.change(baseline, "vault-amazon-linux-2023", {
        approvalRules: (approvalRules as readonly object[]).map((rule) => ({
            ...rule,
            ...changes,
        })),
    });
}

describe("mutations of the reference stack", () => {
    let reference: readonly RegisteredResource[];
    let known: ReadonlySet<string>;

    /** What policies said of all stacks that were judged here. */
    const messages = new Map<string, string[]>();

    function judge(
        resources: readonly RegisteredResource[],
        how: Partial<JudgeInput> = {},
    ): JudgedStack {
        const report = judgeStack({
            resources,
            project: "keyward",
            stack: "dev",
            asOf: new Date("2026-11-24T00:00:00Z"),
            ...how,
        });
        const fingerprints = report.findings.map(({ fingerprint }) => fingerprint);
        assert.equal(new Set(fingerprints).size, fingerprints.length);
        for (const { policy, message } of report.findings) {
            messages.set(policy, [...(messages.get(policy) ?? []), message]);
        }
        return report;
    }

    before(function () {
        this.timeout(120_000);
        reference = graphOf(".");
    });

    it("start from a stack that nothing blocks", () => {
        const report = judge(reference);
        assert.equal(report.blocked, false);
        known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
    });

    for (const { what, weaken, caughtBy } of weakenings) {
        it(`are caught when ${what}`, () => {
            const report = judge(weaken(new Mutation(reference)).graph);
            const caught = report.findings
                .filter(({ fingerprint }) => !known.has(fingerprint))
                .map(({ policy }) => policy);
            assert.deepEqual([...new Set(caught)].sort(), [...caughtBy]);
        });
    }

    it("are mended by the line of code that each policy gives, where it is about what was weakened", () => {
        const mended = new Set<string>();
        for (const { weaken, caughtBy } of weakenings) {
            const { graph } = weaken(new Mutation(reference));
            const weak = new Map(graph.map((resource) => [resource.urn, resource]));
            const changed = [
                ...reference.filter((resource) => weak.get(resource.urn) !== resource),
                ...graph.filter(({ urn }) => !reference.some((one) => one.urn === urn)),
            ];
            for (const policy of caughtBy) {
                const snippet = readSnippet(policyRecord(policy).remediation.example);
                const target = changed.find(({ type }) => type === snippet?.type);
                const rule = rules.find(({ name }) => name === policy);
                if (snippet === undefined || target === undefined || rule === undefined) {
                    continue;
                }
                const others = graph.filter(({ urn }) => urn !== target.urn);
                // Laid over what is there, or written in its place.
                const isMended = [weak.get(target.urn), undefined].some((old) =>
                    new AskedGraph([...others, applySnippet(snippet, old, target)])
                        .findings(rule)
                        .every(({ fingerprint }) => known.has(fingerprint)),
                );
                if (isMended) {
                    mended.add(policy);
                }
            }
        }
        assert.deepEqual(
            rules.map(({ name }) => name).filter((name) => !mended.has(name)),
            Object.keys(notMendedAlone),
        );
    });

    it("give the messages that the policy reference shows; KEYWARD_WRITE_MESSAGES=1 takes them over", () => {
        const server = new Mutation(reference).find(instance, "vault-1");
        const beside = new Mutation(reference)
            .add("aws:autoscaling/group:Group", "servers", server, { minSize: 3 })
            .add("aws:ec2/networkAclRule:NetworkAclRule", "ssh", server, {
                ...{ egress: false, ruleAction: "allow", protocol: "tcp" },
                ...{ cidrBlock: "0.0.0.0/0", fromPort: 22, toPort: 22 },
            });
        judge(beside.graph, {
            exemptions: [{ ...expired, expires: "2026-11-20" }],
            configuration: new Map([["no-public-ip", { level: "advisory", parameters: {} }]]),
        });
        if (process.env["KEYWARD_WRITE_MESSAGES"] === "1") {
            writeMessageExamples(messages);
            return;
        }
        for (const [policy, message] of Object.entries(messageExamples)) {
            assert.ok(messages.get(policy)?.includes(message), `${policy}: ${message}`);
        }
    });

    it("cover every registered rule, but for those that a change of this stack cannot reach", () => {
        const covered = new Set(weakenings.flatMap(({ caughtBy }) => caughtBy));
        assert.deepEqual(
            rules.map(({ name }) => name).filter((name) => !covered.has(name)),
            Object.keys(unreached),
        );
    });
});

/** Takes the boundary off the servers' role, which would take back what its policies give. */
function unbounded(stack: Mutation): Mutation {
    return stack.change("aws:iam/role:Role", "vault", { permissionsBoundary: undefined });
}

/** A record whose time is over. */
const expired = {
    id: "legacy-client",
    policy: "sg-egress-restricted",
    scope: { fingerprint: "0".repeat(32) },
    reason: "The legacy client cannot use a security group.",
    owner: "platform",
    approver: "security",
    ticket: "SEC-104",
    created: "2026-11-01",
};

/** Writes the last message of each policy: the first may be of the stack as it is. */
function writeMessageExamples(messages: ReadonlyMap<string, readonly string[]>): void {
    const file = join(__dirname, "../../policy-pack/reference/message-examples.ts");
    const last = [...messages].map(([policy, all]) => [policy, all.at(-1)] as const);
    const sorted = Object.fromEntries(last.sort(([one], [other]) => (one < other ? -1 : 1)));
    const [head = ""] = readFileSync(file, "utf8").split("= {");
    writeFileSync(file, `${head}= ${JSON.stringify(sorted, undefined, 4)};\n`);
}

const names = "it names resources of its own example, which this stack calls otherwise";
const part =
    "it makes one of several resources that the policy asks for, and another was weakened here";
const instead = "it makes another resource, instead of the one that was weakened here";
const unreachedHere = "no weakening here is caught by it";
const setting = "it is a setting of the pack, not of a resource";

/** Rules whose line of code does not mend a weakening here by itself, each with the reason. */
const notMendedAlone: Readonly<Record<string, string>> = {
    "ami-attestation-fresh": setting,
    "approved-ami": "it takes the image from a pipeline, which this stack has not",
    "asg-template-pinned": unreachedHere,
    "associations-staged": names,
    "buckets-guarded": part,
    "cloudtrail-hardened": names,
    "detection-enabled": unreachedHere,
    "iam-managed-policy-allowlist": instead,
    "iam-no-users-or-access-keys": instead,
    "image-pipeline-hardened": part,
    "kms-policy-scoped": instead,
    "kms-separation-of-duties": instead,
    "maintenance-window-patches-servers": part,
    "metric-filters-alarmed": names,
    "nacl-no-open-admin": unreachedHere,
    "one-server-per-update": unreachedHere,
    "parameters-and-secrets-cmk": instead,
    "patch-group-coverage": part,
    "patch-promotion-gated": part,
    "patch-scan-daily-and-reported": names,
    "patching-within-quotas": unreachedHere,
    "provider-and-stack-guard": instead,
    "required-vpc-endpoints": names,
    "session-preferences-hardened": names,
    "sg-no-admin-ports": instead,
    "snapshots-ami-private": part,
    "ssm-documents-private": part,
    "ssm-managed": instead,
};

/** Rules that no mutation here reaches, each with the reason; `rules/` tests them one by one. */
const unreached: Readonly<Record<string, string>> = {
    "asg-template-pinned": "the reference stack has no Auto Scaling group",
    "detection-enabled": "it finds the account's services missing before any mutation",
    "nacl-no-open-admin": "the reference stack has no network ACL of its own",
    "one-server-per-update": "one graph shows no update; the engine suite does",
    "patching-within-quotas": "three servers are far from every quota",
};
