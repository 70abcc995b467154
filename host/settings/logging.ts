import { check, type HostCheck } from "../check";
import { byFamily, firstUserNumber, isDebianFamily, type HostContext } from "../context";
import { file, item, permissions, setting } from "../item";
import { auditRuleGroups } from "./audit-rules";

const rules = "/etc/audit/rules.d";

/** The audit daemon with its rules, the journal, the log files. */
export function loggingChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const conf = "/etc/audit/auditd.conf";
    const daemon = {
        max_log_file: value("auditMaximumFileMegabytes"),
        max_log_file_action: "keep_logs",
        space_left: `${value("auditSpaceLeftPercent")}%`,
        space_left_action: value("auditSpaceLeftAction"),
        admin_space_left: `${value("auditAdminSpaceLeftPercent")}%`,
        admin_space_left_action: value("auditAdminSpaceLeftAction"),
        disk_full_action: value("auditDiskFullAction"),
        disk_error_action: value("auditDiskErrorAction"),
        action_mail_acct: "root",
        log_format: "ENRICHED",
        name_format: "hostname",
        log_group: "root",
        write_logs: "yes",
        local_events: "yes",
        freq: 50,
        flush: "INCREMENTAL_ASYNC",
    };
    return [
        check(
            "audit-daemon",
            item(
                "packages_present",
                ...byFamily(context, {
                    debian: ["auditd", "audispd-plugins"],
                    amazon: ["audit", "audit-rules"],
                }),
            ),
            ...Object.entries(daemon).map(([key, wanted]) =>
                setting(conf, "=", key, wanted, "auditd"),
            ),
            item("unit_enabled", "auditd.service", "needs-kernel"),
        ),
        check(
            "audit-files-protected",
            permissions("600", "root", "root", "/etc/audit/*.conf", "/etc/audit/rules.d/*"),
            permissions("640", "root", "root", "/etc/audit/*.rules"),
            permissions("750", "root", "root", "/etc/audit", "/etc/audit/rules.d"),
            permissions("700", "root", "root", "/var/log/audit"),
            permissions("600", "root", "root", "/var/log/audit/*"),
            permissions(
                "750",
                "root",
                "root",
                "/usr/sbin/auditctl",
                "/usr/sbin/auditd",
                "/usr/sbin/augenrules",
                "/usr/sbin/ausearch",
                "/usr/sbin/aureport",
                "/usr/sbin/autrace",
            ),
        ),
        check(
            "audit-rules-start",
            file({
                path: `${rules}/00-keyward-start.rules`,
                mode: "600",
                content: `-D\n-b ${value("auditBacklogLimit")}\n-f 1\n--backlog_wait_time 60000\n-c\n--loginuid-immutable`,
            }),
            item("no_file", `${rules}/audit.rules`),
        ),
        ...auditRuleGroups(context).map(({ key, rules: lines }) =>
            check(
                `audit-rules-${key.replaceAll("_", "-")}`,
                file({
                    path: `${rules}/50-keyward-${key}.rules`,
                    mode: "600",
                    content: lines.join("\n"),
                }),
                item("audit_loaded", key, String(lines.length)),
            ),
        ),
        check(
            "audit-rules-privileged",
            item(
                "audit_privileged",
                `${rules}/60-keyward-privileged.rules`,
                String(firstUserNumber),
            ),
            item("audit_privileged_loaded", `${rules}/60-keyward-privileged.rules`),
        ),
        check(
            "audit-rules-immutable",
            ...(value("hostAuditImmutable")
                ? [
                      file({ path: `${rules}/99-finalize.rules`, mode: "600", content: "-e 2" }),
                      item("audit_compiled"),
                      item("audit_immutable"),
                  ]
                : [item("no_file", `${rules}/99-finalize.rules`)]),
        ),
        check(
            "journal-kept",
            ...["/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d/zz-keyward.conf"].map(
                (path) =>
                    file({
                        path,
                        content: [
                            "[Journal]",
                            "Storage=persistent",
                            "Compress=yes",
                            "Seal=yes",
                            "ForwardToWall=no",
                            `ForwardToSyslog=${isDebianFamily(context) ? "yes" : "no"}`,
                            "SystemMaxUse=1G",
                            "RateLimitIntervalSec=30s",
                            "RateLimitBurst=20000",
                        ].join("\n"),
                        after: "journald",
                    }),
            ),
            permissions("2755", "root", "systemd-journal", "/var/log/journal"),
        ),
        ...journalShipped(context),
        check(
            "log-files-protected",
            item("log_files"),
            item("setting_of", "/etc/rsyslog.conf", " ", "$FileCreateMode", "0640", "rsyslog"),
            item("setting_of", "/etc/rsyslog.conf", " ", "$DirCreateMode", "0750", "rsyslog"),
            file({ path: "/etc/tmpfiles.d/keyward.conf", content: logTemporaryFiles }),
        ),
        check(
            "log-rotation",
            item("packages_present", "logrotate"),
            item("unit_enabled", "logrotate.timer"),
        ),
    ];
}

const logTemporaryFiles = [
    "f /var/log/sudo.log 0600 root root -",
    "f /var/log/wtmp 0640 root utmp -",
    "f /var/log/btmp 0600 root utmp -",
    "f /var/log/lastlog 0640 root utmp -",
    "f /var/log/faillog 0640 root root -",
].join("\n");

/** Where no agent ships the journal, systemd's own uploader does. */
function journalShipped(context: HostContext): readonly HostCheck[] {
    const server = context.value("hostLogServer");
    if (server === "") {
        return [];
    }
    return [
        check(
            "journal-shipped",
            item("packages_present", "systemd-journal-remote"),
            file({
                path: "/etc/systemd/journal-upload.conf.d/keyward.conf",
                content: [
                    "[Upload]",
                    `URL=https://${server}`,
                    "ServerKeyFile=/etc/keyward/journal-upload.key",
                    "ServerCertificateFile=/etc/keyward/journal-upload.crt",
                    "TrustedCertificateFile=/etc/keyward/log-server-ca.crt",
                ].join("\n"),
                after: "journal_upload",
            }),
            item("unit_enabled", "systemd-journal-upload.service", "only-at-boot"),
        ),
    ];
}
