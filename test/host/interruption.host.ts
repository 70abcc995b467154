import assert from "node:assert/strict";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { failures, layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

/** Counts of changes after which the run is killed, over the whole length of a first run. */
const points = [1, 3, 5, 8, 12, 17, 22, 27, 32, 38, 44, 50, 56, 62, 68, 74, 80, 86, 92, 98];

/** What must be the same however often the run was cut: every file that the profile writes. */
const state =
    "cd /etc && find . -type f ! -path './ssh/ssh_host_*' ! -name '*-' ! -name machine-id ! -path './shadow*' ! -path './gshadow*' ! -path './passwd*' ! -path './group*' ! -path './sub?id*' ! -name '.updated' ! -path './ssl/*' -print0 | sort -z | xargs -0 sha256sum; find /etc -name '*.keyward-new'";

describe("a run of apply that is cut off", () => {
    let whole: string;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        const undisturbed = await prepared();
        assert.deepEqual(runProfile(undisturbed, "apply").errors, []);
        whole = undisturbed.must(state);
        await undisturbed.destroy();
    });

    it("at any of twenty points ends, run again, where an undisturbed one ends", async () => {
        await timed("twenty power cuts", async () => {
            const machine = await prepared();
            for (const point of points) {
                await killAfter(machine, point);
            }
            assert.deepEqual(runProfile(machine, "apply").errors, []);
            assert.deepEqual(machine.must(state).split("\n"), whole.split("\n"));
            assert.deepEqual(runProfile(machine, "apply").changed, []);
            await machine.reboot();
            assert.deepEqual(failures(runProfile(machine, "audit")), []);
            await machine.destroy();
        });
    });
});

/** The same system each time, host name and all. */
async function prepared(): Promise<Container> {
    const machine = await Container.boot(bookworm, "cut");
    layDown(machine, { operatingSystem: bookworm.operatingSystem, workload: "openbao" });
    return machine;
}

/** Starts a run and kills it with all its children as soon as it has told its n-th change (or ended). */
async function killAfter(machine: Container, changes: number): Promise<void> {
    const child = machine.spawn("exec keyward-host apply");
    const ended = once(child, "exit");
    assert.ok(child.stdout);
    let told = 0;
    for await (const line of createInterface({ input: child.stdout })) {
        told += line.includes('"type":"change"') ? 1 : 0;
        if (told >= 1 && told >= changes - already) {
            machine.shell("pkill -KILL -f 'keyward-host apply'");
            break;
        }
    }
    already += told;
    await ended;
}

/** Changes that earlier, killed runs have made: the next one goes on from there. */
let already = 0;
