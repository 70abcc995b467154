import { firstUserNumber, type HostContext } from "../context";

/** Audit rules that share one key. */
export interface AuditRuleGroup {
    readonly key: string;
    readonly rules: readonly string[];
}

const people = `-F auid>=${firstUserNumber} -F auid!=unset`;

/**
 * The audit rules, by key. System calls are watched for 64-bit and 32-bit programs. Sources: CIS Amazon Linux 2023 5.2.3, CIS
 * Debian 12 6.2.3, ANSSI-BP-028, DISA STIG Amazon Linux 2023.
 */
export function auditRuleGroups(context: HostContext): readonly AuditRuleGroup[] {
    const debian = context.operatingSystem.family === "debian";
    const secrets = context.workload.directories
        .filter(({ purpose }) => purpose === "configuration" || purpose === "certificates")
        .map(({ path }) => `${path}/`);
    return [
        group("time-change", [
            ...calls("time-change", "adjtimex,settimeofday", ""),
            ...calls("time-change", "clock_settime", "-F a0=0x0"),
            "-a always,exit -F arch=b32 -S stime -k time-change",
            watch("/etc/localtime", "wa", "time-change"),
        ]),
        group("system-locale", [
            ...calls("system-locale", "sethostname,setdomainname", ""),
            ...[
                "/etc/issue",
                "/etc/issue.net",
                "/etc/hosts",
                ...(debian
                    ? ["/etc/networks", "/etc/network/", "/etc/netplan/"]
                    : [
                          "/etc/sysconfig/network",
                          "/etc/sysconfig/network-scripts/",
                          "/etc/hostname",
                      ]),
            ].map((path) => watch(path, "wa", "system-locale")),
        ]),
        group("identity", [
            ...[
                "/etc/group",
                "/etc/passwd",
                "/etc/gshadow",
                "/etc/shadow",
                "/etc/security/opasswd",
                "/etc/nsswitch.conf",
                "/etc/pam.conf",
                "/etc/pam.d/",
            ].map((path) => watch(path, "wa", "identity")),
        ]),
        group("scope", [
            watch("/etc/sudoers", "wa", "scope"),
            watch("/etc/sudoers.d/", "wa", "scope"),
        ]),
        group("actions", [watch("/var/log/sudo.log", "wa", "actions")]),
        group("user-emulation", [
            ...["b64", "b32"].map(
                (arch) =>
                    `-a always,exit -F arch=${arch} -C euid!=uid -F auid!=unset -S execve -k user-emulation`,
            ),
            ...["b64", "b32"].flatMap((arch) => [
                `-a always,exit -F arch=${arch} -S execve -C uid!=euid -k user-emulation`,
                `-a always,exit -F arch=${arch} -S execve -C gid!=egid -k user-emulation`,
            ]),
        ]),
        group("access", [
            ...["EACCES", "EPERM"].flatMap((error) =>
                calls(
                    "access",
                    "creat,open,openat,open_by_handle_at,truncate,ftruncate",
                    `-F exit=-${error} ${people}`,
                ),
            ),
        ]),
        group("perm_mod", [
            ...calls("perm_mod", "chmod,fchmod,fchmodat", people),
            ...calls("perm_mod", "chown,fchown,lchown,fchownat", people),
            ...calls(
                "perm_mod",
                "setxattr,lsetxattr,fsetxattr,removexattr,lremovexattr,fremovexattr",
                people,
            ),
            ...["b64"].map(
                (arch) => `-a always,exit -F arch=${arch} -S umount2 ${people} -k perm_mod`,
            ),
            `-a always,exit -F arch=b32 -S umount,umount2 ${people} -k perm_mod`,
        ]),
        group("mounts", calls("mounts", "mount", people)),
        group("delete", calls("delete", "unlink,unlinkat,rename,renameat,rmdir", people)),
        group(
            "session",
            ["/var/run/utmp", "/run/utmp", "/var/log/wtmp", "/var/log/btmp"].map((path) =>
                watch(path, "wa", "session"),
            ),
        ),
        group(
            "logins",
            [
                "/var/log/lastlog",
                "/var/log/faillog",
                "/var/log/tallylog",
                "/var/log/faillock",
                "/var/run/faillock",
                "/run/faillock",
            ].map((path) => watch(path, "wa", "logins")),
        ),
        group(
            "mac-policy",
            (debian
                ? ["/etc/apparmor", "/etc/apparmor.d"]
                : ["/etc/selinux", "/usr/share/selinux"]
            ).map((path) => watch(path, "wa", "mac-policy")),
        ),
        group(
            "perm_chng",
            ["chcon", "setfacl", "chacl"].map(
                (program) =>
                    `-a always,exit -F path=/usr/bin/${program} -F perm=x ${people} -k perm_chng`,
            ),
        ),
        group("usermod", [
            `-a always,exit -F path=/usr/sbin/usermod -F perm=x ${people} -k usermod`,
        ]),
        group("modules", [
            ...calls("modules", "init_module,finit_module,delete_module", people),
            `-a always,exit -F path=/usr/bin/kmod -F perm=x ${people} -k modules`,
            ...["insmod", "rmmod", "modprobe"].map((program) =>
                watch(`/sbin/${program}`, "x", "modules"),
            ),
        ]),
        group("audit-tools", [
            ...["auditctl", "auditd", "augenrules", "ausearch", "aureport"].map((program) =>
                watch(`/sbin/${program}`, "x", "audit-tools"),
            ),
            ...["/etc/audit/", "/var/log/audit/", ...(debian ? [] : ["/etc/libaudit.conf"])].map(
                (path) => watch(path, "wa", "audit-tools"),
            ),
        ]),
        group(
            "key-server",
            [
                ...secrets,
                "/etc/systemd/system/",
                "/var/lib/keyward/",
                "/usr/local/sbin/keyward-host",
            ].map((path) => watch(path, "wa", "key-server")),
        ),
    ];
}

function group(key: string, rules: readonly string[]): AuditRuleGroup {
    return { key, rules };
}

function calls(key: string, names: string, filter: string): readonly string[] {
    const words = names
        .split(",")
        .map((name) => `-S ${name}`)
        .join(" ");
    return ["b64", "b32"].map((arch) =>
        ["-a always,exit -F", `arch=${arch}`, words, filter, `-k ${key}`]
            .filter((word) => word !== "")
            .join(" "),
    );
}

function watch(path: string, access: string, key: string): string {
    return `-w ${path} -p ${access} -k ${key}`;
}
