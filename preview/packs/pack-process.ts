import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";
import type { PackFolder } from "./pack-folder";

/** What the engine tells a pack of the stack through its environment. */
export interface PackSurroundings {
    readonly project: string;
    readonly stack: string;
    readonly organization: string;
    /** Full key to value. */
    readonly config: Readonly<Record<string, string>>;
    readonly secretKeys: readonly string[];
    /** Whether the graph is one of a preview. */
    readonly dryRun: boolean;
}

/** Bytes of what a pack printed that are kept to be told. */
const keptBytes = 2000;

/** The process of a pack, started as the engine starts it. */
export class PackProcess {
    private readonly child: ChildProcess;
    private stdout = "";
    private stderr = "";
    /** Rejects with an error when the process ends, which it does not do by itself. */
    public readonly ended: Promise<never>;

    public constructor({ path, runner }: PackFolder, surroundings: PackSurroundings) {
        // An address where nothing listens stands for the engine's, which a pack has no need of.
        this.child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
            cwd: path,
            env: { ...process.env, ...environmentOf(surroundings) },
            stdio: ["ignore", "pipe", "pipe"],
        });
        this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
            this.stdout = (this.stdout + text).slice(0, keptBytes);
        });
        this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
            this.stderr = (this.stderr + text).slice(-keptBytes);
        });
        this.ended = new Promise((_resolve, reject) => {
            this.child.once("error", reject);
            this.child.once("close", (code, signal) => {
                reject(
                    new Error(
                        signal === null
                            ? `its process ended with status ${String(code)}`
                            : `its process was ended by ${signal}`,
                    ),
                );
            });
        });
        this.ended.catch(() => undefined);
    }

    /** What it printed, for messages; the errors last. */
    public get printed(): string {
        return stripVTControlCharacters(`${this.stdout}${this.stderr}`).trim();
    }

    /** The port that it listens at: the first line that it prints. Rejects for any other line. */
    public async port(): Promise<number> {
        while (!this.stdout.includes("\n")) {
            const { stdout } = this.child;
            if (stdout === null || this.stdout.length >= keptBytes) {
                break;
            }
            await Promise.race([once(stdout, "data"), this.ended]);
        }
        const [line = ""] = this.stdout.split(/\r?\n/);
        const port = /^\d{1,5}$/.test(line) ? Number(line) : 0;
        if (port < 1 || port > 65_535) {
            throw new Error(
                `the first line that it prints must be the port that it listens at, got ${JSON.stringify(line.slice(0, 80))}; a pack prints nothing to standard output (console.error may be used)`,
            );
        }
        this.stdout = "";
        return port;
    }

    /** Ends the process, whatever it does. */
    public async end(): Promise<void> {
        if (this.child.exitCode === null && this.child.signalCode === null) {
            const exited = once(this.child, "exit");
            if (this.child.kill("SIGKILL")) {
                await exited;
            }
        }
    }
}

function environmentOf(surroundings: PackSurroundings): Readonly<Record<string, string>> {
    const { project, stack, organization, config, secretKeys, dryRun } = surroundings;
    const stated = {
        PROJECT: project,
        STACK: stack,
        ORGANIZATION: organization,
        DRY_RUN: String(dryRun),
    };
    return {
        ...Object.fromEntries(
            Object.entries(stated).flatMap(([name, value]) => [
                [`PULUMI_${name}`, value],
                [`PULUMI_NODEJS_${name}`, value],
            ]),
        ),
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    };
}
