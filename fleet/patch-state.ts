import {
    DescribeInstancePatchStatesCommand,
    paginateDescribeInstancePatches,
    type SSMClient,
} from "@aws-sdk/client-ssm";
import type { InstalledPatch, PatchState } from "../patching/gate/reading";

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
