import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { OperatingSystemId } from "../../catalog/operating-systems";
import type { ParameterValue } from "../../catalog/parameter";
import { buildHostProfile } from "../../host/profile";
import type { Item } from "../../host/item";
import { shellSource } from "../../host/shell-source";

/** Items of one check with OpenBao. */
function items(
    check: string,
    parameters: Readonly<Record<string, ParameterValue>> = {},
    operatingSystem: OperatingSystemId = "amazon-linux-2023",
): readonly Item[] {
    const profile = buildHostProfile({
        operatingSystem,
        workload: "openbao",
        parameters,
    });
    return profile.checks.find(({ id }) => id === check)?.items ?? [];
}

const texts = (check: string, parameters?: Readonly<Record<string, ParameterValue>>): string =>
    items(check, parameters)
        .map(({ kind, args }) => [kind, ...args].join(" "))
        .join("\n");

/** Verdict, whether a boot is waited for, and what was found, after an item was applied by the profile's own shell. */
function inShell(lines: string): string {
    const { stdout } = spawnSync(
        "sh",
        [
            "-c",
            [
                shellSource("core"),
                shellSource("logging"),
                "CONTAINER=no BOOTED=yes AUDIT_RULES='' EXEMPTIONS=$NEWLINE VERB=apply SCRATCH=$(mktemp -d)",
                "begin audit-rules-identity high '[]'",
                lines,
                'printf %s "$VERDICT $PENDING_BOOT ${BAD_FOUND:-$GOOD_FOUND}$ERROR"',
                'rm -r "$SCRATCH"',
            ].join("\n"),
        ],
        { encoding: "utf8" },
    );
    return stdout;
}

describe("where AWS and the benchmarks disagree, the profile", () => {
    it("keeps /var/log without programs but for the folder that Patch Manager runs", () => {
        assert.deepEqual(
            items("mount-var-log").map(({ kind, args: [path, , , options] }) => [
                kind,
                path,
                options,
            ]),
            [
                ["mount", "/var/log", "bind,rw,nosuid,nodev,noexec"],
                ["directory", "/var/log/amazon/ssm", undefined],
                ["mount", "/var/log/amazon/ssm", "bind,rw,nosuid,nodev,exec"],
            ],
        );
    });

    it("keeps screen, which logs sessions, and an ssm-user without rights", () => {
        assert.deepEqual(
            items("session-manager-account").map(({ kind, args }) => [kind, args[0]]),
            [
                ["packages_present", "screen"],
                ["account", "ssm-user"],
                ["directory", "/home/ssm-user"],
            ],
        );
        assert.match(texts("sudo-logged-and-confined"), /^sudo_rules$/m);
    });

    it("keeps the journal and asks for no rsyslog", () => {
        const profile = buildHostProfile({
            operatingSystem: "amazon-linux-2023",
            workload: "openbao",
        });
        const wanted = profile.checks
            .flatMap((check) => check.items)
            .filter(({ kind }) => kind === "packages_present")
            .flatMap(({ args }) => args);
        assert.ok(!wanted.includes("rsyslog"));
        assert.match(texts("journal-kept"), /Storage=persistent/);
    });

    it("enforces SELinux, which is permissive by default, now and from boot", () => {
        assert.match(
            texts("mandatory-access-control"),
            /^setting \/etc\/selinux\/config = SELINUX enforcing$/m,
        );
        assert.match(texts("mandatory-access-control"), /^selinux targeted$/m);
        assert.match(texts("boot-mandatory-access-parameters"), /selinux=1 enforcing=1/);
    });

    it("lets root and the workload reach the metadata service, and nobody else", () => {
        assert.match(
            texts("firewall-default-deny"),
            /ip daddr 169\.254\.169\.254 tcp dport 80 meta skuid \{ root, openbao \} accept\n\s+ip daddr 169\.254\.169\.254 drop/,
        );
    });

    it("locks audit rules until the reboot of a patch window, and nobody can choose otherwise", () => {
        assert.match(texts("audit-rules-immutable"), /99-finalize\.rules 600 root:root -e 2/);
        assert.throws(() => texts("audit-rules-immutable", { hostAuditImmutable: false }), {
            message: /"hostAuditImmutable" must be true/,
        });
    });

    it("halts when the audit disk is full, or goes on in single mode, as the organisation says", () => {
        assert.match(texts("audit-daemon"), /disk_full_action halt/);
        assert.match(
            texts("audit-daemon", { auditDiskFullAction: "single" }),
            /disk_full_action single/,
        );
    });

    it("says of changed audit rules that they wait for the reboot of a patch window, and fails no step for it", () => {
        const locked = inShell(`
            auditctl() { case $1 in -l) echo '-w /etc/passwd -p wa -k identity' ;; *) echo 'enabled 2' ;; esac; }
            augenrules() { echo 'the rules are locked'; return 1; }
            item audit_loaded identity 2`);
        assert.equal(locked, "fail yes 1 loaded (set; true after the next boot)");
        const open = inShell(`
            loaded=1
            auditctl() { case $1 in -l) seq -f '-w /etc/%g -p wa -k identity' $loaded ;; *) echo 'enabled 1' ;; esac; }
            augenrules() { loaded=2; }
            item audit_loaded identity 2`);
        assert.equal(open, "pass no 2 loaded");
    });

    it("leaves Ubuntu the file system of snaps, which its SSM agent is one of", () => {
        const blocked = (operatingSystem: OperatingSystemId): readonly boolean[] =>
            ["kernel-file-systems-blocked", "boot-modules-blocked"].map((check) =>
                JSON.stringify(items(check, {}, operatingSystem)).includes("squashfs"),
            );
        assert.deepEqual(blocked("ubuntu-24.04"), [false, false]);
        assert.deepEqual(blocked("amazon-linux-2023"), [true, true]);
        assert.deepEqual(blocked("debian-13"), [true, true]);
    });

    it("masks what upgrades by itself: patches are tested on a canary first", () => {
        assert.match(texts("unattended-jobs-off"), /dnf-automatic\.timer/);
    });
});
