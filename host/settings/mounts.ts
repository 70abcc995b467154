import { check, type HostCheck } from "../check";
import type { HostContext } from "../context";
import { item, type Item } from "../item";

/**
 * Mount options. Images of one volume have no file system of their own for /var/tmp, /var/log and /home: a bind mount gives them
 * the options all the same. What Patch Manager runs from below /var/log is bound again without noexec.
 */
export function mountChecks({ value }: HostContext): readonly HostCheck[] {
    const executable = value("hostExecutablePaths");
    return [
        check(
            "mount-shared-memory",
            temporary("/dev/shm", "nosuid,nodev,noexec,size=50%,mode=1777"),
            item("mount_existing", "/dev", "nosuid,noexec"),
        ),
        check("mount-tmp", temporary("/tmp", "nosuid,nodev,noexec,size=50%,mode=1777")),
        check("mount-var-tmp", bound("/var/tmp", "nosuid,nodev,noexec")),
        check(
            "mount-var-log",
            bound("/var/log", "nosuid,nodev,noexec"),
            ...executable.flatMap((path) => [
                item("directory", path, "700", "root:root"),
                bound(path, "nosuid,nodev,exec"),
            ]),
        ),
        check("mount-var-log-audit", bound("/var/log/audit", "nosuid,nodev,noexec")),
        check("mount-home", bound("/home", "nosuid,nodev,noexec")),
        check("mount-opt-srv", bound("/opt", "nosuid,nodev"), bound("/srv", "nosuid,nodev,noexec")),
        check("mount-boot", item("mount_existing", "/boot", "nosuid,nodev,noexec"), efi),
    ];
}

const efi = item("mount_existing", "/boot/efi", "nosuid,nodev,noexec");

function temporary(path: string, options: string): Item {
    return item("mount", path, "tmpfs", "tmpfs", `rw,${options}`);
}

function bound(path: string, options: string): Item {
    return item("mount", path, path, "none", `bind,rw,${options}`);
}
