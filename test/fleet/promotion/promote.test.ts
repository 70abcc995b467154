import assert from "node:assert/strict";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { promote, type PromotionAnswer } from "../../../fleet/promotion/promote";
import { readInstallOverrideList } from "../../../patching/gate/install-override-list";
import { AwsApi, AwsError, type AwsApiAnswers } from "../../support/aws-api";

const hour = 3600;
/** Seconds since 1970, as the API writes moments. */
const windowEnded = Date.parse("2026-11-24T05:00:00Z") / 1000;
const now = windowEnded + 25 * hour;
const settings = {
    canaryGroup: "kms-prod-vault-canary",
    canaryCount: 1,
    probeDocument: "probe",
    probeIntervalMinutes: 60,
    listBucket: "lists-bucket",
    listKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/secrets",
    pointerParameter: "/keyward/kms/prod/vault/patching/promoted",
    holdParameter: "/keyward/kms/prod/vault/patching/hold",
    decisionParameter: "/keyward/kms/prod/vault/patching/decision",
};
const request = {
    windowStartedAt: "2026-11-24T03:00:00Z",
    windowEndedAt: "2026-11-24T05:00:00.000Z",
    soakHours: "24",
    lastAttempt: "no",
    emergencyReason: "",
};

const patch = (id: string, version: string, State = "Installed"): Record<string, unknown> => ({
    KBId: id,
    Title: `${id}:${version}`,
    State,
});
const probe = (index: number, output: string, Status = "Success"): Record<string, unknown> => ({
    Status,
    RequestedDateTime: windowEnded + index * hour,
    CommandPlugins: [{ Output: output }],
});
const healthy = '{"healthy":true,"repositoryWarnings":[]}\n';

/** What a clean canary's APIs answer: patches and probes on two pages each. */
function cleanAnswers(changes: AwsApiAnswers["json"] = {}): NonNullable<AwsApiAnswers["json"]> {
    const pages = (all: readonly unknown[], token: unknown): object =>
        token === undefined
            ? { page: all.slice(0, 1), NextToken: "2" }
            : { page: all.slice(1), NextToken: undefined };
    return {
        GetParameters: ({ Names }) => ({
            Parameters: (Names as string[]).map((Name) => ({ Name, Value: "none" })),
        }),
        DescribeInstanceInformation: () => ({
            InstanceInformationList: [
                { InstanceId: "i-0a", PingStatus: "Online", LastPingDateTime: now - 60 },
            ],
        }),
        DescribeInstancePatchStates: () => ({
            InstancePatchStates: [
                {
                    InstanceId: "i-0a",
                    Operation: "Scan",
                    OperationStartTime: windowEnded + hour,
                    OperationEndTime: windowEnded + hour + 60,
                    InstalledCount: 2,
                },
            ],
        }),
        DescribeInstancePatches: ({ NextToken }) => {
            const { page, ...more } = pages(
                [patch("bash.x86_64", "0:5.2.15-1"), patch("curl.x86_64", "0:8.5.0-1")],
                NextToken,
            ) as { page: unknown };
            return { Patches: page, ...more };
        },
        ListComplianceItems: () => ({
            ComplianceItems: [
                {
                    Id: "sshd-root",
                    Status: "COMPLIANT",
                    ExecutionSummary: { ExecutionTime: windowEnded + 2 * hour },
                },
            ],
        }),
        ListCommandInvocations: ({ NextToken }) => {
            const all = Array.from({ length: 25 }, (_, index) => probe(index, healthy));
            const { page, ...more } = pages(all, NextToken) as { page: unknown };
            return { CommandInvocations: page, ...more };
        },
        ...changes,
    };
}

interface Played {
    readonly answer: PromotionAnswer;
    /** Parameters that were written, in order: name's last part → value. */
    readonly written: readonly (readonly [string, string])[];
    /** Path of the object that was put, "" for none. */
    readonly put: string;
    readonly reasons: readonly string[];
}

async function play(
    changes: AwsApiAnswers["json"] = {},
    more: { request?: Partial<typeof request>; canaryCount?: number } = {},
): Promise<Played> {
    const written: [string, string][] = [];
    const api = await AwsApi.start({
        json: {
            ...cleanAnswers(changes),
            PutParameter: ({ Name, Value }) => {
                written.push([String(Name).split("/").at(-1) ?? "", String(Value)]);
                return { Version: 2 };
            },
        },
        restAny: () => ({ body: "" }),
    });
    const options = {
        endpoint: api.environment["AWS_ENDPOINT_URL"] ?? "",
        region: "eu-central-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 3,
    };
    try {
        const answer = await promote(
            { ...request, ...more.request },
            { ...settings, canaryCount: more.canaryCount ?? 1 },
            { ssm: new SSMClient(options), s3: new S3Client({ ...options, forcePathStyle: true }) },
            now * 1000,
        );
        const decision = written.find(([name]) => name === "decision")?.[1] ?? "{}";
        const { reasons = [] } = JSON.parse(decision) as {
            reasons?: { server: string; check: string }[];
        };
        const put = api.calls.find((call) => call.startsWith("PUT "))?.slice(4) ?? "";
        return {
            answer,
            written,
            put,
            reasons: reasons.map(({ server, check }) => `${check} ${server}`.trim()),
        };
    } finally {
        await api.stop();
    }
}

describe("a promotion", () => {
    it("writes exactly the canary's patches of all pages under their hash, then moves the pointer", async () => {
        const { answer, written, put } = await play();
        assert.equal(answer, "promote");
        const text = [
            "sequence: 1",
            "patches:",
            "  - id: bash.x86_64",
            "    title: bash.x86_64:0:5.2.15-1",
            "  - id: curl.x86_64",
            "    title: curl.x86_64:0:8.5.0-1",
            "count: 2",
            "",
        ].join("\n");
        const key = put.replace("/lists-bucket/", "");
        assert.equal(readInstallOverrideList(text, key, 0).patches.length, 2);
        assert.deepEqual(
            written.map(([name]) => name),
            ["promoted", "decision"],
        );
        assert.equal(written[0]?.[1], `s3://lists-bucket/${key}`);
        assert.deepEqual(JSON.parse(written[1]?.[1] ?? ""), {
            decision: "promote",
            at: "2026-11-25T06:00:00.000Z",
            list: `s3://lists-bucket/${key}`,
            patches: 2,
        });
    });

    it("counts on from the last promoted list", async () => {
        const pointer = `s3://lists-bucket/lists/00000041-${"a".repeat(64)}.yaml`;
        const { put } = await play({
            GetParameters: ({ Names }) => ({
                Parameters: (Names as string[]).map((Name) => ({
                    Name,
                    Value: Name.endsWith("promoted") ? pointer : "none",
                })),
            }),
        });
        assert.match(put, /^\/lists-bucket\/lists\/00000042-[0-9a-f]{64}\.yaml$/);
    });

    const never = (): never => {
        throw new AwsError("AccessDeniedException", "no", 400);
    };
    for (const [title, changes, reasons] of [
        [
            "the patch state cannot be read",
            { DescribeInstancePatchStates: never },
            [
                "scan-fresh i-0a",
                "patches-installed i-0a",
                "patches-missing i-0a",
                "patches-failed i-0a",
                "reboot-pending i-0a",
            ],
        ],
        [
            "no patch state was ever reported",
            { DescribeInstancePatchStates: () => ({ InstancePatchStates: [] }) },
            [
                "scan-fresh i-0a",
                "patches-installed i-0a",
                "patches-missing i-0a",
                "patches-failed i-0a",
                "reboot-pending i-0a",
            ],
        ],
        [
            "the list of patches is empty",
            { DescribeInstancePatches: () => ({ Patches: [] }) },
            ["patches-installed i-0a"],
        ],
        [
            "patches cannot be listed",
            { DescribeInstancePatches: never },
            ["patches-installed i-0a"],
        ],
        [
            "nobody asked the workload",
            { ListCommandInvocations: () => ({ CommandInvocations: [] }) },
            ["repositories-reached i-0a", "workload-healthy i-0a"],
        ],
        [
            "an answer of the workload cannot be read",
            {
                ListCommandInvocations: () => ({
                    CommandInvocations: Array.from({ length: 25 }, (_, index) =>
                        probe(index, index === 7 ? "Segmentation fault" : healthy),
                    ),
                }),
            },
            ["workload-healthy i-0a"],
        ],
        [
            "a repository was not reached",
            {
                ListCommandInvocations: () => ({
                    CommandInvocations: Array.from({ length: 25 }, (_, index) =>
                        probe(index, '{"healthy":true,"repositoryWarnings":["no route"]}'),
                    ),
                }),
            },
            ["repositories-reached i-0a"],
        ],
        [
            "the host audit was never published",
            { ListComplianceItems: () => ({ ComplianceItems: [] }) },
            ["host-audit-clean i-0a"],
        ],
        [
            "a person holds production",
            {
                GetParameters: ({ Names }: Record<string, unknown>) => ({
                    Parameters: (Names as string[]).map((Name) => ({
                        Name,
                        Value: Name.endsWith("hold") ? "incident 4711" : "none",
                    })),
                }),
            },
            ["manual-hold"],
        ],
        [
            "there is no canary",
            { DescribeInstanceInformation: () => ({ InstanceInformationList: [] }) },
            ["canaries-present", "canaries-present"],
        ],
    ] as const) {
        it(`holds and moves nothing when ${title}`, async () => {
            const { answer, written, put, reasons: found } = await play(changes);
            assert.equal(answer, "hold");
            assert.deepEqual(found, reasons);
            assert.deepEqual(
                written.map(([name]) => name),
                ["decision"],
            );
            assert.equal(put, "");
        });
    }

    it("holds when fewer servers carry the tag than the ring has", async () => {
        const { answer, reasons } = await play({}, { canaryCount: 2 });
        assert.equal(answer, "hold");
        assert.deepEqual(reasons, ["canaries-present"]);
    });

    const staleScan = {
        DescribeInstancePatchStates: (): unknown => ({
            InstancePatchStates: [
                {
                    InstanceId: "i-0a",
                    Operation: "Install",
                    OperationStartTime: windowEnded - hour,
                    OperationEndTime: windowEnded - 60,
                    InstalledCount: 2,
                },
            ],
        }),
    };

    it("waits while only the scan is missing, and writes nothing", async () => {
        const { answer, written } = await play(staleScan);
        assert.equal(answer, "wait");
        assert.deepEqual(written, []);
    });

    it("holds for a missing scan at the last attempt", async () => {
        const { answer, reasons } = await play(staleScan, { request: { lastAttempt: "yes" } });
        assert.equal(answer, "hold");
        assert.deepEqual(reasons, ["scan-fresh i-0a"]);
    });

    it("asks again when it is throttled", async () => {
        let refused = 0;
        const { answer } = await play({
            DescribeInstancePatchStates: (input) => {
                if (refused++ < 2) {
                    throw new AwsError("ThrottlingException", "Rate exceeded", 400);
                }
                return cleanAnswers()["DescribeInstancePatchStates"]?.(input);
            },
        });
        assert.equal(answer, "promote");
        assert.equal(refused, 3);
    });

    it("fails, and decides nothing, when its parameters do not exist", async () => {
        await assert.rejects(
            play({ GetParameters: () => ({ Parameters: [] }) }),
            /the parameter \/keyward\/kms\/prod\/vault\/patching\/promoted does not exist/,
        );
    });

    it("keeps the reason of an emergency with the decision", async () => {
        const { written } = await play({}, { request: { emergencyReason: "CVE-2026-0001" } });
        const { emergencyReason } = JSON.parse(written[1]?.[1] ?? "{}") as Record<string, unknown>;
        assert.equal(emergencyReason, "CVE-2026-0001");
    });
});
