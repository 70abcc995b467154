import assert from "node:assert/strict";
import { workload } from "../../catalog/workloads";
import { mutations } from "./mutations";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { everyCheck } from "./support/every-check";
import { failures, layDown, runProfile, type ProfileRun } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

const choices = everyCheck(bookworm.operatingSystem);

/** The first is about another workload and has a test of its own; the second reports and demands nothing. */
const withoutMutation = ["no-default-secrets", "secure-boot-reported"];

describe("a control that somebody breaks", function () {
    let machine: Container;
    let checks: readonly string[];
    /** Checks that are broken so far: mutations stay until the end. */
    const broken: string[] = [];

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        await timed("system for mutations", async () => {
            machine = await Container.boot(bookworm, "mutation");
            machine.must("useradd -m -s /bin/bash keyops");
            checks = layDown(machine, choices).checks.map(({ id }) => id);
            assert.deepEqual(runProfile(machine, "apply").errors, []);
            await machine.reboot();
            assert.deepEqual(failures(runProfile(machine, "audit")), []);
        });
    });
    after(async () => machine.destroy());

    it("has a mutation for every check", () => {
        assert.deepEqual(Object.keys(mutations).sort(), [...checks].sort());
    });

    for (const [check, { breaks, kernel }] of Object.entries(mutations)) {
        if (kernel === true || withoutMutation.includes(check)) {
            continue;
        }
        it(`is named by the audit, alone: ${check}`, () => {
            machine.must(breaks);
            const named = failing(runProfile(machine, "audit"));
            const added = named.filter((id) => !broken.includes(id));
            const lost = broken.filter((id) => !named.includes(id));
            broken.push(...added);
            assert.deepEqual({ added, lost }, { added: [check], lost: [] });
        });
    }

    it("is named by the audit, alone: no-default-secrets", () => {
        const [secret] = workload("barbican").defaultSecrets;
        assert.ok(secret);
        layDown(machine, { ...choices, workload: "barbican" });
        const before = failing(runProfile(machine, "audit"));
        machine.must(
            `mkdir -p "$(dirname ${secret.path})" && echo 'kek = ${secret.text}' >${secret.path}`,
        );
        const named = failing(runProfile(machine, "audit"));
        machine.must(`rm -r "$(dirname ${secret.path})"`);
        layDown(machine, choices);
        assert.deepEqual(
            named.filter((id) => !before.includes(id)),
            ["no-default-secrets"],
        );
    });

    it("is right again after one apply, all of them", async () => {
        console.log(
            `        ${broken.length + 1} of ${checks.length} controls broken and named; the virtual machine breaks those of boot`,
        );
        for (const { undo } of Object.values(mutations)) {
            if (undo !== undefined) {
                machine.shell(undo);
            }
        }
        const repaired = await timed("repair of all mutations", () => runProfile(machine, "apply"));
        assert.deepEqual(repaired.errors, []);
        assert.deepEqual(failures(runProfile(machine, "audit")), []);
    });
});

function failing({ checks: lines }: ProfileRun): readonly string[] {
    return lines.filter(({ verdict }) => verdict === "fail").map(({ check }) => check);
}
