import { check, type HostCheck } from "../check";
import { byFamily, isDebianFamily, type HostContext } from "../context";
import { file, item, type Item } from "../item";

/** No shared identity, no default secret, and files that are compared with what they were. */
export function identityChecks(context: HostContext): readonly HostCheck[] {
    return [
        check("machine-identity-fresh", item("machine_identity")),
        check("host-keys-of-this-machine", item("host_keys_fresh")),
        check(
            "no-default-secrets",
            item(
                "no_default_secrets",
                ...context.workload.defaultSecrets.flatMap(({ path, text }) => [path, text]),
            ),
        ),
        ...malwareChecks(context),
    ];
}

/**
 * A scan for what attackers leave behind. Debian's scanner brings its own signs; that of Amazon Linux takes signatures from a mirror of the
 * organisation, which a server without a way out needs only where media can reach it.
 */
function malwareChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    if (isDebianFamily(context)) {
        return [
            malwareScan(
                "chkrootkit",
                rootkitScan.path,
                value("malwareScanIntervalHours"),
                ...rootkitScan.files,
            ),
        ];
    }
    return value("hostRemovableMedia")
        ? [malwareScan("clamav1.4", virusScan, value("malwareScanIntervalHours"))]
        : [];
}

function malwareScan(scanner: string, command: string, hours: number, ...files: Item[]): HostCheck {
    return check(
        "malware-scan",
        item("packages_present", scanner),
        ...files,
        ...timer("keyward-malware-scan", "Scan for rootkits and malware", command, hours),
    );
}

const virusScan =
    "/usr/bin/clamscan --recursive --infected --no-summary --exclude-dir=^/(proc|sys|dev|run)/ /";

/** The scanner looks for `strings` of a compiler's tools, though it brings one of its own under another name. */
const toolsOfRootkitScan = "/usr/local/lib/keyward";

const rootkitScan = {
    path: "/usr/local/sbin/keyward-malware-scan",
    files: [
        file({
            path: `${toolsOfRootkitScan}/strings`,
            mode: "755",
            content: '#!/bin/sh\nexec /usr/lib/chkrootkit/strings-static "$@"',
        }),
        failsOnOutput(
            "/usr/local/sbin/keyward-malware-scan",
            `PATH=$PATH:${toolsOfRootkitScan} chkrootkit -q -n`,
            // Network daemons read packets: that is their work.
            "^RTNETLINK|^$|: not promisc|PACKET SNIFFER.*(systemd-networkd|dhclient)",
        ),
    ],
};

/** A program that prints what a command finds, but for lines that are known, and fails where anything is left. */
function failsOnOutput(path: string, command: string, known: string): Item {
    return file({
        path,
        mode: "700",
        content: [
            "#!/bin/sh",
            "# Made by Keyward: fails, and prints why, when anything unknown is found.",
            `found=$(${command} 2>&1 | grep -Ev '${known}')`,
            '[ -z "$found" ] && exit 0',
            `printf '%s\\n' "$found"`,
            "exit 1",
        ].join("\n"),
    });
}

/** The last check: the database must hold what the others made. */
export function integrityChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const verification = "/usr/local/sbin/keyward-software-verification";
    const verify = byFamily(context, {
        // The profile itself takes `nullok` out of this file.
        debian: failsOnOutput(
            verification,
            "debsums --silent",
            "^debsums: changed file /usr/share/pam-configs/unix ",
        ),
        // Configuration is meant to be changed.
        amazon: failsOnOutput(verification, "rpm -Va --nomtime", "^[^ ]+ +c "),
    });
    const configuration = byFamily(context, {
        debian: "/etc/aide/aide.conf",
        amazon: "/etc/aide.conf",
    });
    const database = "/var/lib/aide/aide.db";
    const workloadPaths = context.workload.directories
        .filter(({ purpose }) => purpose === "configuration" || purpose === "certificates")
        .map(({ path }) => path);
    return [
        check(
            "installed-software-verified",
            ...(isDebianFamily(context) ? [item("packages_present", "debsums")] : []),
            verify,
            ...timer(
                "keyward-software-verification",
                "Compare installed files with their packages",
                verification,
                value("fileIntegrityIntervalHours"),
            ),
        ),
        check(
            "file-integrity",
            item("packages_present", "aide"),
            file({ path: configuration, mode: "600", content: aideRules(database, workloadPaths) }),
            item("directory", "/var/lib/aide", "700", "root:root"),
            ...timer(
                // The name that Debian's own package would use: never two of them.
                byFamily(context, { debian: "dailyaidecheck", amazon: "aidecheck" }),
                "Compare files with the integrity database",
                `/usr/bin/aide --check --config ${configuration}`,
                value("fileIntegrityIntervalHours"),
            ),
            item("integrity_database", database, configuration),
        ),
    ];
}

/** A service with its timer. */
function timer(name: string, description: string, command: string, hours: number): readonly Item[] {
    return [
        file({
            path: `/etc/systemd/system/${name}.service`,
            content: `[Unit]\nDescription=${description}\n\n[Service]\nType=oneshot\nExecStart=${command}\nNice=19\nIOSchedulingClass=idle`,
            after: "systemd",
        }),
        file({
            path: `/etc/systemd/system/${name}.timer`,
            content: `[Unit]\nDescription=${description}\n\n[Timer]\nOnBootSec=1h\nOnUnitActiveSec=${hours}h\nRandomizedDelaySec=15m\n\n[Install]\nWantedBy=multi-user.target timers.target`,
            after: "systemd",
        }),
        item("unit_enabled", `${name}.timer`),
    ];
}

/** What the database holds: programs, libraries, boot files and configuration, by content and attributes. */
function aideRules(database: string, workloadPaths: readonly string[]): string {
    const full = "p+i+n+u+g+s+b+m+c+acl+xattrs+sha512";
    const tools = ["auditctl", "auditd", "ausearch", "aureport", "autrace", "augenrules"];
    return [
        `database_in=file:${database}`,
        `database_out=file:${database}.new`,
        "gzip_dbout=yes",
        "report_url=stdout",
        // The names that Debian's own configuration has.
        `InodeData = ${full}`,
        "OwnerMode = p+u+g+acl+xattrs",
        ...tools.map((tool) => `/usr/sbin/${tool} p+i+n+u+g+s+b+acl+xattrs+sha512`),
        ...tools.map((tool) => `/sbin/${tool} p+i+n+u+g+s+b+acl+xattrs+sha512`),
        "/usr/bin InodeData",
        "/usr/sbin InodeData",
        "/usr/lib InodeData",
        "/usr/local InodeData",
        "/boot InodeData",
        "/etc InodeData",
        "/root InodeData",
        ...workloadPaths
            .filter((path) => !path.startsWith("/etc/"))
            .map((path) => `${path} InodeData`),
        "/var/log$ OwnerMode",
        "!/etc/mtab$",
        "!/etc/\\.pwd\\.lock$",
        "!/usr/lib/.*/__pycache__",
        "!/root/\\.lesshst$",
    ].join("\n");
}
