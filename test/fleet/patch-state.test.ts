import assert from "node:assert/strict";
import { SSMClient } from "@aws-sdk/client-ssm";
import { readAnyPatchState } from "../../fleet/patch-state";
import type { PatchState } from "../../patching/gate/reading";
import { AwsApi, type AwsApiAnswers } from "../support/aws-api";

const scannedAt = Date.parse("2026-11-25T01:00:00Z") / 1000;
const published = {
    ComplianceItems: [
        {
            Title: "2026-11-25T01:00:00Z installed 310 missing 2 failed 0 restart 0",
            Status: "NON_COMPLIANT",
            Details: { state: "Summary" },
            ExecutionSummary: { ExecutionTime: scannedAt + 60 },
        },
    ],
};
const byPatchManager = {
    InstancePatchStates: [
        {
            InstanceId: "i-0a",
            Operation: "Scan",
            OperationStartTime: scannedAt,
            OperationEndTime: scannedAt + 30,
            InstalledCount: 7,
            MissingCount: 1,
        },
    ],
};

describe("the patch state of a server, whoever scans it", () => {
    async function read(json: AwsApiAnswers["json"]): Promise<PatchState | undefined> {
        const api = await AwsApi.start({ json });
        try {
            return await readAnyPatchState(
                new SSMClient({
                    endpoint: api.environment["AWS_ENDPOINT_URL"] ?? "",
                    region: "eu-central-1",
                    credentials: { accessKeyId: "test", secretAccessKey: "test" },
                }),
                "i-0a",
            );
        } finally {
            await api.stop();
        }
    }

    it("is Patch Manager's where that has scanned", async () => {
        const state = await read({
            DescribeInstancePatchStates: () => byPatchManager,
            ListComplianceItems: () => published,
        });
        assert.deepEqual([state?.installed, state?.missing], [7, 1]);
    });

    it("is what our own installer published where Patch Manager never scanned", async () => {
        const state = await read({
            DescribeInstancePatchStates: () => ({ InstancePatchStates: [] }),
            ListComplianceItems: () => published,
        });
        assert.deepEqual(
            [state?.installed, state?.missing, state?.startedAt, state?.endedAt],
            [310, 2, scannedAt * 1000, (scannedAt + 60) * 1000],
        );
    });

    it("is not known where nobody scanned", async () => {
        assert.equal(
            await read({
                DescribeInstancePatchStates: () => ({ InstancePatchStates: [] }),
                ListComplianceItems: () => ({ ComplianceItems: [] }),
            }),
            undefined,
        );
    });
});
