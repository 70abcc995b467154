import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { controls } from "../../catalog/controls";
import { operatingSystems } from "../../catalog/operating-systems";
import { InputError } from "../../catalog/records/input-error";
import { acceptedWorkloadIds } from "../../catalog/workloads";
import type { HostChoices } from "../../host/choices";
import { hostChecks } from "../../host/host-checks";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { hostExemption } from "../support/host-exemption";

const debian: HostChoices = { operatingSystem: "debian-12", workload: "openbao" };
const script = (choices: Partial<HostChoices> = {}): string =>
    renderScript(buildHostProfile({ ...debian, ...choices }));
const parameters = (values: HostChoices["parameters"]): string => script({ parameters: values });

function problemsOf(build: () => unknown): readonly string[] {
    try {
        build();
    } catch (error) {
        assert.ok(error instanceof InputError);
        return error.problems;
    }
    return [];
}

describe("the host profile", () => {
    for (const { id } of operatingSystems) {
        for (const software of acceptedWorkloadIds) {
            it(`renders a script that a POSIX shell reads: ${id}, ${software}`, () => {
                const { status, stderr } = spawnSync("sh", ["-n"], {
                    input: script({ operatingSystem: id, workload: software }),
                    encoding: "utf8",
                });
                assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
            });
        }
    }

    it("renders the same bytes for the same choices, and names them in its version", () => {
        assert.equal(script(), script());
        const version = (text: string): string | undefined => /^PROFILE=(\w+)$/m.exec(text)?.[1];
        assert.notEqual(version(script()), version(parameters({ passwordMinimumLength: 15 })));
    });

    it("holds only checks that a control of the catalog names, and all of those", () => {
        const named = [...new Set(controls.flatMap(({ enforcement }) => enforcement.hostChecks))];
        assert.deepEqual(hostChecks, named.sort());
    });

    it("gives every item a probe and a fix in the script", () => {
        for (const { id } of operatingSystems) {
            const text = script({ operatingSystem: id });
            const kinds = new Set(
                [...text.matchAll(/^item (\w+)/gm)].map(([, kind]) => kind ?? ""),
            );
            // Secure boot is reported, never demanded, and only people can mend an exemption: neither is applied.
            kinds.delete("secure_boot");
            kinds.delete("exemptions");
            const missing = [...kinds].flatMap((kind) =>
                [`probe_${kind}()`, `fix_${kind}()`].filter((name) => !text.includes(`\n${name}`)),
            );
            assert.deepEqual(missing, [], id);
        }
    });

    it("gives every change that must be followed up a function", () => {
        const text = script();
        const actions = new Set(
            [
                ...text.matchAll(
                    /^item (?:file|setting|setting_of|block) .*? (auditd|chrony|journald|journal_upload|resolved|rsyslog|sshd|systemd|workload)$/gms,
                ),
            ].map(([, action]) => action ?? ""),
        );
        assert.ok(actions.size > 0);
        assert.deepEqual(
            [...actions].filter((action) => !text.includes(`\nafter_${action}()`)),
            [],
        );
    });

    it("takes the organisation's values", () => {
        const text = parameters({
            passwordMinimumLength: 16,
            hostClientCidrs: ["10.1.0.0/16"],
            hostPeerCidrs: ["10.2.0.0/16"],
        });
        assert.match(text, /minlen = 16\n/);
        assert.match(text, /ip saddr \{ 10\.1\.0\.0\/16, 10\.2\.0\.0\/16 \} tcp dport \{ 8200 \}/);
        assert.match(text, /ip saddr \{ 10\.2\.0\.0\/16 \} tcp dport \{ 8201 \}/);
    });

    it("lets nobody in where no client and no peer is named", () => {
        assert.doesNotMatch(script(), /tcp dport \{ ?820/);
        assert.match(script(), /hook input priority filter; policy drop/);
    });

    it("masks the SSH server by default, and starts it for named users only", () => {
        assert.match(script(), /item units_masked ssh\.service ssh\.socket/);
        const on = parameters({ hostSshEnabled: true, hostSshUsers: ["keyops"] });
        assert.match(on, /item unit_enabled ssh\.service/);
        assert.match(on, /^AllowUsers keyops/m);
    });

    it("tells every bad value at once, with what is allowed", () => {
        assert.deepEqual(
            problemsOf(() =>
                parameters({
                    passwordMinimumLength: 4,
                    nope: 1,
                    hostSshEnabled: true,
                    hostClientCidrs: ["10.0.0.1"],
                    hostBannerText: "$(reboot)\nx",
                }),
            ),
            [
                'parameter "passwordMinimumLength" must be at least 12 characters, got 4',
                'parameter "nope" does not exist: `keyward checklist` lists them',
                'parameter "hostClientCidrs" must hold a CIDR such as 10.0.1.0/24, got "10.0.0.1"',
                'parameter "hostBannerText" must hold one line of 10 to 400 printable ASCII characters, got "$(reboot)\nx"',
                'parameter "hostSshEnabled" is true, but nobody may log in: name accounts in "hostSshUsers"',
            ],
        );
    });

    it("quotes what people write, so that no shell runs it", () => {
        const text = parameters({ hostBannerText: 'It\'s $(touch /x) `touch /y` "quoted"' });
        const { stdout, status } = spawnSync(
            "sh",
            [
                "-c",
                `item() { [ "$2" != /etc/motd ] || printf '%s' "$5"; }; begin() { :; }; finish() { :; }; ${profileOf(text)}\nprofile`,
            ],
            { encoding: "utf8" },
        );
        assert.equal(status, 0);
        assert.equal(stdout, 'It\'s $(touch /x) `touch /y` "quoted"');
    });

    it("carries the exemptions of its server with their days", () => {
        const text = script({ exemptions: [exemption], server: exemption.scope.urn ?? "" });
        assert.match(text, /^mount-tmp tmp-for-the-agent 2026-12-01 2027-02-01 $/m);
    });

    for (const { id } of operatingSystems) {
        it(`has the kernel refuse every blocked module from its boot on: ${id}`, () => {
            const items = buildHostProfile({ ...debian, operatingSystem: id }).checks.flatMap(
                (check) => check.items,
            );
            const blocked = items
                .filter(({ kind }) => kind === "modules_blocked")
                .flatMap(({ args }) => args);
            const words = items
                .filter(({ kind }) => /^(boot|grubby)_parameters$/.test(kind))
                .flatMap(({ args }) => args)
                .filter((word) => word.startsWith("module_blacklist="));
            assert.deepEqual(words, [`module_blacklist=${blocked.join(",")}`]);
            assert.ok(blocked.includes("usb_storage") && blocked.includes("firewire_core"));
        });
    }

    it("leaves swap and core dumps alone for a workload that does not ask", () => {
        const ids = buildHostProfile(debian).checks.map(({ id }) => id);
        assert.ok(ids.includes("swap-off") && ids.includes("core-dumps-off"));
    });
});

const exemption = hostExemption("urn:pulumi:prod::keys::aws:ec2/instance:Instance::keys-1");

/** The part of a script that lists the checks, without main. */
function profileOf(text: string): string {
    return text.slice(text.indexOf("\nprofile() {"), text.lastIndexOf("\nmain "));
}
