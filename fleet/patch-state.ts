import {
    DescribeInstancePatchStatesCommand,
    paginateDescribeInstancePatches,
    type SSMClient,
} from "@aws-sdk/client-ssm";
import {
    patchComplianceType,
    readPatchItems,
    type ScannedPatches,
} from "../patching/gate/patch-items";
import type { InstalledPatch, PatchState } from "../patching/gate/reading";
import { readComplianceItems } from "./compliance-items";

/** Reads the counts of a server's newest scan; undefined when none has run. Throws what the SDK throws. */
export async function readPatchState(
    ssm: SSMClient,
    instanceId: string,
): Promise<PatchState | undefined> {
    const answer = await ssm.send(
        new DescribeInstancePatchStatesCommand({ InstanceIds: [instanceId] }),
    );
    const state = answer.InstancePatchStates?.find(
        (candidate) => candidate.InstanceId === instanceId,
    );
    return state === undefined
        ? undefined
        : {
              operation: state.Operation ?? "",
              startedAt: state.OperationStartTime?.getTime() ?? NaN,
              endedAt: state.OperationEndTime?.getTime() ?? NaN,
              installed: state.InstalledCount ?? 0,
              installedOther: state.InstalledOtherCount ?? 0,
              installedPendingReboot: state.InstalledPendingRebootCount ?? 0,
              installedRejected: state.InstalledRejectedCount ?? 0,
              missing: state.MissingCount ?? 0,
              failed: state.FailedCount ?? 0,
          };
}

/** Reads every patch that a server's newest scan lists, all pages. Throws what the SDK throws. */
export async function readInstalledPatches(
    ssm: SSMClient,
    instanceId: string,
): Promise<readonly InstalledPatch[]> {
    const patches: InstalledPatch[] = [];
    const pages = paginateDescribeInstancePatches({ client: ssm }, { InstanceId: instanceId });
    for await (const page of pages) {
        for (const patch of page.Patches ?? []) {
            patches.push({
                id: patch.KBId ?? "",
                title: patch.Title ?? "",
                state: patch.State ?? "",
            });
        }
    }
    return patches;
}

/** Reads what `keyward-patch scan` has published of a server, all pages. Throws what the SDK throws. */
export async function readPublishedPatches(
    ssm: SSMClient,
    instanceId: string,
): Promise<ScannedPatches> {
    const items = await readComplianceItems(ssm, instanceId, patchComplianceType);
    return readPatchItems(
        items.map(({ Title = "", Details = {} }) => ({
            title: Title,
            state: Details["state"] ?? "",
        })),
        items.at(-1)?.ExecutionSummary?.ExecutionTime?.getTime() ?? NaN,
    );
}

/** The counts of Patch Manager, or of our own installer where Patch Manager has never scanned. Throws what the SDK throws. */
export async function readAnyPatchState(
    ssm: SSMClient,
    instanceId: string,
): Promise<PatchState | undefined> {
    return (
        (await readPatchState(ssm, instanceId)) ??
        (await readPublishedPatches(ssm, instanceId)).state
    );
}
