import { operatingSystem } from "../../catalog/operating-systems";
import type { PatchSource } from "../../patching/gate/promotion-request";

/** Who patches servers of these systems: Patch Manager where AWS supports all of them, else our own installer. */
export function patchSourceOf(operatingSystemIds: readonly string[]): PatchSource {
    return operatingSystemIds.every((id) => operatingSystem(id).supportedBy.patchManager)
        ? "patch-manager"
        : "keyward-patch";
}
