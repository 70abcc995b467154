import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { diskImage, type DiskImage } from "./disk-image";
import type { Machine } from "./profile-run";
import type { Release } from "./releases";
import { must, run, type Finished } from "./run";

/** The Debian that tests boot in QEMU, with a kernel of its own; reached over SSH as root's stand-in with sudo. */
export class VirtualMachine implements Machine {
    private constructor(
        private readonly folder: string,
        private readonly image: DiskImage,
        private readonly port: number,
        private process: ChildProcess,
    ) {}

    /** Boots with cloud-init user data. The account `keyops` is made by it and holds the test's key. */
    public static async boot(
        release: Release,
        userData: (publicKey: string) => string,
    ): Promise<VirtualMachine> {
        const folder = mkdtempSync(join(tmpdir(), "keyward-vm-"));
        must("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "key")]);
        const publicKey = readFileSync(join(folder, "key.pub"), "utf8").trim();
        const image = await diskImage(release);
        must("qemu-img", [
            ...["create", "-q", "-f", "qcow2", "-b", image.disk, "-F", "raw"],
            join(folder, "disk.qcow2"),
        ]);
        makeSeed(folder, userData(publicKey));
        const port = await freePort();
        const machine = new VirtualMachine(folder, image, port, start(folder, image, port, ""));
        await machine.untilUp();
        return machine;
    }

    /** Runs shell lines as root. */
    public shell(lines: string, input = ""): Finished {
        return run("ssh", [...this.ssh(), "sudo", "sh", "-s"], `${lines}\n${input}`);
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

    /** Boots again, with these words on the kernel's command line. */
    public async reboot(bootArguments: string): Promise<void> {
        this.shell("systemctl poweroff");
        await this.untilExit();
        this.process = start(this.folder, this.image, this.port, bootArguments);
        await this.untilUp();
    }

    public async destroy(): Promise<void> {
        this.process.kill("SIGKILL");
        await this.untilExit();
        rmSync(this.folder, { recursive: true });
    }

    /** The serial console so far. */
    public console(): string {
        const file = join(this.folder, "console");
        return existsSync(file) ? readFileSync(file, "utf8") : "";
    }

    private ssh(user = "keyops"): readonly string[] {
        return [
            ...[
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "LogLevel=ERROR",
                "BatchMode=yes",
                "ConnectTimeout=10",
            ].flatMap((option) => ["-o", option]),
            "-i",
            join(this.folder, "key"),
            "-p",
            String(this.port),
            `${user}@127.0.0.1`,
        ];
    }

    private async untilUp(): Promise<void> {
        for (let attempt = 0; attempt < 300; attempt += 1) {
            await sleep(3000);
            if (this.process.exitCode !== null) {
                break;
            }
            if (run("ssh", [...this.ssh(), "true"]).status === 0) {
                return;
            }
        }
        throw new Error(`the virtual machine does not answer:\n${this.console().slice(-2000)}`);
    }

    private async untilExit(): Promise<void> {
        for (
            let attempt = 0;
            attempt < 120 && this.process.exitCode === null && this.process.signalCode === null;
            attempt += 1
        ) {
            await sleep(500);
        }
        this.process.kill("SIGKILL");
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

function start(
    folder: string,
    { kernel, initrd }: DiskImage,
    port: number,
    bootArguments: string,
): ChildProcess {
    const drive = (file: string, format: string): readonly string[] => [
        "-drive",
        `file=${join(folder, file)},if=virtio,format=${format}`,
    ];
    return spawn(
        "qemu-system-x86_64",
        [
            ...[
                "-machine",
                "q35",
                "-accel",
                "tcg,thread=multi",
                "-cpu",
                "max",
                "-m",
                "1536",
                "-smp",
                "2",
            ],
            ...["-kernel", kernel, "-initrd", initrd],
            ...["-append", `root=/dev/vda rw console=ttyS0 ${bootArguments}`],
            // Nothing here must outlive a crash of the machine that tests.
            ...drive("disk.qcow2", "qcow2,cache=unsafe"),
            ...drive("seed.iso", "raw,readonly=on"),
            ...["-netdev", `user,id=n0,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
            ...["-device", "virtio-net-pci,netdev=n0"],
            ...[
                "-object",
                "rng-random,filename=/dev/urandom,id=r0",
                "-device",
                "virtio-rng-pci,rng=r0",
            ],
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
