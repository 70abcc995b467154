import assert from "node:assert/strict";
import type { Exemption } from "../../catalog/records/exemption";
import { Container } from "./support/container";
import { layDown, runProfile, type ProfileRun } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

const urn = (name: string): string => `urn:pulumi:prod::keys::aws:ec2/instance:Instance::${name}`;

const today = new Date().toISOString().slice(0, 10);
const days = (count: number): string =>
    new Date(Date.parse(today) + count * 86_400_000).toISOString().slice(0, 10);

/** An unhardened system fails this check. */
const check = "wireless-blocked";

const record: Exemption = {
    id: "radio-for-the-tests",
    policy: check,
    scope: { urn: urn("keys-1") },
    reason: "an ordinary system that nobody hardened",
    owner: "platform",
    approver: "security",
    ticket: "SEC-1",
    created: today,
    expires: days(20),
};

describe("an exemption on a running server", () => {
    let machine: Container;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        machine = await Container.boot(bookworm, "exemptions");
    });
    after(async () => machine.destroy());

    const lay = (exemptions: readonly Exemption[], server = urn("keys-1")): void => {
        layDown(machine, {
            operatingSystem: bookworm.operatingSystem,
            workload: "openbao",
            exemptions,
            server,
        });
    };
    const line = (run: ProfileRun, id: string): ProfileRun["checks"][number] | undefined =>
        run.checks.find((candidate) => candidate.check === id);

    it("makes the check exempt and keeps apply away from it", () => {
        lay([record]);
        const audit = runProfile(machine, "audit");
        assert.equal(line(audit, check)?.verdict, "exempt");
        assert.equal(line(audit, check)?.exemption, record.id);
        assert.equal(audit.summary["exempt"], 1);
        assert.equal(line(audit, "host-exemptions-sound")?.verdict, "pass");
        assert.ok(!runProfile(machine, "plan").changed.includes(check));
    });

    it("changes nothing on another server", () => {
        lay([record], urn("keys-2"));
        const audit = runProfile(machine, "audit");
        assert.equal(line(audit, check)?.verdict, "fail");
        assert.equal(line(audit, "host-exemptions-sound")?.verdict, "not-applicable");
        assert.ok(runProfile(machine, "plan").changed.includes(check));
    });

    it("is found by the server's private name in a profile that servers share", () => {
        layDown(machine, {
            operatingSystem: bookworm.operatingSystem,
            workload: "openbao",
            exemptions: [record],
            nodes: ["keys-1", "keys-2"].map((name) => ({ name, server: urn(name) })),
        });
        const verdictOn = (node: string): string | undefined => {
            machine.write("etc/keyward/node", `${node}\n`, 0o600);
            return line(runProfile(machine, "audit"), check)?.verdict;
        };
        assert.deepEqual(["keys-1", "keys-2"].map(verdictOn), ["exempt", "fail"]);
        machine.must("rm /etc/keyward/node");
    });

    it("ends on its day, and the audit says so", () => {
        lay([record]);
        const shiftClock = (day: string): void =>
            machine.write(
                "usr/local/sbin/date",
                `#!/bin/sh\nexec /usr/bin/date -d ${day} "$@"\n`,
                0o755,
            );
        shiftClock(days(19));
        assert.equal(line(runProfile(machine, "audit"), check)?.verdict, "exempt");
        shiftClock(days(20));
        const audit = runProfile(machine, "audit");
        machine.must("rm /usr/local/sbin/date");
        assert.equal(line(audit, check)?.verdict, "fail");
        const reason = `it has expired on ${days(20)}`;
        assert.match(
            line(audit, check)?.found ?? "",
            new RegExp(`\\(exemption ${record.id} covers nothing: ${reason}\\)$`),
        );
        assert.deepEqual(
            [line(audit, "host-exemptions-sound")].map((found) => [found?.verdict, found?.found]),
            [["fail", `${record.id} of ${check}: ${reason}`]],
        );
    });

    it("is a finding when it is too long, too early or not needed", () => {
        lay([
            { ...record, expires: days(1000) },
            { ...record, id: "later", policy: "swap-off", created: days(3) },
            { ...record, id: "needless", policy: "packages-clear-text-remote-access" },
        ]);
        const audit = runProfile(machine, "audit");
        const tooLong = `it lasts 1000 days, and an exemption from a ${line(audit, check)?.severity ?? ""} host check may last 180`;
        assert.equal(line(audit, check)?.verdict, "fail");
        assert.match(line(audit, check)?.found ?? "", new RegExp(`covers nothing: ${tooLong}`));
        assert.equal(line(audit, "swap-off")?.verdict, "fail");
        assert.equal(line(audit, "packages-clear-text-remote-access")?.verdict, "pass");
        assert.equal(
            line(audit, "host-exemptions-sound")?.found,
            [
                `${record.id} of ${check}: ${tooLong}`,
                `later of swap-off: it is not in force before ${days(3)}`,
                "needless of packages-clear-text-remote-access: it is not needed",
            ].join("; "),
        );
    });
});
