import assert from "node:assert/strict";
import { judgeStack } from "../../policy-pack/judge";
import { sketchResource } from "../support/resources";

/** What a policy says of a stack that holds one resource and nothing else, with every resource in scope. */
function judge(
    policy: string,
    type: string,
    properties: Readonly<Record<string, unknown>>,
): boolean {
    const { findings } = judgeStack({
        resources: [sketchResource({ type, name: "lone", properties })],
        project: "vault",
        stack: "dev",
        asOf: new Date("2026-11-01T00:00:00Z"),
        scope: { mode: "all", keyServers: [] },
    });
    return findings.some((finding) => finding.policy === policy && finding.verdict === "fail");
}

/** The policies that block a stack that holds one resource and nothing else, in the scope that is the default. */
function blocking(sketch: Parameters<typeof sketchResource>[0]): readonly string[] {
    const { findings } = judgeStack({
        resources: [sketchResource(sketch)],
        project: "vault",
        stack: "dev",
        asOf: new Date("2026-11-01T00:00:00Z"),
    });
    return findings.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
}

const ingress = (rule: Readonly<Record<string, unknown>>) => ({
    description: "Vault",
    ingress: [{ protocol: "tcp", fromPort: 8200, toPort: 8200, description: "API", ...rule }],
});
const allow = (Action: unknown, Resource: unknown) => ({
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] }),
});
const trusting = (statement: Readonly<Record<string, unknown>>) => ({
    assumeRolePolicy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }),
});
const copying = (rule: Readonly<Record<string, unknown>>) => ({
    policyDetails: { schedules: [{ crossRegionCopyRules: [rule] }] },
});
const ec2 = { Service: "ec2.amazonaws.com" };
const stream = "arn:aws:logs:eu-central-1:111122223333:log-group:a:*";
const group = "aws:ec2/securityGroup:SecurityGroup";
const key = "aws:kms/key:Key";
const log = "aws:cloudwatch/logGroup:LogGroup";
const volume = "aws:ebs/volume:Volume";
const document = "aws:ssm/document:Document";
const iam = "aws:iam/policy:Policy";
const bucket = "aws:s3/bucket:Bucket";
const aclRule = "aws:ec2/networkAclRule:NetworkAclRule";
const ssh = {
    networkAclId: "acl-1",
    ruleNumber: 100,
    ruleAction: "allow",
    protocol: "tcp",
    fromPort: 22,
    toPort: 22,
};
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topic = "arn:aws:sns:eu-central-1:111122223333:alarms";
const told = { alarmActions: [topic] };
const ebsDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const trail = "aws:cloudtrail/trail:Trail";
const complete = {
    s3BucketName: "logs",
    isMultiRegionTrail: true,
    enableLogFileValidation: true,
    kmsKeyId: "alias/logs",
    cloudWatchLogsGroupArn: stream,
    cloudWatchLogsRoleArn: "arn:aws:iam::111122223333:role/trail",
};
const fromClients = ingress({ securityGroups: ["sg-1"] });
const kept = { retentionInDays: 400, kmsKeyId: "alias/logs", skipDestroy: true };

describe("a resource that stands alone", () => {
    for (const [policy, type, weak, sound] of [
        ["sg-no-public-ingress", group, ingress({ cidrBlocks: ["0.0.0.0/0"] }), fromClients],
        ["sg-no-public-ingress", group, ingress({ ipv6CidrBlocks: ["::/0"] }), fromClients],
        ["sg-no-public-ingress", group, ingress({ cidrBlocks: ["128.0.0.0/1"] }), fromClients],
        ["kms-rotation", key, {}, { enableKeyRotation: true }],
        ["kms-rotation", key, { enableKeyRotation: "false" }, { keyUsage: "SIGN_VERIFY" }],
        ["log-group-retention-and-cmk", log, {}, kept],
        ["log-group-retention-and-cmk", log, { ...kept, retentionInDays: 7 }, kept],
        ["log-group-retention-and-cmk", log, { ...kept, kmsKeyId: undefined }, kept],
        ["volumes-encrypted-cmk", volume, {}, { encrypted: true, kmsKeyId: "alias/own" }],
        [
            "volumes-encrypted-cmk",
            volume,
            { encrypted: true, kmsKeyId: "alias/aws/ebs" },
            { encrypted: "true", kmsKeyId: "alias/own" },
        ],
        [
            "ssm-documents-private",
            document,
            { content: "{}", permissions: { type: "Share", account_ids: "All" } },
            { content: "{}" },
        ],
        [
            "nacl-no-open-admin",
            aclRule,
            { ...ssh, cidrBlock: "0.0.0.0/0" },
            { ...ssh, cidrBlock: "10.0.0.0/8" },
        ],
        [
            "nacl-no-open-admin",
            aclRule,
            { ...ssh, ruleNumber: undefined, cidrBlock: "0.0.0.0/0" },
            { ...ssh, ruleNumber: undefined, cidrBlock: "10.0.0.0/8" },
        ],
        ["alarms-wired", alarm, { alarmActions: [topic], actionsEnabled: false }, told],
        ["alarms-wired", alarm, {}, told],
        ["backups-protected", "aws:backup/vault:Vault", {}, { kmsKeyArn: "alias/own" }],
        [
            "backups-protected",
            "aws:dlm/lifecyclePolicy:LifecyclePolicy",
            copying({ encrypted: false }),
            copying({ encrypted: true, cmkArn: "alias/own" }),
        ],
        [
            "iam-trust-scoped",
            "aws:iam/role:Role",
            trusting({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
            trusting({ Principal: ec2, Action: "sts:AssumeRole" }),
        ],
        [
            "iam-trust-scoped",
            "aws:iam/role:Role",
            trusting({ Principal: ec2, Action: "sts:*" }),
            trusting({ Principal: ec2, Action: ["sts:AssumeRole"] }),
        ],
        [
            "subnet-private",
            "aws:ec2/subnet:Subnet",
            { vpcId: "vpc-1", mapPublicIpOnLaunch: true },
            { vpcId: "vpc-1" },
        ],
        ["volumes-encrypted-cmk", ebsDefault, { enabled: false }, { enabled: true }],
        ["volumes-encrypted-cmk", ebsDefault, { enabled: "false" }, {}],
        ["cloudtrail-hardened", trail, { ...complete, kmsKeyId: undefined }, complete],
        ["cloudtrail-hardened", trail, { ...complete, enableLogFileValidation: false }, complete],
        ["cloudtrail-hardened", trail, { ...complete, isMultiRegionTrail: false }, complete],
        ["iam-no-wildcard-actions", iam, allow("*", "*"), allow("logs:PutLogEvents", stream)],
        [
            "iam-no-wildcard-actions",
            iam,
            allow(["s3:*"], stream),
            allow("logs:PutLogEvents", stream),
        ],
    ] as const) {
        it(`is told weak from sound by ${policy}: ${JSON.stringify(weak)}`, () => {
            assert.deepEqual(
                [judge(policy, type, weak), judge(policy, type, sound)],
                [true, false],
            );
        });
    }

    for (const [type, properties] of [
        [key, { enableKeyRotation: true, deletionWindowInDays: 30 }],
        [
            "aws:secretsmanager/secret:Secret",
            { kmsKeyId: "alias/secrets", recoveryWindowInDays: 30 },
        ],
        [group, fromClients],
        [volume, { encrypted: true, kmsKeyId: "alias/own" }],
        [iam, allow("logs:PutLogEvents", stream)],
        [
            "aws:ec2/flowLog:FlowLog",
            {
                vpcId: "vpc-1",
                trafficType: "ALL",
                maxAggregationInterval: 60,
                logDestination: stream,
            },
        ],
    ] as const) {
        it(`is not blocked where it is sound and no key server is there: ${type}`, () => {
            assert.deepEqual(blocking({ type, name: "lone", properties }), []);
        });
    }

    it("is asked for more where a component of ours made it", () => {
        assert.deepEqual(
            blocking({
                type: key,
                name: "lone",
                inside: ["keyward:index:KeyServerEncryption"],
                properties: { enableKeyRotation: true },
            }),
            ["resource-options-safe"],
        );
    });

    it("is told a bucket without a public access block from sound, and is not asked for more", () => {
        assert.ok(judge("buckets-private", bucket, { acl: "public-read" }));
        assert.ok(!judge("log-bucket-access", bucket, {}));
    });
});
