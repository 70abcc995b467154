import assert from "node:assert/strict";
import { hostScriptPath } from "../../host/delivery";
import { Container } from "./support/container";
import { failures, layDown, runProfile, type ProfileRun } from "./support/profile-run";
import { bookworm, trixie, type Release } from "./support/releases";
import { requireMachine } from "./support/requirements";
import { timed } from "./support/budget";

/** Bytes of every file of the configuration but those that change by themselves. */
const fingerprint =
    "cd / && find etc usr/share/pam-configs -type f ! -name '.updated' ! -path 'etc/systemd/network/*' -print0 | sort -z | xargs -0 sha256sum; " +
    "find etc var/log usr -printf '%p %m %u %g\\n' | grep -v '^var/log/journal/' | sort";

for (const release of [bookworm, trixie]) {
    describe(`the host profile on ${release.operatingSystem}, booted`, () => {
        lifecycle(release);
    });
}

function lifecycle(release: Release): void {
    let machine: Container;
    let planned: ProfileRun;
    let listenersBefore: readonly string[];

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        machine = await timed(`build and boot ${release.suite}`, () =>
            Container.boot(release, `cycle-${release.suite}`),
        );
        layDown(machine, { operatingSystem: release.operatingSystem, workload: "openbao" });
        const bytes = machine.must(`wc -c <${hostScriptPath}; gzip -c ${hostScriptPath} | wc -c`);
        console.log(
            `        bytes of the script, and compressed: ${bytes.trim().replace("\n", ", ")}`,
        );
        listenersBefore = listeners(machine);
    });
    after(async () => machine.destroy());

    it("finds an ordinary installation wanting in most checks", () => {
        const { status, checks, summary } = runProfile(machine, "audit");
        const failed = checks.filter(({ verdict }) => verdict === "fail").length;
        assert.equal(status, 1);
        assert.equal(summary["fail"], failed);
        assert.ok(failed > 90, `only ${failed} checks fail`);
    });

    it("changes nothing when it audits or plans", () => {
        const before = machine.must(fingerprint);
        runProfile(machine, "audit");
        planned = runProfile(machine, "plan");
        assert.equal(machine.must(fingerprint), before);
        assert.equal(planned.status, 1);
    });

    it("applies exactly what it planned, without an error", async () => {
        const before = machine.must("dpkg-query -W | cut -f 1").split("\n");
        const applied = await timed(`apply ${release.suite}`, () => runProfile(machine, "apply"));
        const after = machine.must("dpkg-query -W | cut -f 1").split("\n");
        console.log(`        packages added: ${difference(after, before)}`);
        console.log(`        packages removed: ${difference(before, after)}`);
        assert.deepEqual(applied.errors, []);
        assert.deepEqual(applied.changed, planned.changed);
    });

    it("changes nothing when it is applied again", () => {
        const before = machine.must(fingerprint);
        const again = runProfile(machine, "apply");
        assert.deepEqual(again.changed, []);
        assert.deepEqual(again.errors, []);
        assert.equal(machine.must(fingerprint), before);
    });

    it("audits clean after the next boot, with nothing left to do", async () => {
        await machine.reboot();
        const audit = await timed(`audit ${release.suite}`, () => runProfile(machine, "audit"));
        assert.deepEqual(failures(audit), []);
        assert.equal(audit.status, 0);
        assert.deepEqual(runProfile(machine, "plan").changed, []);
        assert.deepEqual(runProfile(machine, "apply").changed, []);
    });

    it("leaves nothing that listens to the network, where nothing is declared to", () => {
        const left = listeners(machine);
        console.log(`        listeners before: ${listenersBefore.join(" ")}`);
        console.log(`        listeners after: ${left.join(" ")}`);
        assert.ok(listenersBefore.includes("tcp/0.0.0.0:22"));
        // The system's own resolver answers its own programs.
        assert.deepEqual(
            left.filter((address) => !/^(tcp|udp)\/127\.0\.0\.5[34](%lo)?:53$/.test(address)),
            [],
        );
    });

    it("leaves no unit failed", () => {
        // The container shares its kernel: these own parts of it.
        const kernel = ["audit-rules.service", "auditd.service", "chrony.service"];
        const failed = machine
            .must("systemctl list-units --failed --plain --no-legend | cut -d ' ' -f 1")
            .split("\n")
            .filter((unit) => unit !== "" && !kernel.includes(unit));
        assert.deepEqual(failed, []);
    });

    it("starts few processes: at most five a check", () => {
        machine.must("cat /proc/stat >/dev/null");
        const forks = Number(
            machine.must(
                "before=$(sed -n 's/^processes //p' /proc/stat); keyward-host audit >/dev/null; after=$(sed -n 's/^processes //p' /proc/stat); echo $((after - before))",
            ),
        );
        const checks = runProfile(machine, "audit").checks.length;
        console.log(`        ${forks} processes for ${checks} checks`);
        assert.ok(forks <= 5 * checks, `${forks} processes for ${checks} checks`);
    });
}

/** How many names are not among others, and which. */
function difference(some: readonly string[], others: readonly string[]): string {
    const names = some.filter((name) => !others.includes(name));
    return `${names.length} (${names.join(" ") || "none"})`;
}

/** Open ports, as `tcp/0.0.0.0:22`. */
function listeners(machine: Container): readonly string[] {
    const found = machine.must("ss -Hlntu | awk '{ print $1 \"/\" $5 }' | sort -u");
    return found.split("\n").filter((address) => address !== "");
}
