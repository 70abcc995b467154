import { check, type HostCheck } from "../check";
import type { HostContext } from "../context";
import { file, item, type Item } from "../item";
import { renderUnitDropIn } from "../workloads/unit-drop-in";

/** Account, folders and systemd sandbox of the key-management software. */
export function workloadChecks(context: HostContext): readonly HostCheck[] {
    const { workload } = context;
    if (workload.user === null || workload.unit === null) {
        return [];
    }
    const home =
        workload.directories.find(({ purpose }) => purpose === "state")?.path ?? "/nonexistent";
    return [
        check(
            "workload-account",
            item("account", workload.user, "/usr/sbin/nologin", home, "system"),
        ),
        check(
            "workload-folders",
            ...workload.directories.map(({ path, mode, owner, group }): Item =>
                item("directory", path, mode.replace(/^0/, ""), `${owner}:${group}`),
            ),
        ),
        check(
            "workload-sandbox",
            file({
                path: `/etc/systemd/system/${workload.unit}.d/keyward.conf`,
                content: renderUnitDropIn(context),
                after: "workload",
            }),
            item("effective_unit", workload.unit, workload.user),
        ),
    ];
}
