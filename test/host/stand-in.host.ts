import assert from "node:assert/strict";
import type { OperatingSystemId } from "../../catalog/operating-systems";
import { Container } from "./support/container";
import { failures, layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

/**
 * Debian, dressed as a system that no test can boot: its /etc/os-release, and for the commands that Debian lacks stand-ins that keep their
 * state in a file. It shows that the script comes to its end, tells the truth and settles; not that the real system behaves so.
 */
const standIns: readonly {
    readonly operatingSystem: OperatingSystemId;
    readonly id: string;
    readonly version: string;
    readonly commands: Readonly<Record<string, string>>;
    readonly files: Readonly<Record<string, string>>;
}[] = [
    {
        operatingSystem: "amazon-linux-2023",
        id: "amzn",
        version: "2023",
        commands: {
            rpm: "cat /var/lib/stand-in/packages",
            dnf: 'verb=$1; for word; do case $word in -*|install|remove) continue ;; esac; sed -i "/^$word\\$/d" /var/lib/stand-in/packages; [ $verb = remove ] || echo $word >>/var/lib/stand-in/packages; done',
            authselect:
                'case $1 in current) tr "\\n" " " </var/lib/stand-in/authselect ;; select) shift; echo "$@" >/var/lib/stand-in/authselect ;; enable-feature) echo " $2" >>/var/lib/stand-in/authselect ;; esac',
            grubby: 'case $* in *--info*) printf \'args="%s"\\n\' "$(tr "\\n" " " </var/lib/stand-in/arguments)" ;; *) echo "${2#--args=}" >>/var/lib/stand-in/arguments ;; esac',
            "update-crypto-policies":
                "case $1 in --show) cat /var/lib/stand-in/crypto ;; --set) echo $2 >/var/lib/stand-in/crypto ;; esac",
        },
        files: {
            packages: "telnet\nopenssh-server\nsudo\n",
            authselect: "minimal\n",
            arguments: "ro\n",
            crypto: "DEFAULT\n",
        },
    },
    {
        operatingSystem: "ubuntu-24.04",
        id: "ubuntu",
        version: "24.04",
        commands: {},
        files: {},
    },
];

describe("the host profile of systems that no test can boot, on stand-ins", () => {
    for (const standIn of standIns) {
        it(`comes to its end and settles: ${standIn.operatingSystem}`, async () => {
            requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
            const machine = await Container.boot(bookworm, "stand-in");
            try {
                dress(machine, standIn);
                layDown(machine, {
                    operatingSystem: standIn.operatingSystem,
                    workload: "openbao",
                });
                const planned = runProfile(machine, "plan");
                const applied = runProfile(machine, "apply");
                assert.deepEqual(applied.errors, []);
                assert.deepEqual(applied.changed, planned.changed);
                assert.deepEqual(runProfile(machine, "apply").changed, []);
                const waiting = failures(runProfile(machine, "audit")).filter(
                    (line) => !line.includes("true after the next boot"),
                );
                assert.deepEqual(waiting, []);
            } finally {
                await machine.destroy();
            }
        });
    }
});

function dress(
    machine: Container,
    { id, version, commands, files }: (typeof standIns)[number],
): void {
    machine.must("rm /etc/os-release");
    machine.write("etc/os-release", `ID=${id}\nVERSION_ID="${version}"\n`);
    for (const [name, text] of Object.entries(files)) {
        machine.write(`var/lib/stand-in/${name}`, text);
    }
    if (id === "amzn") {
        // What the real commands would install is Debian's here.
        machine.must(
            "apt-get install -y -q --no-install-recommends --purge nftables aide chrony screen libpam-pwquality >/dev/null 2>&1; systemctl disable --now --quiet chrony.service ssh.service; rm -f /etc/systemd/system/chronyd.service; sed /Alias/d /lib/systemd/system/chrony.service >/etc/systemd/system/chronyd.service; mkdir -p /etc/dnf /etc/yum.repos.d /etc/selinux /etc/sysconfig; printf '[main]\\ngpgcheck=1\\n' >/etc/dnf/dnf.conf; printf 'SELINUX=permissive\\n' >/etc/selinux/config; cp /etc/bash.bashrc /etc/bashrc; ln -s /usr/sbin/sshd /usr/local/bin/sshd",
        );
    }
    for (const [name, text] of Object.entries(commands)) {
        machine.write(`usr/local/sbin/${name}`, `#!/bin/sh\n${text}\n`, 0o755);
    }
}
