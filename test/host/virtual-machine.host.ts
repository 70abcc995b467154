import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import { renderCloudInit } from "../../host/cloud-init";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { mutations } from "./mutations";
import { timed, tookBeside } from "./support/budget";
import { failures, runProfile } from "./support/profile-run";
import { bookworm, trixie, type Release } from "./support/releases";
import { requireMachine } from "./support/requirements";
import { VirtualMachine } from "./support/virtual-machine";

/** One line that breaks what only a kernel of its own shows, and the check that must say so, in the order of the audit. */
const kernelMutations: readonly (readonly [check: string, breaks: string])[] = [
    ["kernel-memory-layout-hidden", "sysctl -q -w kernel.kptr_restrict=0"],
    ["kernel-tracing-restricted", "sysctl -q -w kernel.yama.ptrace_scope=0"],
    ["kernel-extension-restricted", "sysctl -q -w net.core.bpf_jit_harden=0"],
    ["kernel-emergency-keys-off", "sysctl -q -w kernel.sysrq=438"],
    ["kernel-links-protected", "sysctl -q -w fs.protected_symlinks=0"],
    ["core-dumps-off", "sysctl -q -w kernel.core_pattern=core"],
    ...Object.entries(mutations)
        .filter(([, { kernel }]) => kernel === true)
        .map(([check, { breaks }]) => [check, breaks] as const),
    [
        "mandatory-access-control",
        "printf 'profile keyward-probe /usr/bin/keyward-probe flags=(complain) {}' | apparmor_parser -a",
    ],
];

/** Starting machines by the name of their release. A failure is told by the suites of the machine, not by all others. */
const machines = new Map<string, Promise<VirtualMachine>>();

/** Both machines start at once: cloud-init applies the profile and boots again, one processor each. */
before(async function () {
    this.timeout(1_800_000);
    for (const release of [bookworm, trixie]) {
        machines.set(release.suite, start(release));
        await Promise.allSettled(machines.values());
    }
});
after(async () => {
    for (const started of await Promise.allSettled(machines.values())) {
        if (started.status === "fulfilled") {
            await started.value.destroy();
        }
    }
});

async function start(release: Release): Promise<VirtualMachine> {
    requireMachine("mmdebstrap", "qemu-system-x86_64", "genisoimage", "sfdisk", "ssh", "setpriv");
    return timed(`disk and start of ${release.operatingSystem} in QEMU`, () =>
        VirtualMachine.start(release, (publicKey) => userData(release, publicKey)),
    );
}

for (const release of [bookworm, trixie]) {
    describe(`the host profile on ${release.operatingSystem} with a kernel of its own, applied by cloud-init`, function () {
        this.timeout(1_800_000);
        withKernel(release);
    });
}

function withKernel(release: Release): void {
    const name = `${release.operatingSystem} in QEMU`;
    let machine: VirtualMachine;

    before(async () => {
        const started = await machines.get(release.suite);
        assert.ok(started);
        machine = started;
        await timed(`${name}, waited for`, () => machine.untilSecondBoot());
        const [applied = 0, booted = 0, up = 0] = machine
            .must(
                "stat -c %Y /var/log/keyward/apply.jsonl; sed -n 's/^btime //p' /proc/stat; stat -c %Y /run/cloud-init/result.json",
            )
            .trim()
            .split("\n")
            .map(Number);
        tookBeside(`${name}, first boot and apply`, applied - machine.started);
        tookBeside(`${name}, second boot`, up - booted);
    });

    it("is applied without an error by the rendered user data", () => {
        assert.match(machine.must("cloud-init status"), /status: done/);
        const problems = machine.must(
            "grep -h -e 'WARNING' -e 'ERROR' /var/log/cloud-init.log; grep '\"type\":\"error\"' /var/log/keyward/apply.jsonl || true",
        );
        assert.equal(problems, "");
        assert.match(machine.must("tail -n 1 /var/log/keyward/apply.jsonl"), /"errors":0,/);
    });

    it("audits clean after the next boot, kernel, boot parameters and all", async () => {
        const audit = await timed(`${name}, audit`, () => runProfile(machine, "audit"));
        assert.deepEqual(failures(audit), []);
        const unjudged = audit.checks
            .filter(({ verdict }) => verdict === "not-applicable")
            .map(({ check }) => check);
        // There is no file system of /boot and no exemption to judge.
        assert.deepEqual(unjudged, ["mount-boot", "host-exemptions-sound"]);
    });

    it("leaves no unit failed", () => {
        assert.equal(machine.must("systemctl list-units --failed --plain --no-legend"), "");
    });

    it("records an edit of /etc/shadow", () => {
        machine.must("touch /etc/shadow");
        assert.match(
            machine.must("ausearch --input-logs -i -k identity | tail -n 20"),
            /name=\/etc\/shadow/,
        );
    });

    it("refuses to change audit rules", () => {
        assert.notEqual(machine.shell("auditctl -D").status, 0);
        assert.match(machine.must("auditctl -s"), /^enabled 2/);
    });

    it("cannot load the driver of USB storage", () => {
        assert.notEqual(machine.shell("modprobe usb-storage").status, 0);
        assert.equal(machine.must("grep -c '^usb_storage ' /proc/modules || true"), "0\n");
    });

    it("runs no program from temporary folders", () => {
        for (const folder of ["/tmp", "/var/tmp", "/dev/shm"]) {
            const { status } = machine.shell(
                `cp /bin/true ${folder}/probe && chmod 755 ${folder}/probe && ${folder}/probe`,
            );
            assert.equal(status, 126, folder);
        }
    });

    it("runs what the SSM agent lays down for patching", () => {
        machine.must(
            "for folder in /var/log/amazon/ssm /var/lib/amazon/ssm; do mkdir -p $folder && cp /bin/true $folder/probe && $folder/probe && rm $folder/probe || exit 1; done",
        );
    });

    it("hides kernel messages from ordinary accounts", () => {
        assert.notEqual(machine.shell("setpriv --reuid games --clear-groups dmesg").status, 0);
    });

    it("enforces AppArmor", () => {
        assert.equal(machine.must("cat /sys/module/apparmor/parameters/enabled"), "Y\n");
    });

    it("admits the named account's key, and nothing weaker", () => {
        assert.equal(machine.login("keyops").status, 0);
        assert.notEqual(machine.login("root").status, 0);
        for (const option of [
            "PubkeyAuthentication=no",
            "KexAlgorithms=diffie-hellman-group14-sha1",
            "Ciphers=aes128-cbc",
            "MACs=hmac-sha1",
            "HostKeyAlgorithms=ssh-rsa",
        ]) {
            assert.notEqual(machine.login("keyops", "-o", option).status, 0, option);
        }
    });

    // The last: what it breaks stays broken. One audit for all, because each takes half a minute on an emulated processor.
    it("is told by the audit what was weakened in the kernel, and nothing else", () => {
        machine.must(kernelMutations.map(([, breaks]) => breaks).join(" && "));
        const named = runProfile(machine, "audit")
            .checks.filter(({ verdict }) => verdict === "fail")
            .map(({ check }) => check);
        assert.deepEqual(
            named,
            kernelMutations.map(([check]) => check),
        );
    });
}

/** The rendered user data, with the account that the test logs in as and the boot that some settings wait for. */
function userData({ operatingSystem }: Release, publicKey: string): string {
    const profile = buildHostProfile({
        operatingSystem,
        workload: "openbao",
        parameters: {
            hostSshEnabled: true,
            hostSshUsers: ["keyops"],
            hostSshClientCidrs: ["10.0.2.0/24"],
        },
    });
    const rendered = parse(renderCloudInit(renderScript(profile))) as object;
    return `#cloud-config\n${stringify({
        ...rendered,
        users: [
            {
                name: "keyops",
                shell: "/bin/bash",
                lock_passwd: true,
                ssh_authorized_keys: [publicKey],
                sudo: "ALL=(ALL) NOPASSWD:ALL",
            },
        ],
        power_state: { mode: "reboot" },
    })}`;
}
