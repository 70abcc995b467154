import { check, type HostCheck } from "../check";
import { byFamily, isDebianFamily, type HostContext } from "../context";
import { file, item, setting } from "../item";

const loginDefs = "/etc/login.defs";

/** The organisation's password policy. */
export function passwordChecks(context: HostContext): readonly HostCheck[] {
    const { value } = context;
    const ages = {
        PASS_MAX_DAYS: value("passwordMaximumDays"),
        PASS_MIN_DAYS: value("passwordMinimumDays"),
        PASS_WARN_AGE: value("passwordWarnDays"),
    };
    const inactive = value("passwordInactiveDays");
    const debian = isDebianFamily(context);
    return [
        check(
            "password-ages",
            ...Object.entries(ages).map(([key, days]) => setting(loginDefs, " ", key, days)),
            setting("/etc/default/useradd", "=", "INACTIVE", inactive),
            item("password_ages", ...Object.values(ages).map(String), String(inactive)),
        ),
        check(
            "password-hashing",
            setting(loginDefs, " ", "ENCRYPT_METHOD", byFamily(context, hashing)),
            setting(loginDefs, " ", "YESCRYPT_COST_FACTOR", 7),
            setting(loginDefs, " ", "SHA_CRYPT_MIN_ROUNDS", 65_536),
            setting(loginDefs, " ", "SHA_CRYPT_MAX_ROUNDS", 65_536),
        ),
        check(
            "password-quality",
            item("packages_present", ...byFamily(context, qualityPackages)),
            file({ path: "/etc/security/pwquality.conf", content: qualityRules(context) }),
            ...(debian
                ? [
                      item("pam_profile", "pwquality"),
                      item("pam", "/etc/pam.d/common-password", "password*pam_pwquality.so*"),
                  ]
                : []),
        ),
        check(
            "password-history",
            ...(debian
                ? [
                      file({
                          path: "/usr/share/pam-configs/keyward-history",
                          content: historyProfile(value("passwordHistory")),
                      }),
                      item("pam_profile", "keyward-history"),
                      item(
                          "pam",
                          "/etc/pam.d/common-password",
                          `password*pam_pwhistory.so*remember=${value("passwordHistory")}*`,
                      ),
                  ]
                : [item("authselect", "with-pwhistory")]),
            file({
                path: "/etc/security/pwhistory.conf",
                content: `remember = ${value("passwordHistory")}\nenforce_for_root\nretry = ${value("passwordRetries")}`,
            }),
            permissionsOfOldPasswords,
        ),
        check(
            "account-lockout",
            file({ path: "/etc/security/faillock.conf", content: lockoutRules(context) }),
            ...(debian
                ? [
                      file({
                          path: "/usr/share/pam-configs/keyward-lockout",
                          content: lockoutProfile,
                      }),
                      file({
                          path: "/usr/share/pam-configs/keyward-lockout-count",
                          content: lockoutCountProfile,
                      }),
                      item("pam_profile", "keyward-lockout", "keyward-lockout-count"),
                      item(
                          "pam",
                          "/etc/pam.d/common-auth",
                          "auth*pam_faillock.so preauth*",
                          "auth*pam_faillock.so authfail*",
                      ),
                      item("pam", "/etc/pam.d/common-account", "account*pam_faillock.so*"),
                  ]
                : [item("authselect", "with-faillock")]),
        ),
        check(
            "no-empty-passwords",
            ...(debian
                ? [
                      item("pam_without", "nullok", "/usr/share/pam-configs/unix"),
                      item(
                          "pam_without",
                          "nullok",
                          "/etc/pam.d/common-auth",
                          "/etc/pam.d/common-password",
                      ),
                  ]
                : [item("authselect", "without-nullok")]),
        ),
        check("no-well-known-passwords", item("no_known_passwords")),
    ];
}

const hashing = { debian: "YESCRYPT", amazon: "SHA512" };
/** With the dictionary: without one, pwquality refuses every password. */
const qualityPackages = {
    debian: ["libpam-pwquality", "cracklib-runtime"],
    amazon: ["libpwquality", "cracklib-dicts"],
};
const permissionsOfOldPasswords = item(
    "permissions",
    "600",
    "root",
    "root",
    "/etc/security/opasswd",
    "/etc/security/opasswd.old",
);

function qualityRules({ value }: HostContext): string {
    return [
        `minlen = ${value("passwordMinimumLength")}`,
        `minclass = ${value("passwordCharacterClasses")}`,
        "dcredit = -1",
        "ucredit = -1",
        "lcredit = -1",
        "ocredit = -1",
        `difok = ${value("passwordChangedCharacters")}`,
        `maxrepeat = ${value("passwordMaximumRepeat")}`,
        "maxsequence = 3",
        "dictcheck = 1",
        "usercheck = 1",
        "enforcing = 1",
        `retry = ${value("passwordRetries")}`,
        "enforce_for_root",
    ].join("\n");
}

function lockoutRules({ value }: HostContext): string {
    return [
        `deny = ${value("lockoutAttempts")}`,
        `fail_interval = ${value("lockoutWindowSeconds")}`,
        `unlock_time = ${value("lockoutSeconds")}`,
        "even_deny_root",
        `root_unlock_time = ${value("lockoutSeconds")}`,
        "audit",
        "silent",
    ].join("\n");
}

/** In front of every password module: says no to a locked account, and clears the count after a success. */
const lockoutProfile = `Name: Keyward: refuse locked accounts
Default: yes
Priority: 1024
Auth-Type: Primary
Auth:
	requisite	pam_faillock.so preauth
Account-Type: Primary
Account:
	required	pam_faillock.so`;

/** Behind every password module: counts the failure. */
const lockoutCountProfile = `Name: Keyward: count failed logins
Default: yes
Priority: 0
Auth-Type: Primary
Auth:
	[default=die]	pam_faillock.so authfail`;

/** Between the quality module, which asks for the password, and the module that stores it. */
function historyProfile(remember: number): string {
    return `Name: Keyward: refuse former passwords
Default: yes
Priority: 512
Password-Type: Primary
Password:
	requisite	pam_pwhistory.so remember=${remember} enforce_for_root try_first_pass use_authtok`;
}
