import assert from "node:assert/strict";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { S3 } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { join } from "node:path";
import { hostAuditComplianceType, hostProfileAssociationName } from "../../catalog/live-checks";
import { AwsEmulator, type SsmAnswers } from "../support/aws-emulator";
import { Engine, repository, type EngineRun, type EngineStack } from "../support/engine";

const region = "eu-central-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const day = 24 * 3_600_000;

describe("the verification of a cluster, run by the command provider", function () {
    let engine: Engine;
    let aws: AwsEmulator;
    let stack: EngineStack;
    let instanceId: string;

    before(async () => {
        engine = await Engine.start();
        aws = await AwsEmulator.start(engine.folder, neverHeardOf());
        const at = { region, credentials, endpoint: aws.endpoint };
        instanceId = await launch(new EC2(at));
        await writeLogs(new CloudWatchLogs(at), instanceId);
        await fillArchive(new S3({ ...at, forcePathStyle: true }));
        const { Account = "" } = await new STSClient(at).send(new GetCallerIdentityCommand({}));
        stack = await engine.stack(join(repository, "test/fixtures/programs/verified"));
        await stack.set("instanceId", instanceId);
        await stack.set("account", Account);
        const program = join(repository, "cli/bin/keyward.js");
        await stack.set("command", `'${process.execPath}' '${program}' verify`);
    });

    after(() => {
        aws.stop();
        engine.dispose();
    });

    function up(): Promise<EngineRun> {
        return stack.run(["up", "--yes", "--skip-preview"], {
            environment: {
                AWS_ENDPOINT_URL: aws.endpoint,
                AWS_ACCESS_KEY_ID: credentials.accessKeyId,
                AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
                AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
                KEYWARD_INTERVAL_SECONDS: "1",
            },
        });
    }

    it("fails the update, and says why, when a server does not come up within its time", async () => {
        await stack.set("timeLimitSeconds", "3");
        const run = await up();
        assert.notEqual(run.status, 0);
        const output = flowing(run);
        assert.match(output, /nothing is known of the server's agent: it never came up/);
        assert.match(output, /nothing applies the host profile to the server/);
        assert.ok(
            aws.asked.filter((action) => action === "DescribeInstanceInformation").length >= 2,
            "it asked once only",
        );
    });

    it("lets the update through once the server is managed, profiled, audited, patched and heard of, its software uninitialised", async () => {
        aws.ssm = cameUp(instanceId);
        await stack.set("timeLimitSeconds", "20");
        const run = await up();
        assert.equal(run.status, 0, run.stdout + run.stderr);
        assert.match(run.stdout, /7 of 7 checks pass/);
        assert.match(flowing(run), /its audit log has not begun: initialise the software/);
    });

    it("does not ask again while nothing changed", async () => {
        const before = aws.asked.length;
        const run = await up();
        assert.equal(run.status, 0, run.stdout + run.stderr);
        assert.equal(aws.asked.length, before);
    });

    it("asks again for another image, and fails for what is wrong then", async () => {
        const before = aws.asked.length;
        aws.ssm = { ...cameUp(instanceId), ListComplianceItems: auditOf("NON_COMPLIANT") };
        await stack.set("image", "ami-00000000000000002");
        await stack.set("timeLimitSeconds", "2");
        const run = await up();
        assert.notEqual(run.status, 0);
        assert.match(flowing(run), /1 host checks fail: no-telnet/);
        assert.ok(aws.asked.length > before);
    });
});

/** What a run said, without the line breaks of the report. */
function flowing({ stdout, stderr }: EngineRun): string {
    return (stdout + stderr).replace(/\s+/g, " ");
}

function neverHeardOf(): SsmAnswers {
    return {
        DescribeInstanceInformation: { InstanceInformationList: [] },
        DescribeInstanceAssociationsStatus: { InstanceAssociationStatusInfos: [] },
        DescribeInstancePatchStates: { InstancePatchStates: [] },
        ListComplianceItems: { ComplianceItems: [] },
    };
}

function cameUp(instanceId: string): SsmAnswers {
    const now = new Date();
    return {
        DescribeInstanceInformation: {
            InstanceInformationList: [
                { InstanceId: instanceId, PingStatus: "Online", LastPingDateTime: now },
            ],
        },
        DescribeInstanceAssociationsStatus: {
            InstanceAssociationStatusInfos: [
                {
                    AssociationName: `${hostProfileAssociationName}-vault`,
                    Status: "Success",
                    ExecutionDate: now,
                },
            ],
        },
        DescribeInstancePatchStates: {
            InstancePatchStates: [
                {
                    InstanceId: instanceId,
                    PatchGroup: "vault",
                    BaselineId: "pb-0123456789abcdef0",
                    Operation: "Scan",
                    OperationStartTime: now,
                    OperationEndTime: now,
                    InstalledCount: 3,
                    InstalledOtherCount: 300,
                    MissingCount: 0,
                    FailedCount: 0,
                },
            ],
        },
        ListComplianceItems: auditOf("COMPLIANT"),
    };
}

function auditOf(status: "COMPLIANT" | "NON_COMPLIANT"): SsmAnswers["ListComplianceItems"] {
    return {
        ComplianceItems: [
            {
                ComplianceType: hostAuditComplianceType,
                Id: "no-telnet",
                Status: status,
                ExecutionSummary: { ExecutionTime: new Date() },
            },
        ],
    };
}

async function launch(ec2: EC2): Promise<string> {
    const { Images = [] } = await ec2.describeImages({ Owners: ["amazon"] });
    const { Instances = [] } = await ec2.runInstances({
        ImageId: Images[0]?.ImageId,
        InstanceType: "m5.large",
        MinCount: 1,
        MaxCount: 1,
    });
    return Instances[0]?.InstanceId ?? assert.fail("the emulator launched nothing");
}

/** System, security and application groups hear of the server; nobody has opened a session, no patch run was made. */
async function writeLogs(logs: CloudWatchLogs, instanceId: string): Promise<void> {
    for (const kind of ["system", "security", "application", "session", "patch"]) {
        const logGroupName = `/keyward/${kind}`;
        await logs.createLogGroup({ logGroupName });
        if (!["session", "patch"].includes(kind)) {
            const stream = { logGroupName, logStreamName: `${instanceId}/journal` };
            await logs.createLogStream(stream);
            const logEvents = [{ timestamp: Date.now(), message: "started" }];
            await logs.putLogEvents({ ...stream, logEvents });
        }
    }
}

/** What a delivery leaves in a bucket whose default retention holds it in compliance mode. */
async function fillArchive(s3: S3): Promise<void> {
    const Bucket = "keyward-archive";
    await s3.createBucket({
        Bucket,
        ObjectLockEnabledForBucket: true,
        CreateBucketConfiguration: { LocationConstraint: region },
    });
    await s3.putObject({
        Bucket,
        Key: "logs/2026/11/24/a.gz",
        Body: "logs",
        ObjectLockMode: "COMPLIANCE",
        ObjectLockRetainUntilDate: new Date(Date.now() + 400 * day),
    });
}
