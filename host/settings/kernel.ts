import { check, type HostCheck } from "../check";
import { isDebianFamily, type HostContext } from "../context";
import { file, item, sysctl, type Item } from "../item";

type SysctlValues = Readonly<Record<string, string | number>>;

/** Kernel settings, one drop-in a check so that a check can be exempted alone. The prefix zz sorts behind every other file. */
export function kernelChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    return [
        sysctls("kernel-memory-layout-hidden", {
            "kernel.randomize_va_space": 2,
            "kernel.kptr_restrict": value("kernelPointerRestriction"),
            "kernel.dmesg_restrict": 1,
            "vm.mmap_min_addr": 65_536,
        }),
        sysctls("kernel-tracing-restricted", {
            "kernel.yama.ptrace_scope": value("kernelPtraceScope"),
            "kernel.perf_event_paranoid": value("kernelPerfEventParanoid"),
            "kernel.perf_cpu_time_max_percent": 1,
            "kernel.perf_event_max_sample_rate": 1,
        }),
        sysctls("kernel-extension-restricted", {
            "kernel.unprivileged_bpf_disabled": 1,
            "net.core.bpf_jit_harden": 2,
            "kernel.kexec_load_disabled": 1,
            "dev.tty.ldisc_autoload": 0,
            "vm.unprivileged_userfaultfd": 0,
        }),
        sysctls("kernel-emergency-keys-off", { "kernel.sysrq": 0, "kernel.panic_on_oops": 1 }),
        sysctls("kernel-links-protected", {
            "fs.protected_hardlinks": 1,
            "fs.protected_symlinks": 1,
            "fs.protected_fifos": value("kernelProtectedFifos"),
            "fs.protected_regular": 2,
        }),
        ...coreDumpAndSwapChecks(context),
        sysctls("network-no-forwarding", {
            "net.ipv4.ip_forward": 0,
            ...everyInterface("ipv6", "forwarding", 0),
        }),
        sysctls("network-no-redirects", {
            ...everyInterface("ipv4", "send_redirects", 0),
            ...everyInterface("ipv4", "accept_redirects", 0),
            ...everyInterface("ipv4", "secure_redirects", 0),
            ...everyInterface("ipv4", "shared_media", 0),
            ...everyInterface("ipv6", "accept_redirects", 0),
        }),
        sysctls("network-no-source-routing", {
            ...everyInterface("ipv4", "accept_source_route", 0),
            ...everyInterface("ipv6", "accept_source_route", 0),
        }),
        sysctls("network-spoofing-rejected", {
            ...everyInterface("ipv4", "rp_filter", 1),
            ...everyInterface("ipv4", "log_martians", 1),
            "net.ipv4.conf.all.accept_local": 0,
            "net.ipv4.conf.all.route_localnet": 0,
            "net.ipv4.conf.all.arp_ignore": 2,
            "net.ipv4.conf.all.arp_filter": 1,
            "net.ipv4.conf.all.drop_gratuitous_arp": 1,
        }),
        sysctls("network-floods-resisted", {
            "net.ipv4.tcp_syncookies": 1,
            "net.ipv4.tcp_rfc1337": 1,
            "net.ipv4.tcp_timestamps": 1,
            "net.ipv4.icmp_echo_ignore_broadcasts": 1,
            "net.ipv4.icmp_ignore_bogus_error_responses": 1,
            "net.ipv4.ip_local_port_range": "32768 65535",
        }),
        sysctls("network-no-router-advertisements", {
            ...everyInterface("ipv6", "accept_ra", 0),
            ...everyInterface("ipv6", "accept_ra_defrtr", 0),
            ...everyInterface("ipv6", "accept_ra_pinfo", 0),
            ...everyInterface("ipv6", "accept_ra_rtr_pref", 0),
            ...everyInterface("ipv6", "autoconf", 0),
            ...everyInterface("ipv6", "router_solicitations", 0),
            ...everyInterface("ipv6", "max_addresses", 1),
        }),
        ...Object.entries(blockedModules(context)).map(([id, names]) => modules(id, names)),
        ...bootChecks(context),
    ];
}

/** Modules that must never load, by the check that blocks them. */
function blockedModules({ operatingSystem }: HostContext): Readonly<Record<string, string[]>> {
    return {
        "kernel-file-systems-blocked": [
            "cramfs",
            "freevxfs",
            "hfs",
            "hfsplus",
            "jffs2",
            "udf",
            // Ubuntu's SSM agent is a snap, and a snap is a file system of this kind.
            ...(operatingSystem.id === "ubuntu-24.04" ? [] : ["squashfs"]),
            "ntfs3",
            "ksmbd",
            "overlay",
            "overlayfs",
        ],
        "kernel-network-protocols-blocked": [
            "dccp",
            "sctp",
            "rds",
            "tipc",
            "ax25",
            "netrom",
            "x25",
            "can",
            "atm",
            "n_hdlc",
        ],
        "removable-media-blocked": [
            "usb_storage",
            "uas",
            "firewire_core",
            "firewire_ohci",
            "firewire_sbp2",
            "thunderbolt",
            "floppy",
            "sr_mod",
        ],
        "wireless-blocked": ["bluetooth", "btusb", "cfg80211", "nfc"],
    };
}

/** Names of drop-ins; `shell/kernel.sh` knows the prefix. */
function sysctls(id: string, values: SysctlValues): HostCheck {
    const entries = Object.entries(values);
    return check(id, sysctlFile(id, values), ...entries.map(([key, value]) => sysctl(key, value)));
}

function sysctlFile(id: string, values: SysctlValues): Item {
    return file({
        path: `/etc/sysctl.d/zz-keyward-${id}.conf`,
        content: Object.entries(values)
            .map(([key, value]) => `${key} = ${value}`)
            .join("\n"),
    });
}

function everyInterface(family: "ipv4" | "ipv6", key: string, value: number): SysctlValues {
    return {
        [`net.${family}.conf.all.${key}`]: value,
        [`net.${family}.conf.default.${key}`]: value,
    };
}

function modules(id: string, names: readonly string[]): HostCheck {
    return check(
        id,
        file({
            path: `/etc/modprobe.d/keyward-${id}.conf`,
            content: names
                .flatMap((name) => {
                    const dashed =
                        name === "usb_storage" ? "usb-storage" : name.replaceAll("_", "-");
                    return [`install ${dashed} /bin/false`, `blacklist ${dashed}`];
                })
                .join("\n"),
        }),
        item("modules_blocked", ...names),
    );
}

function coreDumpAndSwapChecks({ workload }: HostContext): readonly HostCheck[] {
    const coreDumps = check(
        "core-dumps-off",
        sysctlFile("core-dumps-off", {
            "fs.suid_dumpable": 0,
            "kernel.core_pattern": "|/bin/false",
        }),
        sysctl("fs.suid_dumpable", 0),
        sysctl("kernel.core_pattern", "|/bin/false"),
        file({
            path: "/etc/security/limits.d/keyward-core.conf",
            content: "* hard core 0\nroot hard core 0",
        }),
        file({ path: "/etc/profile.d/keyward-core.sh", content: "ulimit -c 0" }),
        file({
            path: "/etc/systemd/coredump.conf.d/keyward.conf",
            content: "[Coredump]\nStorage=none\nProcessSizeMax=0",
        }),
        file({
            path: "/etc/systemd/system.conf.d/keyward-core.conf",
            content: "[Manager]\nDefaultLimitCORE=0",
            after: "systemd",
        }),
    );
    const swap = check("swap-off", item("no_swap"), item("units_masked", "swap.target"));
    return [
        ...(workload.coreDumpsAllowed ? [] : [coreDumps]),
        ...(workload.swapAllowed ? [] : [swap]),
    ];
}

function bootChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const audit = ["audit=1", `audit_backlog_limit=${value("auditBacklogLimit")}`];
    const protection = [
        "slab_nomerge",
        "init_on_alloc=1",
        "page_alloc.shuffle=1",
        "pti=on",
        "vsyscall=none",
        "randomize_kstack_offset=on",
        "mce=0",
        "rng_core.default_quality=500",
    ];
    const debian = isDebianFamily(context);
    const boot = (id: string, words: readonly string[]): HostCheck =>
        debian
            ? check(
                  id,
                  item("grub_file", `/etc/default/grub.d/50-keyward-${id}.cfg`, words.join(" ")),
                  item("boot_parameters", ...words),
              )
            : check(id, item("grubby_parameters", ...words));
    return [
        boot("boot-audit-parameters", audit),
        boot("boot-memory-protection-parameters", protection),
        // A driver in the initial RAM disk loads before anybody reads modprobe.d: the kernel itself refuses these.
        boot("boot-modules-blocked", [
            `module_blacklist=${Object.values(blockedModules(context)).flat().join(",")}`,
        ]),
        boot(
            "boot-mandatory-access-parameters",
            debian ? ["apparmor=1", "security=apparmor"] : ["selinux=1", "enforcing=1"],
        ),
        check(
            "boot-files-protected",
            item(
                "permissions",
                "600",
                "root",
                "root",
                "/boot/grub/grub.cfg",
                "/boot/grub2/grub.cfg",
            ),
            item("permissions", "600", "root", "root", "/boot/System.map-*", "/boot/config-*"),
        ),
        check("secure-boot-reported", item("secure_boot")),
    ];
}
