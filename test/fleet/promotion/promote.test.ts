import assert from "node:assert/strict";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { promote, type PromotionAnswer } from "../../../fleet/promotion/promote";
import { readPromotionSettings, type PromotionSettings } from "../../../fleet/promotion/settings";
import { patchComplianceType } from "../../../patching/gate/patch-items";
import { promotionVariables } from "../../../patching/gate/promotion-request";
import { readInstallOverrideList } from "../../../patching/gate/install-override-list";
import { AwsApi, AwsError, type AwsApiAnswers } from "../../support/aws-api";

const hour = 3600;
/** Seconds since 1970, as the API writes moments. */
const windowEnded = Date.parse("2026-11-24T05:00:00Z") / 1000;
const now = windowEnded + 25 * hour;
const settings: PromotionSettings = {
    patchSource: "patch-manager",
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
    more: { request?: Partial<typeof request>; settings?: Partial<PromotionSettings> } = {},
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
            { ...settings, ...more.settings },
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
        const { answer, reasons } = await play({}, { settings: { canaryCount: 2 } });
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

    describe("of servers that our own installer patches", () => {
        const own = { settings: { patchSource: "keyward-patch" as const } };
        const item = (Title: string, state: string, at: number): Record<string, unknown> => ({
            Id: Title.split(":")[0],
            Title,
            Status: state === "Missing" ? "NON_COMPLIANT" : "COMPLIANT",
            Details: { state },
            ExecutionSummary: { ExecutionTime: at },
        });
        /** Items of the scan and of the host audit, each asked for by its type. */
        const answers = (items: readonly Record<string, unknown>[]): AwsApiAnswers["json"] => ({
            DescribeInstancePatchStates: () => {
                throw new AwsError("ValidationException", "Patch Manager is not asked", 400);
            },
            ListComplianceItems: (input) =>
                JSON.stringify(input).includes(patchComplianceType)
                    ? { ComplianceItems: items }
                    : cleanAnswers()["ListComplianceItems"]?.(input),
        });
        const scanned = (counts: string, startedAt = windowEnded + hour): readonly object[] => [
            item("libc6.amd64:2.41-12", "Installed", startedAt + 60),
            item("openssl.amd64:3.5.1-1+deb13u1", "Installed", startedAt + 60),
            item(
                `${new Date(startedAt * 1000).toISOString().slice(0, 19)}Z ${counts}`,
                "Summary",
                startedAt + 60,
            ),
        ];
        const clean = "installed 2 missing 0 failed 0 restart 0";
        const playOwn = (items: readonly object[]): Promise<Played> =>
            play(answers(items as readonly Record<string, unknown>[]), {
                ...own,
                request: { lastAttempt: "yes" },
            });

        it("writes the packages that the scan lists, without asking Patch Manager", async () => {
            const { answer, put, reasons } = await playOwn(scanned(clean));
            assert.deepEqual(reasons, []);
            assert.equal(answer, "promote");
            const text = [
                "sequence: 1",
                "patches:",
                "  - id: libc6.amd64",
                "    title: libc6.amd64:2.41-12",
                "  - id: openssl.amd64",
                "    title: openssl.amd64:3.5.1-1+deb13u1",
                "count: 2",
                "",
            ].join("\n");
            const key = put.replace("/lists-bucket/", "");
            assert.equal(readInstallOverrideList(text, key, 0).patches.length, 2);
        });

        for (const [title, items, reasons] of [
            [
                "nothing was ever published",
                [],
                [
                    "scan-fresh",
                    "patches-installed",
                    "patches-missing",
                    "patches-failed",
                    "reboot-pending",
                ],
            ],
            [
                "the counts are not among the items",
                scanned(clean).slice(0, 2),
                [
                    "scan-fresh",
                    "patches-installed",
                    "patches-missing",
                    "patches-failed",
                    "reboot-pending",
                ],
            ],
            ["a page of packages is missing", scanned(clean).slice(1), ["patches-installed"]],
            [
                "the scan is older than the window",
                scanned(clean, windowEnded - 2 * hour),
                ["scan-fresh"],
            ],
            [
                "patches are missing, broken, or wait for a restart",
                scanned("installed 2 missing 1 failed 3 restart 1"),
                ["patches-missing", "patches-failed", "reboot-pending"],
            ],
        ] as const) {
            it(`holds when ${title}`, async () => {
                const { answer, reasons: found } = await playOwn(items);
                assert.equal(answer, "hold");
                assert.deepEqual(
                    found,
                    reasons.map((reason) => `${reason} i-0a`),
                );
            });
        }
    });
});

describe("the settings of a promotion", () => {
    const variables = Object.fromEntries(
        Object.values(promotionVariables).map((name) => [name, "1"]),
    );

    it("name every variable that is missing", () => {
        assert.throws(
            () =>
                readPromotionSettings({
                    ...variables,
                    KEYWARD_LIST_KEY: "",
                    KEYWARD_LIST_BUCKET: undefined,
                }),
            /lacks environment variables: KEYWARD_LIST_BUCKET, KEYWARD_LIST_KEY$/,
        );
    });

    it("refuse a source of patches that does not exist", () => {
        assert.throws(
            () => readPromotionSettings({ ...variables, KEYWARD_PATCH_SOURCE: "yum" }),
            /KEYWARD_PATCH_SOURCE must be one of patch-manager, keyward-patch, got "yum"/,
        );
    });
});
