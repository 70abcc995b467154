import assert from "node:assert/strict";
import { join } from "node:path";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";
import { scapContent } from "./support/test-root";

/** Results by rule id, such as `pass`, `fail`, `notapplicable`. */
type Results = ReadonlyMap<string, string>;

/** Levels that nobody published reached in a container (ansible collections and SCAP's own fixes were measured). */
const demanded = { anssiPasses: 261, cisPasses: 379, cisFailures: 25, lynis: 81 };

describe("auditors that nobody here wrote", () => {
    let machine: Container;
    let anssiBefore: Results;
    let cisBefore: Results;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        machine = await Container.boot(bookworm, "auditors");
        for (const system of ["debian12", "ubuntu2404"]) {
            machine.copy(join(scapContent(), `ssg-${system}-ds.xml`), `root/${system}.xml`);
        }
        await timed("OpenSCAP, vanilla", () => {
            anssiBefore = scan(machine, "debian12", "anssi_bp28_high");
            cisBefore = asUbuntu(machine);
        });
        layDown(machine, { operatingSystem: bookworm.operatingSystem, workload: "openbao" });
        assert.deepEqual(runProfile(machine, "apply").errors, []);
        await machine.reboot();
    });
    after(async () => machine.destroy());

    it("OpenSCAP, ANSSI at its high level: more passes than public hardening, nothing broken", async () => {
        const after = await timed("OpenSCAP, ANSSI", () =>
            scan(machine, "debian12", "anssi_bp28_high"),
        );
        report("ANSSI high", anssiBefore, after);
        assert.deepEqual(broken(anssiBefore, after), []);
        assert.ok(count(after, "pass") >= demanded.anssiPasses);
    });

    it("OpenSCAP, CIS level 2 as written for Ubuntu 24.04: nothing broken but what excludes one another", async () => {
        const after = await timed("OpenSCAP, CIS", () => asUbuntu(machine));
        report("CIS level 2 (Ubuntu 24.04's rules)", cisBefore, after);
        // The benchmark asks for timesyncd and for chrony; the profile takes chrony.
        assert.deepEqual(broken(cisBefore, after), cisChoices);
        assert.ok(count(after, "pass") >= demanded.cisPasses);
        assert.ok(count(after, "fail") <= demanded.cisFailures);
    });

    it("Lynis: a higher index than public hardening", async () => {
        const printed = await timed("Lynis", () =>
            machine.must("lynis audit system --quick --no-colors"),
        );
        const index = Number(/Hardening index : (\d+)/.exec(printed)?.[1]);
        console.log(`        hardening index ${index}`);
        assert.ok(index >= demanded.lynis, `hardening index ${index}`);
    });
});

const cisChoices = ["package_timesyncd_installed"];

function scan(machine: Container, system: string, profile: string): Results {
    const { stdout } = machine.shell(
        `nice oscap xccdf eval --profile ${profile} /root/${system}.xml 2>/dev/null`,
    );
    const results = new Map<string, string>();
    for (const [, rule, result] of stdout.matchAll(
        /^Rule\s+xccdf_org\.ssgproject\.content_rule_(\S+)$[^]*?^Result\s+(\S+)$/gm,
    )) {
        results.set(rule ?? "", result ?? "");
    }
    assert.ok(results.size > 300, "OpenSCAP judged too few rules");
    return results;
}

/** Ubuntu's rules on Debian: the file that tells the two apart is there for the time of the scan. */
function asUbuntu(machine: Container): Results {
    machine.must("printf 'DISTRIB_ID=Ubuntu\\nDISTRIB_CODENAME=noble\\n' >/etc/lsb-release");
    const results = scan(machine, "ubuntu2404", "cis_level2_server");
    machine.must("rm /etc/lsb-release");
    return results;
}

function broken(before: Results, after: Results): readonly string[] {
    return [...before]
        .filter(([rule, result]) => result === "pass" && after.get(rule) === "fail")
        .map(([rule]) => rule)
        .sort();
}

function count(results: Results, wanted: string): number {
    return [...results.values()].filter((result) => result === wanted).length;
}

function report(name: string, before: Results, after: Results): void {
    const show = (results: Results): string =>
        `${count(results, "pass")} pass, ${count(results, "fail")} fail`;
    const open = [...after].filter(([, result]) => result === "fail").map(([rule]) => rule);
    console.log(`        ${name}: ${show(before)} before; ${show(after)} after`);
    console.log(`        open: ${open.sort().join(" ")}`);
}
