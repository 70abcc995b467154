import { check, type HostCheck } from "../check";
import { byFamily, isDebianFamily, type HostContext } from "../context";
import { file, item, permissions } from "../item";
import { declaredListeners, renderFirewall } from "./firewall";

/** Firewall, listeners, mandatory access control, time, banners. */
export function protectionChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const debian = isDebianFamily(context);
    const rules = byFamily(context, {
        debian: "/etc/nftables.conf",
        amazon: "/etc/sysconfig/nftables.conf",
    });
    return [
        check(
            "firewall-default-deny",
            item("packages_present", "nftables"),
            file({ path: rules, mode: "600", content: renderFirewall(context) }),
            item(
                "units_masked",
                "ufw.service",
                "firewalld.service",
                "iptables.service",
                "netfilter-persistent.service",
            ),
            item("unit_enabled", "nftables.service"),
            item("firewall", rules),
        ),
        check("only-declared-ports-listen", item("listeners", ...declaredListeners(context))),
        check(
            "time-synchronised",
            item("packages_present", "chrony"),
            file({
                path: byFamily(context, {
                    debian: "/etc/chrony/chrony.conf",
                    amazon: "/etc/chrony.conf",
                }),
                content: [
                    ...value("hostTimeServers").map(
                        (server) => `server ${server} prefer iburst minpoll 4 maxpoll 4`,
                    ),
                    `user ${debian ? "_chrony" : "chrony"}`,
                    "driftfile /var/lib/chrony/chrony.drift",
                    "ntsdumpdir /var/lib/chrony",
                    "makestep 1.0 3",
                    "rtcsync",
                    "leapsectz right/UTC",
                    "port 0",
                    "cmdport 0",
                ].join("\n"),
                after: "chrony",
            }),
            permissions(
                "600",
                "root",
                "root|chrony",
                "/etc/chrony/chrony.keys",
                "/etc/chrony.keys",
            ),
            item("no_file", "/etc/chrony/sources.d/*.sources", "/etc/chrony/conf.d/*.conf"),
            item(
                "units_masked",
                "systemd-timesyncd.service",
                "ntp.service",
                "ntpsec.service",
                "ntpd.service",
            ),
            item("unit_enabled", debian ? "chrony.service" : "chronyd.service", "needs-kernel"),
        ),
        check(
            "login-banners",
            ...["/etc/issue", "/etc/issue.net", "/etc/motd"].map((path) =>
                file({ path, content: value("hostBannerText") }),
            ),
            item("no_file", "/etc/update-motd.d/*"),
        ),
        ...mandatoryAccess(context),
    ];
}

function mandatoryAccess(context: HostContext): readonly HostCheck[] {
    if (isDebianFamily(context)) {
        return [
            check(
                "mandatory-access-control",
                item("packages_present", "apparmor", "apparmor-utils", "libpam-apparmor"),
                item("unit_enabled", "apparmor.service", "only-at-boot"),
                item("apparmor"),
            ),
        ];
    }
    return [
        check(
            "mandatory-access-control",
            item("packages_present", "selinux-policy-targeted", "libselinux", "policycoreutils"),
            item("setting", "/etc/selinux/config", "=", "SELINUX", "enforcing"),
            item("setting", "/etc/selinux/config", "=", "SELINUXTYPE", "targeted"),
            item("selinux", "targeted"),
        ),
        check("crypto-policy", item("crypto_policy", "FIPS", "DEFAULT:NO-SHA1", "FUTURE")),
    ];
}
