import { check, type HostCheck } from "../check";
import { byFamily, type HostContext } from "../context";
import { file, item } from "../item";

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
        ...mediaChecks(context),
    ];
}

function mediaChecks({ value }: HostContext): readonly HostCheck[] {
    if (!value("hostRemovableMedia")) {
        return [];
    }
    return [
        check(
            "malware-scan",
            item("packages_present", "rkhunter"),
            ...timer(
                "keyward-malware-scan",
                "Scan for rootkits and malware",
                "/usr/bin/rkhunter --check --skip-keypress --report-warnings-only --nocolors",
                value("malwareScanIntervalHours"),
            ),
        ),
    ];
}

/** The last check: the database must hold what the others made. */
export function integrityChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const verify = byFamily(context, {
        debian: "/usr/bin/dpkg --verify",
        amazon: "/usr/bin/rpm -Va --nomtime",
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
            ...timer(
                "keyward-software-verification",
                "Compare installed files with their packages",
                verify,
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
function timer(
    name: string,
    description: string,
    command: string,
    hours: number,
): readonly ReturnType<typeof item>[] {
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
        `Full = ${full}`,
        "Attributes = p+u+g+acl+xattrs",
        ...tools.map((tool) => `/usr/sbin/${tool} p+i+n+u+g+s+b+acl+xattrs+sha512`),
        ...tools.map((tool) => `/sbin/${tool} p+i+n+u+g+s+b+acl+xattrs+sha512`),
        "/usr/bin Full",
        "/usr/sbin Full",
        "/usr/lib Full",
        "/usr/local Full",
        "/boot Full",
        "/etc Full",
        "/root Full",
        ...workloadPaths.filter((path) => !path.startsWith("/etc/")).map((path) => `${path} Full`),
        "/var/log$ Attributes",
        "!/etc/mtab$",
        "!/etc/\\.pwd\\.lock$",
        "!/usr/lib/.*/__pycache__",
        "!/root/\\.lesshst$",
    ].join("\n");
}
