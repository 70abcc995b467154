import type { OperatingSystemId } from "../../catalog/operating-systems";

/** How a rule of a SCAP data stream is met: by a check of the profile, or not, with the reason. First match counts. */
export type RuleAnswer = { readonly check: string } | { readonly waived: string };

const by = (pattern: RegExp, check: string): readonly [RegExp, RuleAnswer] => [pattern, { check }];
const waived = (pattern: RegExp, reason: string): readonly [RegExp, RuleAnswer] => [
    pattern,
    { waived: reason },
];

const alternative =
    "the benchmark lists alternatives; the profile takes chrony, nftables and the journal";
const partition = "file systems are the image's; mount options are set by bind mounts";
const desktop = "no desktop is installed, nothing to configure";

/** In the order in which they are tried. */
const ruleAnswers: readonly (readonly [RegExp, RuleAnswer])[] = [
    waived(/^partition_for_(?!dev_shm|tmp)/, partition),
    waived(/^mount_option_var_(nodev|nosuid)$/, partition),
    waived(/^(dconf_|gnome_)|^package_(gdm|xorg)|^wireless_/, desktop),
    waived(
        /(ufw|firewalld|iptables|ip6tables|timesyncd|ntp_single|set_ipv6_loopback|set_loopback_traffic|chronyd_disabled|nftables_disabled|firewall_single)/,
        alternative,
    ),
    waived(
        /^(journald_disable_forward_to_syslog|logging_services_active|package_rsyslog_installed|service_rsyslog_enabled)/,
        alternative,
    ),
    waived(
        /^(rsyslog_remote_loghost|systemd_journal_upload|service_systemd-journal-upload|package_systemd-journal-remote|socket_systemd-journal-remote)/,
        "the agent ships the journal; a log server is a parameter",
    ),
    waived(
        /^(grub2_password|grub2_uefi_password)/,
        "nobody types a password at the boot of an EC2 instance",
    ),
    waived(
        /^(postfix_network_listening_disabled|has_nonlocal_mta)/,
        "no mail server is installed, and the listeners are checked",
    ),
    waived(
        /^chronyd_configure_pool_and_server|^chronyd_specify_remote_server/,
        "the time servers are a parameter",
    ),
    waived(
        /^ensure_root_password_configured/,
        "root has no password: sessions and sudo take its place",
    ),
    waived(
        /^auditd_data_retention_space_left_action/,
        "a key server sends no mail; an alarm on the journal line does it",
    ),
    waived(/^aide_periodic_cron_checking/, "a systemd timer does it"),
    waived(
        /^accounts_password_pam_unix_(remember|rounds)|^accounts_password_pam_unix_no_remember/,
        "pam_pwhistory keeps the history; the hash sets its own cost",
    ),
    waived(/^sshd_set_loglevel_info/, "VERBOSE records more than INFO"),
    by(
        /^(package|service)_(telnet|ftp|tftp|tnftp|vsftpd|rsh|talk|xinetd)/,
        "packages-clear-text-remote-access",
    ),
    by(/^(package|service)_(nis|ypserv|ypbind|openldap|slapd)/, "packages-directory-services"),
    by(/^(package|service)_(avahi|cups|bluetooth)/, "packages-discovery-and-printing"),
    by(
        /^(package|service)_(prelink|setroubleshoot|mcstrans|apport)/,
        "packages-helpers-not-needed",
    ),
    by(/^(package|service)_(autofs)/, "automount-off"),
    by(/^package_(aide)_installed|^aide_/, "file-integrity"),
    by(
        /^package_(apparmor|apparmor-utils|libselinux|pam_apparmor)|^(all_apparmor|selinux_|apparmor_)/,
        "mandatory-access-control",
    ),
    by(
        /^package_(audit|audit-audispd-plugins|audit-libs)_installed|^service_auditd_enabled|^auditd_/,
        "audit-daemon",
    ),
    by(/^package_chrony|^service_chronyd_enabled|^chronyd_run/, "time-synchronised"),
    by(
        /^package_(nftables|iptables)_|^nftables_|^set_nftables|^service_nftables_enabled/,
        "firewall-default-deny",
    ),
    by(/^package_(pam_pwquality|pam_modules|pam_runtime|libpwquality)/, "password-quality"),
    by(/^package_sudo|^sudo_|^audit_sudo_log/, "sudo-logged-and-confined"),
    by(
        /^(package|service)_(cron|crond|cronie)|^file_.*_(cron|crontab|at_|cron_)|^file_(at|cron)_(allow|deny)/,
        "cron-and-at-allow-lists",
    ),
    by(/^service_systemd-journald|^journald_/, "journal-kept"),
    by(/^(package|service)_.*_(removed|disabled)$/, "packages-servers-not-needed"),
    by(/^sysctl_.*(ip_forward|forwarding)/, "network-no-forwarding"),
    by(/^sysctl_.*(accept_redirects|send_redirects|secure_redirects)/, "network-no-redirects"),
    by(/^sysctl_.*accept_source_route/, "network-no-source-routing"),
    by(/^sysctl_.*(rp_filter|log_martians)/, "network-spoofing-rejected"),
    by(/^sysctl_.*(icmp_|syncookies)/, "network-floods-resisted"),
    by(/^sysctl_.*accept_ra/, "network-no-router-advertisements"),
    by(/^sysctl_kernel_(randomize|kptr|dmesg)/, "kernel-memory-layout-hidden"),
    by(/^sysctl_kernel_yama/, "kernel-tracing-restricted"),
    by(/^sysctl_fs_suid|coredump|disable_users_coredumps/, "core-dumps-off"),
    by(/^kernel_module_(dccp|sctp|rds|tipc)/, "kernel-network-protocols-blocked"),
    by(/^kernel_module_usb/, "removable-media-blocked"),
    by(/^kernel_module_/, "kernel-file-systems-blocked"),
    by(/^grub2_audit/, "boot-audit-parameters"),
    by(/^grub2_enable_(apparmor|selinux)/, "boot-mandatory-access-parameters"),
    by(/grub2_cfg|user_cfg|efi_/, "boot-files-protected"),
    by(/^(mount_option|partition_for)_(dev_shm)/, "mount-shared-memory"),
    by(/^(mount_option|partition_for)_tmp/, "mount-tmp"),
    by(/^mount_option_var_tmp/, "mount-var-tmp"),
    by(/^mount_option_var_log_audit/, "mount-var-log-audit"),
    by(/^mount_option_var_log/, "mount-var-log"),
    by(/^mount_option_home/, "mount-home"),
    by(/^audit_rules_time/, "audit-rules-time-change"),
    by(/^audit_rules_networkconfig/, "audit-rules-system-locale"),
    by(/^audit_rules_usergroup/, "audit-rules-identity"),
    by(/^audit_rules_sysadmin_actions/, "audit-rules-scope"),
    by(/^audit_rules_suid_(privilege|auid)/, "audit-rules-user-emulation"),
    by(/^audit_rules_unsuccessful/, "audit-rules-access"),
    by(/^audit_rules_dac/, "audit-rules-perm-mod"),
    by(/^audit_rules_media/, "audit-rules-mounts"),
    by(/^audit_rules_file_deletion/, "audit-rules-delete"),
    by(/^audit_rules_session/, "audit-rules-session"),
    by(/^audit_rules_login/, "audit-rules-logins"),
    by(/^audit_rules_mac/, "audit-rules-mac-policy"),
    by(/^audit_rules_execution/, "audit-rules-perm-chng"),
    by(/^audit_rules_privileged_commands_usermod/, "audit-rules-usermod"),
    by(
        /^audit_rules_(kernel_module|privileged_commands_(insmod|rmmod|modprobe|kmod))/,
        "audit-rules-modules",
    ),
    by(/^audit_rules_privileged/, "audit-rules-privileged"),
    by(/^audit_rules_immutable/, "audit-rules-immutable"),
    by(
        /audit_(binaries|configuration|rules|auditd|rulesd)|var_log_audit|etc_audit/,
        "audit-files-protected",
    ),
    by(/^rsyslog_/, "log-files-protected"),
    by(/^configure_ssh_crypto_policy|^configure_crypto_policy/, "crypto-policy"),
    by(/^sshd_use_strong|^sshd_use_approved/, "ssh-modern-algorithms"),
    by(/^sshd_limit_user_access/, "ssh-named-users"),
    by(
        /^sshd_(disable_(root|empty|rhosts|gssapi|kerb)|enable_pam)|^disable_host_auth/,
        "ssh-keys-only",
    ),
    by(/^sshd_(disable_(forwarding|tcp|x11)|do_not_permit)/, "ssh-no-forwarding"),
    by(/^sshd_(enable_warning|set_loglevel)/, "ssh-logging-and-banner"),
    by(/^sshd_set_/, "ssh-limits"),
    by(/sshd_config/, "ssh-files-protected"),
    by(/sshd_(private|pub)_key/, "ssh-host-keys-protected"),
    by(/faillock/, "account-lockout"),
    by(/pwhistory|pam_remember|password_auth_remember|system_auth_remember/, "password-history"),
    by(/no_empty_passwords/, "no-empty-passwords"),
    by(/hashing_algorithm|password_pam_unix_(authtok|enabled)/, "password-hashing"),
    by(/^accounts_password_pam/, "password-quality"),
    by(/(maximum|minimum|max_life|min_life|warn)_?|post_pw_e|last_change/, "password-ages"),
    by(/accounts_tmout/, "idle-shells-end"),
    by(/umask/, "umask-strict"),
    by(/no_nologin_in_shells/, "login-limits"),
    by(/(no_shelllogin|invalid_shell|auth_for_systemaccounts)/, "system-accounts-locked"),
    by(/ensure_root_access_controlled/, "root-password-locked"),
    by(/wheel_group/, "su-restricted"),
    by(/root_path|accounts_root_path/, "root-path-safe"),
    by(
        /(user_dot|home_dir|home_directories|init_files|bash_history|interactive_home|forward_files|netrc|rsh_trust)/,
        "homes-private",
    ),
    by(
        /(unique|gid_passwd|uid_except|gid_except|root_gid|gid_zero|all_shadowed|shadow_group)/,
        "accounts-sound",
    ),
    by(/(opasswd)/, "password-history"),
    by(/_etc_(issue|motd)|issue_net/, "login-banners"),
    by(/^file_.*(passwd|shadow|group|shells)/, "account-files-protected"),
    by(/world_writable/, "no-world-writable-files"),
    by(/(ungroupowned|unowned)/, "no-files-without-owner"),
    by(/gpgcheck/, "package-signatures-verified"),
];

/** The answer to a rule on an operating system, if there is one. */
export function answerTo(rule: string, operatingSystem: OperatingSystemId): RuleAnswer | undefined {
    if (operatingSystem === "ubuntu-24.04" && /^kernel_module_squashfs/.test(rule)) {
        return { waived: "Ubuntu's SSM agent is a snap, and a snap is a file system of this kind" };
    }
    return ruleAnswers.find(([pattern]) => pattern.test(rule))?.[1];
}
