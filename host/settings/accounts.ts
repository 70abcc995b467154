import { check, type HostCheck } from "../check";
import { byFamily, firstUserNumber, isDebianFamily, type HostContext } from "../context";
import { file, item, permissions, setting } from "../item";

const people = String(firstUserNumber);

/** Accounts, their rights and their sessions. */
export function accountChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const named = value("hostSshUsers").map(String);
    const umask = value("umask");
    const idle = value("shellIdleSeconds");
    return [
        check("accounts-sound", item("accounts_sound")),
        check("system-accounts-locked", item("system_accounts", people)),
        check("people-are-named", item("people", people, ...named, "ssm-user")),
        check("root-password-locked", item("locked_account", "root")),
        check("root-path-safe", item("root_path")),
        check("homes-private", item("homes", people)),
        check(
            "session-manager-account",
            // Session Manager needs it to log what people type and see.
            item("packages_present", "screen"),
            item("account", "ssm-user", "/bin/bash", "/home/ssm-user", "person"),
            item("directory", "/home/ssm-user", "750", "ssm-user:ssm-user"),
        ),
        check(
            "sudo-logged-and-confined",
            item("packages_present", "sudo"),
            file({
                path: "/etc/sudoers.d/00-keyward",
                mode: "440",
                content: [
                    "Defaults use_pty",
                    'Defaults logfile="/var/log/sudo.log"',
                    "Defaults env_reset",
                    "Defaults ignore_dot",
                    "Defaults umask=0077",
                    "Defaults passwd_tries=3",
                    `Defaults timestamp_timeout=${value("sudoTimestampMinutes")}`,
                    ...named.map((user) => `${user} ALL=(root) NOPASSWD: ALL`),
                ].join("\n"),
            }),
            item("sudo_rules", ...named),
            permissions("440", "root", "root", "/etc/sudoers", "/etc/sudoers.d/*"),
            permissions("750", "root", "root", "/etc/sudoers.d"),
        ),
        check(
            "su-restricted",
            item("empty_group", "sugroup"),
            item(
                "pam_line",
                "/etc/pam.d/su",
                "auth",
                "required pam_wheel.so use_uid group=sugroup",
            ),
        ),
        check(
            "cron-and-at-allow-lists",
            file({
                path: "/etc/cron.allow",
                mode: "640",
                owner: byFamily(context, cronOwner),
                content: "root",
            }),
            file({ path: "/etc/at.allow", mode: "640", content: "root" }),
            item("no_file", "/etc/cron.deny", "/etc/at.deny"),
            permissions("600", "root", "root", "/etc/crontab"),
            permissions(
                "700",
                "root",
                "root",
                "/etc/cron.d",
                "/etc/cron.hourly",
                "/etc/cron.daily",
                "/etc/cron.weekly",
                "/etc/cron.monthly",
                "/etc/cron.yearly",
            ),
        ),
        check(
            "umask-strict",
            setting("/etc/login.defs", " ", "UMASK", umask),
            setting("/etc/login.defs", " ", "USERGROUPS_ENAB", "no"),
            file({ path: "/etc/profile.d/keyward-umask.sh", content: `umask ${umask}` }),
            ...byFamily(context, {
                debian: ["/etc/bash.bashrc", "/etc/profile"],
                amazon: ["/etc/bashrc", "/etc/profile"],
            }).map((path) => item("shell_line", path, "umask", `umask ${umask}`)),
            // Commands over SSH read no profile. Amazon Linux has this line from its package.
            ...(isDebianFamily(context) ? umaskOfEverySession : []),
            item("shell_line", "/root/.bashrc", "umask", "umask 077"),
            item("shell_line", "/root/.profile", "umask", "umask 077"),
        ),
        check(
            "idle-shells-end",
            file({
                path: "/etc/profile.d/keyward-idle.sh",
                content: `TMOUT=${idle}\nreadonly TMOUT\nexport TMOUT`,
            }),
            file({
                path: "/etc/systemd/logind.conf.d/keyward.conf",
                content: [
                    "[Login]",
                    `StopIdleSessionSec=${idle}`,
                    "KillUserProcesses=yes",
                    "RemoveIPC=yes",
                ].join("\n"),
            }),
        ),
        ...(isDebianFamily(context) ? [temporaryFoldersApart] : []),
        check(
            "login-limits",
            file({
                path: "/etc/security/limits.d/keyward-logins.conf",
                content: `* hard maxlogins ${value("loginsPerUser")}`,
            }),
            item("shells_without_nologin"),
            file({
                path: "/etc/securetty",
                mode: "600",
                // No terminal: root does not log in.
                content: "",
            }),
        ),
        check(
            "root-history-off",
            file({
                path: "/etc/profile.d/keyward-history.sh",
                content:
                    'if [ "$(id -u)" -eq 0 ]; then\n    HISTFILE=/dev/null\n    export HISTFILE\nfi',
            }),
        ),
    ];
}

/** The umask of login.defs for every session, whatever shell or command it starts. */
const umaskOfEverySession = [
    file({
        path: "/usr/share/pam-configs/keyward-umask",
        content: `Name: Keyward: umask of every session
Default: yes
Priority: 0
Session-Type: Additional
Session:
	optional	pam_umask.so`,
    }),
    item("pam_profile", "keyward-umask"),
    item("pam", "/etc/pam.d/common-session", "session*pam_umask.so*"),
];

/** A folder of temporary files for every login: programs that trust names in /tmp cannot be tricked by another account. */
const temporaryFoldersApart = check(
    "temporary-folders-apart",
    item("packages_present", "libpam-tmpdir"),
    item("pam", "/etc/pam.d/common-session", "session*pam_tmpdir.so*"),
);

const cronOwner = { debian: "root:crontab", amazon: "root:root" };
