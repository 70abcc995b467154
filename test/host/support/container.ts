import { spawn, type ChildProcess } from "node:child_process";
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Release } from "./releases";
import { must, run, type Finished } from "./run";
import { testRoot } from "./test-root";

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A booted Debian with systemd as its first process, on a throw-away overlay of a test root. It has no network. */
export class Container {
    private constructor(
        private readonly release: Release,
        private readonly folder: string,
        private readonly name: string,
        private process: ChildProcess,
        private leader: number,
    ) {}

    /** Root folder, as seen from the test. */
    public get root(): string {
        return join(this.folder, "root");
    }

    /** Process id of the container's first process. */
    public get firstProcess(): number {
        return this.leader;
    }

    /** Boots; `prepare` puts files into the root before, as an image or a first boot's user data would bring them. */
    public static async boot(
        release: Release,
        name: string,
        prepare: (root: string) => void = () => undefined,
    ): Promise<Container> {
        const folder = mkdtempSync(join(tmpdir(), `keyward-${name}-`));
        mkdirSync(join(folder, "upper"));
        mountOverlay(release, folder);
        writeFileSync(join(folder, "root/etc/machine-id"), "");
        writeFileSync(join(folder, "root/etc/hostname"), `${name}\n`);
        prepare(join(folder, "root"));
        return Container.started(release, folder, name);
    }

    private static async started(
        release: Release,
        folder: string,
        name: string,
    ): Promise<Container> {
        const { process: child, leader } = await start(folder, name);
        return new Container(release, folder, name, child, leader);
    }

    /**
     * Stands still while `part` is at work on another machine: one that boots from what the disk of this one holds at this moment, as
     * after a power cut. That machine is off afterwards and leaves nothing behind.
     */
    public async cutOff(part: (after: Container) => Promise<void> | void): Promise<void> {
        const name = `${this.name}-after`;
        const folder = mkdtempSync(join(tmpdir(), `keyward-${name}-`));
        // Every process but the first, and but the shell that says so.
        this.must("kill -STOP -1");
        try {
            must("cp", ["-a", join(this.folder, "upper"), folder]);
            mountOverlay(this.release, folder);
            const after = await Container.started(this.release, folder, name);
            try {
                await part(after);
            } finally {
                await after.destroy();
            }
        } finally {
            this.must("kill -CONT -1");
        }
    }

    /** Runs shell lines inside. */
    public shell(lines: string, input?: string): Finished {
        return run("nsenter", [...this.enter(), "sh", "-c", lines], input);
    }

    /** Runs shell lines that must succeed; returns standard output. */
    public must(lines: string, input?: string): string {
        const { status, stdout, stderr } = this.shell(lines, input);
        if (status !== 0) {
            throw new Error(`in ${this.name}: ${lines}\nended with ${status}: ${stderr}${stdout}`);
        }
        return stdout;
    }

    /** Starts shell lines in a process group of their own. */
    public spawn(lines: string): ChildProcess {
        return spawn("nsenter", [...this.enter(), "sh", "-c", lines], {
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
    }

    public write(file: string, text: string, mode = 0o644): void {
        const target = join(this.root, file);
        mkdirSync(join(target, ".."), { recursive: true });
        writeFileSync(target, text);
        chmodSync(target, mode);
    }

    public copy(from: string, to: string, mode = 0o644): void {
        copyFileSync(from, join(this.root, to));
        chmodSync(join(this.root, to), mode);
    }

    public async reboot(): Promise<void> {
        await this.powerOff();
        const started = await start(this.folder, this.name);
        this.process = started.process;
        this.leader = started.leader;
    }

    public async destroy(): Promise<void> {
        await this.powerOff();
        this.remove();
    }

    /** Removes what is left of a container that is off. */
    public remove(): void {
        must("umount", [this.root]);
        rmSync(this.folder, { recursive: true });
    }

    private enter(): readonly string[] {
        return [
            "-t",
            String(this.leader),
            "-a",
            "env",
            "-i",
            `PATH=${path}`,
            "HOME=/root",
            "TERM=dumb",
        ];
    }

    public async powerOff(): Promise<void> {
        const ended = new Promise((resolve) => this.process.once("exit", resolve));
        run("nsenter", [...this.enter(), "systemctl", "poweroff"]);
        const timer = setTimeout(() => {
            this.process.kill("SIGKILL");
            run("kill", ["-9", String(this.leader)]);
        }, 20_000);
        await ended;
        clearTimeout(timer);
    }
}

/** Mounts a test root below what a machine writes, which is the folder `upper`. */
function mountOverlay(release: Release, folder: string): void {
    for (const part of ["work", "root"]) {
        mkdirSync(join(folder, part));
    }
    must("mount", [
        "-t",
        "overlay",
        "overlay",
        "-o",
        `lowerdir=${testRoot(release)},upperdir=${join(folder, "upper")},workdir=${join(folder, "work")}`,
        join(folder, "root"),
    ]);
}

async function start(
    folder: string,
    name: string,
): Promise<{ process: ChildProcess; leader: number }> {
    const child = spawn(
        "systemd-nspawn",
        [
            "--quiet",
            "--register=no",
            "--keep-unit",
            "--boot",
            "--private-network",
            `--machine=${name}`,
            "-D",
            join(folder, "root"),
        ],
        {
            stdio: "ignore",
            // /tmp is the profile's to mount, not the container manager's.
            env: { ...process.env, SYSTEMD_NSPAWN_TMPFS_TMP: "0" },
        },
    );
    for (let attempt = 0; attempt < 600; attempt += 1) {
        await sleep(100);
        const leader = childOf(child.pid ?? 0);
        if (leader !== undefined && isUp(leader)) {
            return { process: child, leader };
        }
        if (child.exitCode !== null) {
            throw new Error(`${name} did not boot: systemd-nspawn ended with ${child.exitCode}`);
        }
    }
    child.kill("SIGKILL");
    throw new Error(`${name} did not boot within a minute`);
}

function childOf(parent: number): number | undefined {
    const file = `/proc/${parent}/task/${parent}/children`;
    const children = existsSync(file) ? readFileSync(file, "utf8").trim().split(" ") : [];
    const systemd = children.find(
        (pid) => pid !== "" && readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "systemd",
    );
    return systemd === undefined ? undefined : Number(systemd);
}

function isUp(leader: number): boolean {
    const { stdout } = run("nsenter", [
        "-t",
        String(leader),
        "-a",
        "systemctl",
        "is-system-running",
    ]);
    return /^(running|degraded)/.test(stdout);
}
