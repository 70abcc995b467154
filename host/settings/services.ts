import { check, type HostCheck } from "../check";
import { byFamily, type HostContext } from "../context";
import { file, item } from "../item";

/** Units that must never start, whether their package is there today or comes tomorrow. */
export function serviceChecks(context: HostContext): readonly HostCheck[] {
    return [
        check(
            "services-clear-text-masked",
            item(
                "units_masked",
                "ftp.service",
                "inetd.service",
                "rexec.socket",
                "rlogin.socket",
                "rsh.socket",
                "telnet.socket",
                "tftp.socket",
                "tftp.service",
                "tftpd-hpa.service",
                "vsftpd.service",
                "xinetd.service",
            ),
        ),
        check(
            "services-discovery-printing-masked",
            item(
                "units_masked",
                "avahi-daemon.service",
                "avahi-daemon.socket",
                "bluetooth.service",
                "cups.service",
                "cups.socket",
                "cups-browsed.service",
                "ModemManager.service",
            ),
        ),
        check(
            "services-file-sharing-masked",
            item(
                "units_masked",
                "nfs-server.service",
                "rpcbind.service",
                "rpcbind.socket",
                "rsync.service",
                "rsyncd.service",
                "smb.service",
                "smbd.service",
                "nmbd.service",
                "ypbind.service",
                "ypserv.service",
            ),
        ),
        check(
            "services-network-servers-masked",
            item(
                "units_masked",
                "apache2.service",
                "httpd.service",
                "nginx.service",
                "named.service",
                "dnsmasq.service",
                "dovecot.service",
                "isc-dhcp-server.service",
                "slapd.service",
                "snmpd.service",
                "squid.service",
            ),
        ),
        check(
            "services-remote-desktop-masked",
            item(
                "units_masked",
                "xrdp.service",
                "xrdp-sesman.service",
                "gnome-remote-desktop.service",
            ),
        ),
        check(
            "services-crash-collection-masked",
            item(
                "units_masked",
                "apport.service",
                "kdump.service",
                "kdump-tools.service",
                "whoopsie.service",
            ),
        ),
        check("automount-off", item("units_masked", "autofs.service", "udisks2.service")),
        check("ctrl-alt-del-ignored", item("units_masked", "ctrl-alt-del.target"), ctrlAltDelBurst),
        check("debug-shell-off", item("units_masked", "debug-shell.service")),
        check(
            "name-resolution-quiet",
            file({
                path: "/etc/systemd/resolved.conf.d/keyward.conf",
                // The packet filter lets these name servers through and no others, whatever DHCP says.
                content: `[Resolve]\nDNS=${context.value("hostResolverAddresses").join(" ")}\nDomains=~.\nLLMNR=no\nMulticastDNS=no`,
                after: "resolved",
            }),
        ),
        check(
            "unattended-jobs-off",
            item(
                "units_masked",
                ...byFamily(context, {
                    // Packages change in patch windows only; these timers would change them any day.
                    debian: ["apt-daily.timer", "apt-daily-upgrade.timer"],
                    amazon: ["dnf-automatic.timer", "dnf-automatic-install.timer"],
                }),
                "motd-news.timer",
            ),
        ),
    ];
}

const ctrlAltDelBurst = file({
    path: "/etc/systemd/system.conf.d/keyward.conf",
    content: "[Manager]\nCtrlAltDelBurstAction=none\nDumpCore=no\nCrashShell=no",
    after: "systemd",
});
