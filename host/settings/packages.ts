import { check, type HostCheck } from "../check";
import { byFamily, isDebianFamily, type HostContext } from "../context";
import { file, item } from "../item";

/** Programs that send passwords in clear text or trust the peer's word. */
const legacyRemoteAccess = {
    debian: [
        "ftp",
        "inetutils-ftp",
        "inetutils-inetd",
        "inetutils-talk",
        "inetutils-telnet",
        "inetutils-telnetd",
        "lftp",
        "openbsd-inetd",
        "proftpd-core",
        "rsh-client",
        "rsh-redone-client",
        "rsh-redone-server",
        "rsh-server",
        "talk",
        "talkd",
        "telnet",
        "telnetd",
        "tftp",
        "tftp-hpa",
        "tftpd",
        "tftpd-hpa",
        "tnftp",
        "vsftpd",
        "xinetd",
    ],
    amazon: [
        "ftp",
        "lftp",
        "rsh",
        "rsh-server",
        "talk",
        "telnet",
        "telnet-server",
        "tftp",
        "tftp-server",
        "vsftpd",
        "xinetd",
    ],
};

const directoryServices = {
    debian: ["ldap-utils", "nis", "slapd", "ypbind-mt", "ypserv"],
    amazon: ["openldap-clients", "openldap-servers", "ypbind", "ypserv"],
};

const discoveryAndPrinting = {
    debian: ["avahi-autoipd", "avahi-daemon", "cups", "cups-browsed", "cups-daemon"],
    amazon: ["avahi", "avahi-autoipd", "cups", "cups-browsed"],
};

const servers = {
    debian: [
        "apache2",
        "autofs",
        "bind9",
        "dnsmasq",
        "dovecot-imapd",
        "dovecot-pop3d",
        "exim4-daemon-light",
        "isc-dhcp-server",
        "kea",
        "nfs-kernel-server",
        "nginx",
        "postfix",
        "rpcbind",
        "rsync",
        "samba",
        "sendmail-bin",
        "snmp",
        "snmpd",
        "squid",
    ],
    amazon: [
        "autofs",
        "bind",
        "cyrus-imapd",
        "dhcp-server",
        "dnsmasq",
        "dovecot",
        "gssproxy",
        "httpd",
        "kea",
        "net-snmp",
        "nfs-utils",
        "nginx",
        "postfix",
        "rpcbind",
        "rsync-daemon",
        "samba",
        "sendmail",
        "squid",
    ],
};

const desktops = {
    debian: ["gdm3", "xrdp", "xserver-xorg-core", "xorg", "tigervnc-standalone-server"],
    amazon: ["gdm", "xrdp", "xorg-x11-server-Xorg", "xorg-x11-server-common", "tigervnc-server"],
};

/** Helpers that hurt more than they serve on a server: crash collection for a vendor, link rewriting, remote assistance. */
const helpers = {
    debian: ["apport", "popularity-contest", "prelink", "setroubleshoot", "whoopsie"],
    amazon: ["mcstrans", "prelink", "setroubleshoot", "setroubleshoot-server"],
};

const compilers = {
    debian: ["build-essential", "clang", "g++", "gcc", "golang-go", "make", "rustc", "tcc"],
    amazon: ["clang", "gcc", "gcc-c++", "golang", "make", "rust"],
};

/**
 * What must not be installed. AWS needs none of these; `screen`, which Session Manager's logging needs, `python3`, which Patch
 * Manager needs, and `curl` stay.
 */
export function packageChecks(context: HostContext): readonly HostCheck[] {
    const absent = (id: string, lists: { debian: string[]; amazon: string[] }): HostCheck =>
        check(id, item("packages_absent", ...byFamily(context, lists)));
    return [
        absent("packages-clear-text-remote-access", legacyRemoteAccess),
        absent("packages-directory-services", directoryServices),
        absent("packages-discovery-and-printing", discoveryAndPrinting),
        absent("packages-servers-not-needed", servers),
        absent("packages-desktop-and-rdp", desktops),
        absent("packages-helpers-not-needed", helpers),
        absent("packages-compilers", compilers),
        ...(isDebianFamily(context)
            ? [
                  check("packages-whole", item("packages_whole")),
                  check("removed-packages-purged", item("removed_packages_purged")),
              ]
            : []),
        sourcesVerified(context),
    ];
}

function sourcesVerified(context: HostContext): HostCheck {
    if (!isDebianFamily(context)) {
        return check(
            "package-signatures-verified",
            item("dnf_setting", "gpgcheck", "1"),
            item("dnf_setting", "localpkg_gpgcheck", "1"),
            item("dnf_setting", "clean_requirements_on_remove", "True"),
            item("dnf_repositories_verified"),
        );
    }
    return check(
        "package-signatures-verified",
        file({
            path: "/etc/apt/apt.conf.d/99-keyward",
            content: [
                'APT::Get::AllowUnauthenticated "false";',
                'Acquire::AllowInsecureRepositories "false";',
                'Acquire::AllowDowngradeToInsecureRepositories "false";',
                'APT::Sandbox::Seccomp "true";',
                'APT::Install-Recommends "false";',
                'APT::Get::AutomaticRemove "true";',
            ].join("\n"),
        }),
        item("apt_sources_verified"),
    );
}
