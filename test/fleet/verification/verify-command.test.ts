import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostAuditComplianceType } from "../../../catalog/live-checks";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { AwsApi, AwsError, type AwsApiAnswers } from "../../support/aws-api";

const root = join(__dirname, "../../..");
const seconds = (hoursAgo: number): number => Date.now() / 1000 - hoursAgo * 3600;
const iso = (hoursAgo: number): string => new Date(seconds(hoursAgo) * 1000).toISOString();

/** An account in which one server passes every check. */
function answers(changes: NonNullable<AwsApiAnswers["json"]> = {}): AwsApiAnswers {
    return {
        query: {
            GetCallerIdentity: () =>
                "<GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult>",
            DescribeInstances: () =>
                `<reservationSet><item><ownerId>111122223333</ownerId><instancesSet><item><instanceId>i-0123456789abcdef0</instanceId><instanceState><name>running</name></instanceState><launchTime>${iso(3)}</launchTime></item></instancesSet></item></reservationSet>`,
        },
        json: {
            DescribeInstanceInformation: () => ({
                InstanceInformationList: [
                    { PingStatus: "Online", LastPingDateTime: seconds(0.01) },
                ],
            }),
            // Two pages: the profile's association is on the second.
            DescribeInstanceAssociationsStatus: ({ NextToken }) =>
                NextToken === undefined
                    ? {
                          InstanceAssociationStatusInfos: [{ AssociationName: "other" }],
                          NextToken: "2",
                      }
                    : {
                          InstanceAssociationStatusInfos: [
                              {
                                  AssociationName: "keyward-host-profile-vault",
                                  Status: "Success",
                                  ExecutionDate: seconds(2),
                              },
                          ],
                      },
            ListComplianceItems: ({ Filters }) => {
                assert.deepEqual((Filters as { Values: string[] }[])[0]?.Values, [
                    hostAuditComplianceType,
                ]);
                return {
                    ComplianceItems: [
                        {
                            Id: "no-telnet",
                            Status: "COMPLIANT",
                            ExecutionSummary: { ExecutionTime: seconds(1) },
                        },
                    ],
                };
            },
            DescribeInstancePatchStates: () => ({
                InstancePatchStates: [
                    {
                        InstanceId: "i-0123456789abcdef0",
                        Operation: "Scan",
                        OperationStartTime: seconds(1.1),
                        OperationEndTime: seconds(1),
                        InstalledCount: 3,
                        InstalledOtherCount: 300,
                        MissingCount: 0,
                        FailedCount: 0,
                        InstalledPendingRebootCount: 0,
                    },
                ],
            }),
            // Sessions leave a stream when somebody opens one.
            DescribeLogStreams: ({ logGroupName, logStreamNamePrefix }) => {
                assert.equal(logStreamNamePrefix, "i-0123456789abcdef0");
                const stream = {
                    logStreamName: "i-0123456789abcdef0/journal",
                    lastIngestionTime: Date.now() - 60_000,
                };
                return { logStreams: logGroupName === "/keyward/vault/session" ? [] : [stream] };
            },
            ...changes,
        },
        bucketOwner: "111122223333",
        rest: {
            "GET /archive-bucket/": () => ({
                body: `<ListBucketResult><Contents><Key>logs/old.gz</Key><LastModified>${iso(9)}</LastModified></Contents><Contents><Key>logs/new.gz</Key><LastModified>${iso(1)}</LastModified></Contents></ListBucketResult>`,
            }),
            "HEAD /archive-bucket/logs/new.gz": () => ({
                headers: {
                    "x-amz-object-lock-mode": "COMPLIANCE",
                    "x-amz-object-lock-retain-until-date": iso(-366 * 24),
                },
            }),
        },
    };
}

interface Run {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly report?: JudgedStack;
}

describe("keyward verify", () => {
    let folder: string;
    let api: AwsApi | undefined;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-verify-"));
    });
    afterEach(async () => {
        await api?.stop();
        api = undefined;
        rmSync(folder, { recursive: true, force: true });
    });

    async function verify(
        given: AwsApiAnswers,
        environment: Record<string, string> = {},
    ): Promise<Run> {
        await api?.stop();
        api = await AwsApi.start(given);
        const file = join(folder, "report.json");
        const env = {
            PATH: process.env["PATH"],
            HOME: folder,
            ...api.environment,
            KEYWARD_INSTANCE_IDS: "i-0123456789abcdef0",
            KEYWARD_LOG_GROUPS: "/keyward/vault/system",
            KEYWARD_OCCASIONAL_LOG_GROUPS: "/keyward/vault/session",
            KEYWARD_APPLICATION_LOG_GROUP: "/keyward/vault/application",
            KEYWARD_ARCHIVE: "archive-bucket/logs/",
            ...environment,
        };
        return new Promise((resolve) => {
            execFile(
                process.execPath,
                ["cli/bin/keyward.js", "verify", "--json", file],
                { cwd: root, env, timeout: 25_000 },
                (error, stdout, stderr) => {
                    const status =
                        typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
                    resolve({
                        status,
                        stdout,
                        stderr,
                        ...(existsSync(file) && {
                            report: JSON.parse(readFileSync(file, "utf8")) as JudgedStack,
                        }),
                    });
                },
            );
        });
    }

    it("ends with 0 when everything is proved, and writes the report", async () => {
        const run = await verify(answers());
        assert.equal(run.stderr.trim(), "keyward: 7 of 7 checks pass");
        assert.equal(run.status, 0);
        assert.deepEqual(
            run.report?.policies.map(({ name, counts }) => [name, counts.pass, counts.fail]),
            [
                ["live-server-runs", 1, 0],
                ["live-server-managed", 1, 0],
                ["live-profile-applied", 1, 0],
                ["live-host-audit-clean", 1, 0],
                ["live-patches-current", 1, 0],
                ["live-logs-arrive", 1, 0],
                ["live-archive-retained", 1, 0],
            ],
        );
    });

    it("proves the archive of another account, and takes no bucket of an account that was not named", async () => {
        const elsewhere = { ...answers(), bucketOwner: "444455556666" };
        const unnamed = await verify(elsewhere);
        assert.equal(unnamed.status, 1);
        assert.deepEqual(
            unnamed.report?.findings.map(({ policy, message }) => [policy, message]),
            [
                [
                    "live-archive-retained",
                    "The archive holds what it receives: no; nothing has arrived in the archive: s3:ListBucket failed: AccessDenied: UnknownError; AWS refuses this also where another account than 111122223333 owns the bucket: its owner is named by --archive-account, or by the cluster's auditLog.archiveAccountId",
                ],
            ],
        );
        const named = await verify(elsewhere, { KEYWARD_ARCHIVE_ACCOUNT: "444455556666" });
        assert.equal(named.status, 0, named.stderr);
    });

    it("ends with 1 and says why when AWS does not answer a question", async () => {
        const run = await verify(
            answers({
                ListComplianceItems: () => {
                    throw new AwsError("AccessDeniedException", "not yours to read");
                },
            }),
        );
        assert.equal(run.status, 1);
        assert.deepEqual(
            run.report?.findings.map(({ policy, message, urn }) => [policy, message, urn]),
            [
                [
                    "live-host-audit-clean",
                    "The host audit is clean: no; nothing was published by the host audit: ssm:ListComplianceItems failed: AccessDeniedException: not yours to read",
                    "arn:aws:ec2:eu-central-1:111122223333:instance/i-0123456789abcdef0",
                ],
            ],
        );
        assert.match(run.stdout, /live-host-audit-clean/);
    });

    it("accepts software that waits for its initialisation, says so, and fails it once it is said to be initialised", async () => {
        const open =
            "keyward: arn:aws:ec2:eu-central-1:111122223333:instance/i-0123456789abcdef0: its audit log has not begun: initialise the software and switch its audit device on, then verify with --initialised";
        const waiting = await verify(answers(), { KEYWARD_AUDIT_STREAM: "audit" });
        assert.deepEqual(waiting.stderr.trim().split("\n"), ["keyward: 7 of 7 checks pass", open]);
        assert.equal(waiting.status, 0);
        assert.equal(waiting.report?.assumptions.length, 1);
        const initialised = await verify(answers(), {
            KEYWARD_AUDIT_STREAM: "audit",
            KEYWARD_INITIALISED: "true",
        });
        assert.equal(initialised.status, 1);
        assert.deepEqual(
            initialised.report?.findings.map(({ policy }) => policy),
            ["live-logs-arrive"],
        );
    });

    it("waits for a server that comes up, round by round", async () => {
        let asked = 0;
        const run = await verify(
            answers({
                DescribeInstanceInformation: () => ({
                    InstanceInformationList:
                        ++asked < 3 ? [] : [{ PingStatus: "Online", LastPingDateTime: seconds(0) }],
                }),
            }),
            { KEYWARD_TIME_LIMIT_SECONDS: "20", KEYWARD_INTERVAL_SECONDS: "0" },
        );
        assert.deepEqual(run.stderr.trim().split("\n"), [
            "keyward: 6 of 7 checks pass",
            "keyward: 6 of 7 checks pass",
            "keyward: 7 of 7 checks pass",
        ]);
        assert.equal(run.status, 0);
    });

    it("ends with 2 and writes nothing when the credentials are of another account", async () => {
        const run = await verify(answers(), { KEYWARD_ACCOUNT: "444455556666" });
        assert.equal(run.status, 2);
        assert.equal(
            run.stderr.trim(),
            "keyward: the servers belong to account 444455556666, the credentials to 111122223333: use credentials of the servers' account",
        );
        assert.equal(run.report, undefined);
    });

    it("ends with 2 and names every wrong setting at once", async () => {
        const run = await verify(answers(), {
            KEYWARD_INSTANCE_IDS: "vault-1",
            AWS_REGION: "mars",
            KEYWARD_LOG_GROUPS: "",
            KEYWARD_INITIALISED: "perhaps",
            KEYWARD_TIME_LIMIT_SECONDS: "soon",
        });
        assert.equal(run.status, 2);
        assert.deepEqual(
            run.stderr
                .trim()
                .split("\n")
                .map((line) => line.split(" ")[1]),
            ["--instance-ids", "--region", "--log-groups", "--initialised", "--time-limit"],
        );
        assert.deepEqual(api?.calls, []);
    });
});
