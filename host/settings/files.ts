import { check, type HostCheck } from "../check";
import { byFamily, type HostContext } from "../context";
import { item, permissions } from "../item";

/** Owners and rights of files. These come before the audit rules, which list the set-id programs that remain. */
export function fileChecks(context: HostContext): readonly HostCheck[] {
    return [
        check(
            "account-files-protected",
            permissions(
                "644",
                "root",
                "root",
                "/etc/passwd",
                "/etc/passwd-",
                "/etc/group",
                "/etc/group-",
            ),
            permissions(
                // Programs that are set-id to the group shadow read these on Debian; Amazon Linux has no such group.
                byFamily(context, { debian: "640", amazon: "000" }),
                "root",
                "root|shadow",
                "/etc/shadow",
                "/etc/shadow-",
                "/etc/gshadow",
                "/etc/gshadow-",
            ),
            permissions(
                "644",
                "root",
                "root",
                "/etc/shells",
                "/etc/issue",
                "/etc/issue.net",
                "/etc/motd",
                "/etc/hosts",
            ),
        ),
        check(
            "configuration-folders-protected",
            permissions(
                "755",
                "root",
                "root",
                "/etc/sysctl.d",
                "/etc/modprobe.d",
                "/etc/security",
                "/etc/ssh",
                "/etc/systemd",
                "/etc/systemd/system",
                "/etc/profile.d",
                "/etc/nftables.d",
            ),
            permissions("600", "root", "root", "/etc/crypttab"),
            permissions("700", "root", "root", "/root"),
        ),
        check("no-world-writable-files", item("no_world_writable")),
        check("no-files-without-owner", item("no_unowned")),
        check("set-id-programs-known", item("set_id_programs", ...setIdPrograms)),
        check("system-programs-owned-by-root", item("system_programs")),
    ];
}

/** Programs that may keep their set-id bit. The bit of any other program is removed. */
const setIdPrograms = [
    "/usr/bin/chage",
    "/usr/bin/crontab",
    "/usr/bin/expiry",
    "/usr/bin/gpasswd",
    "/usr/bin/newgrp",
    "/usr/bin/passwd",
    "/usr/bin/ssh-agent",
    "/usr/bin/su",
    "/usr/bin/sudo",
    "/usr/lib/dbus-1.0/dbus-daemon-launch-helper",
    "/usr/lib/openssh/ssh-keysign",
    "/usr/libexec/openssh/ssh-keysign",
    "/usr/libexec/utempter/utempter",
    "/usr/lib/x86_64-linux-gnu/utempter/utempter",
    "/usr/lib/aarch64-linux-gnu/utempter/utempter",
    "/usr/sbin/pam_timestamp_check",
    "/usr/sbin/unix_chkpwd",
    "/usr/libexec/dbus-1/dbus-daemon-launch-helper",
];
