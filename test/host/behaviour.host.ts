import assert from "node:assert/strict";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { layDown, runProfile } from "./support/profile-run";
import { bookworm } from "./support/releases";
import { requireMachine } from "./support/requirements";

const strong = "vK7!fold-Umbra42";

describe("a hardened system, in use", () => {
    let machine: Container;

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
        machine = await timed("system for behaviour", () => Container.boot(bookworm, "behaviour"));
        machine.must("useradd -m -s /bin/bash keyops");
        machine.must(`useradd -m -s /bin/bash typist && printf 'typist:${strong}' | chpasswd`);
        layDown(machine, {
            operatingSystem: bookworm.operatingSystem,
            workload: "openbao",
            parameters: {
                hostSshEnabled: true,
                hostSshUsers: ["keyops", "typist"],
                hostSshClientCidrs: ["127.0.0.1/32"],
            },
        });
        assert.deepEqual(runProfile(machine, "apply").errors, []);
        await machine.reboot();
        machine.must(
            "ssh-keygen -q -t ed25519 -N '' -f /root/key && install -d -m 700 -o keyops -g keyops /home/keyops/.ssh && install -m 600 -o keyops -g keyops /root/key.pub /home/keyops/.ssh/authorized_keys",
        );
    });
    after(async () => machine.destroy());

    const ssh = (user: string, options = "", command = "true"): string =>
        `ssh -i /root/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR ${options} ${user}@127.0.0.1 ${command}`;

    it("lets the named account in with its key, whose sudo works", () => {
        machine.must(ssh("keyops"));
        assert.equal(machine.must(ssh("keyops", "-tt", "sudo -n id -u")).trim(), "0");
        assert.match(machine.must("cat /var/log/sudo.log"), /keyops.*COMMAND=\/usr\/bin\/id/s);
    });

    it("refuses root, passwords, strangers and weak algorithms over SSH", () => {
        for (const attempt of [
            ssh("root"),
            ssh("games"),
            ssh("keyops", "-o PubkeyAuthentication=no"),
            ssh("keyops", "-o KexAlgorithms=diffie-hellman-group14-sha1"),
            ssh("keyops", "-o Ciphers=aes128-cbc"),
            ssh("keyops", "-o MACs=hmac-sha1"),
        ]) {
            assert.notEqual(machine.shell(attempt).status, 0, attempt);
        }
    });

    it("forwards nothing over SSH", () => {
        const { status } = machine.shell(
            ssh("keyops", "-o ExitOnForwardFailure=yes -W 127.0.0.1:22").replace(
                / true$/,
                " </dev/null",
            ),
        );
        assert.notEqual(status, 0);
    });

    it("lets nobody change to another account with su, though the password is right", () => {
        const change = (): number =>
            machine.shell(
                `setpriv --reuid games --regid games --init-groups sh -c 'echo "${strong}" | su typist -c true'`,
            ).status;
        assert.notEqual(change(), 0);
        machine.must("gpasswd -a games sugroup");
        assert.equal(change(), 0, "a member of the empty group");
        machine.must("gpasswd -d games sugroup");
        assert.notEqual(machine.shell(ssh("keyops", "", "'echo x | su root -c true'")).status, 0);
    });

    it("refuses passwords that are short, plain or used before", () => {
        const change = (password: string): number =>
            machine.shell(`printf 'typist:${password}' | chpasswd`).status;
        assert.notEqual(change("vK7!fold-Umbr"), 0, "13 characters");
        assert.notEqual(change("aaaaaaaaaaaaaaaaaa"), 0, "one class");
        assert.notEqual(change("Typist#Kv83-lam"), 0, "the name of the account");
        assert.notEqual(change(strong), 0, "the same again");
        assert.equal(change("Zq9#other-Lumen77"), 0, "a good one");
        assert.notEqual(change(strong), 0, "one used before");
    });

    it("locks an account after wrong passwords", () => {
        const guess = (): string =>
            machine.shell(
                "setpriv --reuid games --regid games --clear-groups sh -c 'echo wrong | su typist -c true'",
            ).stderr;
        for (let attempt = 0; attempt < 3; attempt += 1) {
            guess();
        }
        assert.match(machine.must("faillock --user typist"), /V\s*$/m);
    });

    it("makes files that others cannot read", () => {
        assert.equal(machine.must(ssh("keyops", "", "umask")).trim(), "0027");
        assert.equal(machine.must("bash -lc umask").trim(), "0077");
    });

    it("lets only root schedule jobs", () => {
        const { status } = machine.shell(ssh("keyops", "", "'crontab -l'"));
        assert.notEqual(status, 0);
        assert.match(machine.shell(ssh("keyops", "", "'crontab -l'")).stderr, /not allowed/);
    });

    it("runs no program from temporary folders, and those of the SSM agent", () => {
        for (const folder of ["/tmp", "/var/tmp", "/dev/shm", "/var/log"]) {
            assert.equal(
                machine.shell(
                    `cp /bin/true ${folder}/probe && { ${folder}/probe; status=$?; rm ${folder}/probe; exit $status; }`,
                ).status,
                126,
                folder,
            );
        }
        for (const folder of ["/var/log/amazon/ssm", "/var/lib/amazon/ssm"]) {
            machine.must(`mkdir -p ${folder} && cp /bin/true ${folder}/probe && ${folder}/probe`);
        }
    });

    it("drops what nobody declared, in and out", () => {
        const rules = machine.must("nft list ruleset");
        assert.equal(rules.match(/policy drop/g)?.length, 3);
        assert.notEqual(
            machine.shell(
                "setpriv --reuid games --clear-groups perl -MIO::Socket::INET -e 'exit(IO::Socket::INET->new(PeerAddr=>\"169.254.169.254:80\",Timeout=>2) ? 0 : 1)'",
            ).status,
            0,
        );
    });

    it("keeps machine, host keys and known passwords its own", () => {
        const first = machine.must("cat /etc/ssh/ssh_host_ed25519_key.pub");
        // An image that was copied to another machine: its records name the first one.
        machine.must("sed -i 's/^[^ ]*/the-machine-of-the-image/' /var/lib/keyward/host-keys-of");
        const failed = runProfile(machine, "audit")
            .checks.filter(({ verdict }) => verdict === "fail")
            .map(({ check }) => check);
        assert.deepEqual(failed, ["host-keys-of-this-machine"]);
        runProfile(machine, "apply");
        assert.notEqual(machine.must("cat /etc/ssh/ssh_host_ed25519_key.pub"), first);
    });

    it("tells which control a step failed for and why, goes on, and ends with status 1", () => {
        // A file that something is mounted on cannot be replaced.
        machine.must(
            "echo Debian >/etc/issue && chmod 664 /etc/passwd && sed -i '/^LogLevel/d' /etc/ssh/sshd_config && mount --bind /etc/issue /etc/issue",
        );
        const { status, errors, changed } = runProfile(machine, "apply");
        machine.must("umount /etc/issue");
        assert.equal(status, 1);
        assert.deepEqual(
            errors.map((error) => error.replace(/: .*: /, ": … ")),
            ["login-banners: … Device or resource busy "],
        );
        assert.deepEqual(changed, ["ssh-logging-and-banner", "account-files-protected"]);
        assert.deepEqual(runProfile(machine, "apply").changed, ["login-banners"]);
    });

    it("scans for rootkits, and fails when it finds one", () => {
        const scan = (): number =>
            machine.shell("systemctl start keyward-malware-scan.service").status;
        assert.equal(scan(), 0, machine.must("journalctl -u keyward-malware-scan --no-pager"));
        machine.must("touch /usr/bin/lps");
        assert.notEqual(scan(), 0);
        assert.match(machine.must("journalctl -u keyward-malware-scan --no-pager"), /RH-Sharpe/);
        machine.must("rm /usr/bin/lps && systemctl reset-failed");
    });

    it("compares installed software with its packages, and fails when it differs", () => {
        const verify = (): number =>
            machine.shell("systemctl start keyward-software-verification.service").status;
        const journal = (): string =>
            machine.must("journalctl -u keyward-software-verification --no-pager");
        assert.equal(verify(), 0, journal());
        machine.must("cp -a /usr/bin/tee /root/tee && echo x >>/usr/bin/tee");
        assert.notEqual(verify(), 0);
        assert.match(journal(), /changed file \/usr\/bin\/tee/);
        machine.must("mv /root/tee /usr/bin/tee && systemctl reset-failed");
    });

    it("ends idle shells", () => {
        assert.equal(machine.must("bash -lc 'echo $TMOUT'").trim(), "900");
        assert.notEqual(machine.shell("bash -lc 'TMOUT=0'").status, 0);
    });
});
