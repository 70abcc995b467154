import assert from "node:assert/strict";
import type { HostChoices } from "../../host/choices";
import { mutations } from "./mutations";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { failures, layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

/** Choices that call up every check. */
export const everyCheck: HostChoices = {
    operatingSystem: bookworm.operatingSystem,
    workload: "openbao",
    parameters: {
        hostSshEnabled: true,
        hostSshUsers: ["keyops"],
        hostRemovableMedia: true,
        hostLogServer: "logs.example.com:19532",
    },
};

/** Nothing of the system can be broken so that these change; unit tests hold them. */
const withoutMutation = ["no-default-secrets", "secure-boot-reported"];

describe("a control that somebody breaks", function () {
    let machine: Container;
    let checks: readonly string[];
    let started = 0;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        machine = await Container.boot(bookworm, "mutation");
        machine.must("useradd -m -s /bin/bash keyops && chmod 750 /home/keyops");
        const profile = layDown(machine, everyCheck);
        checks = profile.checks.map(({ id }) => id);
        assert.deepEqual(runProfile(machine, "apply").errors, []);
        await machine.reboot();
        assert.deepEqual(failures(runProfile(machine, "audit")), []);
        started = performance.now();
    });
    after(async () => {
        const seconds = (performance.now() - started) / 1000;
        await timed(`mutations (${seconds.toFixed(0)} s), end`, () => machine.destroy());
    });

    it("has a mutation for every check", () => {
        assert.deepEqual(Object.keys(mutations).sort(), [...checks].sort());
    });

    for (const [check, { breaks, undo, kernel }] of Object.entries(mutations)) {
        if (kernel === true || withoutMutation.includes(check)) {
            continue;
        }
        it(`is named by the audit, alone: ${check}`, () => {
            machine.must(breaks);
            const named = runProfile(machine, "audit")
                .checks.filter(({ verdict }) => verdict === "fail")
                .map((line) => line.check);
            if (undo === undefined) {
                const repaired = runProfile(machine, "apply");
                assert.deepEqual(repaired.errors, []);
                assert.deepEqual(repaired.changed, [check]);
            } else {
                machine.shell(undo);
            }
            assert.deepEqual(named, [check]);
        });
    }

    it("is right again after apply, all of them", () => {
        assert.deepEqual(failures(runProfile(machine, "audit")), []);
    });
});
