import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

const cuts = 20;

/** What differs between two runs that end alike: identities, days, caches, logs, and what services write for themselves. */
const varying = [
    "/etc/.updated",
    "/etc/machine-id",
    "/etc/ssh/ssh_host_*",
    "/etc/*-",
    "/tmp/*",
    "/usr/*/__pycache__*",
    "/var/.updated",
    "/var/cache/*",
    "/var/lib/aide/*",
    "/var/lib/apt/*",
    "/var/lib/chrony/*",
    "/var/lib/cloud/*",
    "/var/lib/dpkg/*",
    "/var/lib/keyward/*",
    "/var/lib/logrotate/*",
    "/var/lib/private/*",
    "/var/lib/systemd/*",
    "/var/log/*",
    "/var/tmp/*",
];

/** Every file with its type, mode, owner and target; what files of configuration hold; packages; accounts. */
const manifest = [
    `find / -xdev \\( ${varying.map((pattern) => `-path '${pattern}'`).join(" -o ")} \\) -prune -o -printf '%y %m %u:%g %p %l\\n' | sort`,
    `find /etc /usr/local /usr/share/pam-configs /root -xdev \\( ${varying.map((pattern) => `-path '${pattern}'`).join(" -o ")} -o -name passwd -o -name shadow -o -name group -o -name gshadow -o -name 'sub?id' \\) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum`,
    "dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version}\\n'",
    // Numbers of accounts depend on the order in which they were made.
    "cut -d : -f 1,6,7 /etc/passwd | sort; cut -d : -f 1,4 /etc/group | sort; sed 's/^\\([^:]*:.\\)[^:]*:[^:]*/\\1/' /etc/shadow | sort",
    "ls /var/lib/keyward /var/lib/keyward/pending",
].join("; ");

describe("a run of apply that a power cut ends", () => {
    let whole: ReadonlySet<string>;
    let length: number;
    let machine: Container;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        const undisturbed = await prepared();
        const { errors, changed } = runProfile(undisturbed, "apply");
        assert.deepEqual(errors, []);
        length = changed.length + packageSteps(undisturbed);
        await undisturbed.reboot();
        assert.deepEqual(runProfile(undisturbed, "apply").changed, []);
        whole = stateOf(undisturbed);
        await undisturbed.destroy();
        machine = await prepared();
    });
    after(async () => machine.destroy());

    it("at any of twenty points ends, run again after the next boot, where an undisturbed one ends", async () => {
        await timed("twenty power cuts", async () => {
            const child = machine.spawn("exec keyward-host apply");
            assert.ok(child.stdout);
            let changes = 0;
            createInterface({ input: child.stdout }).on("line", (line) => {
                changes += line.includes('"type":"change"') ? 1 : 0;
            });
            const ended = once(child, "exit");
            const reached: number[] = [];
            for (let cut = 0; cut < cuts; cut += 1) {
                const point = (length * (cut + 0.5)) / cuts;
                const last = reached.at(-1) ?? 0;
                let now = last;
                while (now < point || now === last) {
                    assert.equal(child.exitCode, null, `apply ended before cut ${cut + 1}`);
                    await sleep(5);
                    now = changes + packageSteps(machine);
                }
                reached.push(now);
                await machine.cutOff((after) => {
                    comesToTheSameEnd(after, `after step ${now} of ${length}`);
                });
                // nsenter stands still with what it started.
                child.kill("SIGCONT");
            }
            await ended;
            console.log(`        cut after steps ${reached.join(", ")} of ${length}`);
        });
    });

    function comesToTheSameEnd(machine: Container, when: string): void {
        assert.deepEqual(runProfile(machine, "apply").errors, [], when);
        const state = stateOf(machine);
        assert.deepEqual(
            { missing: difference(whole, state), added: difference(state, whole) },
            { missing: [], added: [] },
            when,
        );
        assert.deepEqual(runProfile(machine, "plan").changed, [], when);
    }
});

/** The same system each time. */
async function prepared(): Promise<Container> {
    const machine = await Container.boot(bookworm, "cut");
    layDown(machine, { operatingSystem: bookworm.operatingSystem, workload: "openbao" });
    return machine;
}

function stateOf(machine: Container): ReadonlySet<string> {
    return new Set(machine.must(manifest).split("\n"));
}

function difference(some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
    return [...some].filter((line) => !others.has(line));
}

/** Steps that the package manager has taken so far: installing packages is a long part of a run that tells no change. */
function packageSteps(machine: Container): number {
    const log = join(machine.root, "var/log/dpkg.log");
    return existsSync(log) ? readFileSync(log, "utf8").split("\n").length : 0;
}
