import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { diskImage } from "./disk-image";
import type { Machine } from "./profile-run";
import type { Release } from "./releases";
import { must, run, type Finished } from "./run";

/** Longest wait for a machine that was started beside other suites. */
const longestWaitMinutes = 40;

/** Debian in QEMU, with a boot loader and a kernel of its own; reached over SSH as an account with sudo. */
export class VirtualMachine implements Machine {
    /** When it was started, in seconds since 1970. */
    public readonly started = Math.floor(Date.now() / 1000);

    /** Options that let commands share a connection: none before the machine has booted for good. */
    private shared: readonly string[] = [];

    private constructor(
        private readonly folder: string,
        private readonly port: number,
        private readonly process: ChildProcess,
    ) {}

    /**
     * Starts a machine with cloud-init user data and does not wait for it. The account `keyops` is to be made by the user data and holds
     * the key that is passed to it.
     */
    public static async start(
        release: Release,
        userData: (publicKey: string) => string,
    ): Promise<VirtualMachine> {
        const folder = mkdtempSync(join(tmpdir(), "keyward-vm-"));
        must("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "key")]);
        const publicKey = readFileSync(join(folder, "key.pub"), "utf8").trim();
        must("qemu-img", [
            ...["create", "-q", "-f", "qcow2", "-b", await diskImage(release), "-F", "raw"],
            join(folder, "disk.qcow2"),
        ]);
        makeSeed(folder, userData(publicKey));
        const port = await freePort();
        return new VirtualMachine(folder, port, start(folder, port));
    }

    /** Waits for the boot that follows the one in which cloud-init ran the user data. */
    public async untilSecondBoot(): Promise<void> {
        const secondBoot =
            '[ "$(sed -n "s/^btime //p" /proc/stat)" -gt "$(stat -c %Y /var/lib/cloud/instance/sem/config_scripts_user)" ] && systemctl is-system-running --wait';
        while (
            this.runs &&
            !this.console().includes("Kernel panic") &&
            Date.now() / 1000 < this.started + longestWaitMinutes * 60
        ) {
            if (/^(running|degraded)/.test(this.shell(secondBoot).stdout)) {
                this.shared = [
                    ...["-o", "ControlMaster=auto", "-o", "ControlPersist=yes"],
                    ...["-o", `ControlPath=${join(this.folder, "connection")}`],
                ];
                return;
            }
            await sleep(10_000);
        }
        throw new Error(`the virtual machine is not there:\n${this.console().slice(-2000)}`);
    }

    /** Runs shell lines as root. */
    public shell(lines: string, input = ""): Finished {
        return run(
            "ssh",
            [...this.shared, ...this.ssh(), "sudo", "sh", "-s"],
            `${lines}\n${input}`,
        );
    }

    public must(lines: string): string {
        const { status, stdout, stderr } = this.shell(lines);
        if (status !== 0) {
            throw new Error(
                `in the virtual machine: ${lines}\nended with ${status}: ${stderr}${stdout}`,
            );
        }
        return stdout;
    }

    /** Tries to log in with other options; returns how that ended. */
    public login(user: string, ...options: readonly string[]): Finished {
        return run("ssh", [...options, ...this.ssh(user), "true"]);
    }

    public write(file: string, text: string, mode = 0o644): void {
        const encoded = Buffer.from(text).toString("base64");
        this.must(
            `umask 077; base64 -d >/${file.replace(/^\//, "")} <<'END'\n${encoded}\nEND\nchmod ${mode.toString(8)} /${file.replace(/^\//, "")}`,
        );
    }

    public async destroy(): Promise<void> {
        if (this.runs) {
            const ended = once(this.process, "exit");
            this.process.kill("SIGKILL");
            await ended;
        }
        rmSync(this.folder, { recursive: true });
    }

    /** The serial console so far. */
    public console(): string {
        const file = join(this.folder, "console");
        return existsSync(file) ? readFileSync(file, "utf8") : "";
    }

    private get runs(): boolean {
        return this.process.exitCode === null && this.process.signalCode === null;
    }

    private ssh(user = "keyops"): readonly string[] {
        return [
            ...[
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "LogLevel=ERROR",
                "BatchMode=yes",
                "ConnectTimeout=10",
                // A machine that boots again says nothing to connections of before.
                "ServerAliveInterval=15",
                "ServerAliveCountMax=3",
            ].flatMap((option) => ["-o", option]),
            "-i",
            join(this.folder, "key"),
            "-p",
            String(this.port),
            `${user}@127.0.0.1`,
        ];
    }
}

function makeSeed(folder: string, userData: string): void {
    writeFileSync(join(folder, "user-data"), userData);
    writeFileSync(join(folder, "meta-data"), "instance-id: test\nlocal-hostname: keyserver\n");
    must("genisoimage", [
        "-quiet",
        "-output",
        join(folder, "seed.iso"),
        "-volid",
        "cidata",
        "-joliet",
        "-rock",
        join(folder, "user-data"),
        join(folder, "meta-data"),
    ]);
}

/** One processor, because two only help a machine that has the host for itself. It ends with the process that starts it. */
function start(folder: string, port: number): ChildProcess {
    const drive = (file: string, format: string): readonly string[] => [
        "-drive",
        `file=${join(folder, file)},if=virtio,format=${format}`,
    ];
    return spawn(
        "setpriv",
        [
            ...["--pdeathsig", "KILL", "nice", "qemu-system-x86_64"],
            ...["-machine", "q35", "-accel", "tcg", "-cpu", "max", "-m", "1536"],
            // No drive for removable media, as on EC2.
            ...["-nodefaults", "-vga", "std"],
            // Nothing here must outlive a crash of the machine that tests.
            ...drive("disk.qcow2", "qcow2,cache=unsafe"),
            ...drive("seed.iso", "raw,readonly=on"),
            ...["-netdev", `user,id=n0,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
            // Without the firmware that would wait for a boot from the network.
            ...["-device", "virtio-net-pci,netdev=n0,romfile="],
            ...["-object", "rng-random,filename=/dev/urandom,id=r0"],
            ...["-device", "virtio-rng-pci,rng=r0"],
            ...["-nographic", "-serial", `file:${join(folder, "console")}`, "-monitor", "none"],
        ],
        { stdio: "ignore" },
    );
}

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}
