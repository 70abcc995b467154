import { spawn } from "node:child_process";
import {
    accessSync,
    chmodSync,
    constants,
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { build } from "esbuild";
import { Account } from "./aws-provider/account";
import { processTree } from "./process-tree";

/** The repository's folder. */
export const repository = resolve(__dirname, "../..");

/** Folder of the stand-in's executables. */
const providerFolder = join(repository, ".cache", "stand-in-aws");

/** What one run of the Pulumi CLI gave. */
export interface EngineRun {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

export interface RunOptions {
    /** Working folder; the engine's own temporary folder by default. */
    readonly folder?: string;
    readonly environment?: Readonly<Record<string, string>>;
    /** The run is ended, and fails, after this time. Defaults to 180 seconds. */
    readonly timeLimitSeconds?: number;
}

/** A process to start. */
export interface EngineCommand {
    readonly program: string;
    readonly args: readonly string[];
    readonly folder: string;
    readonly environment: NodeJS.ProcessEnv;
}

const passphrase = "test";

/** The region of the environment that the CLI runs in. */
export const engineRegion = "eu-central-1";

/**
 * The real Pulumi CLI in a temporary folder: no login, no network, the stand-in AWS provider on `PATH`. Ends what it started and removes the
 * folder in `dispose`, and also when the process ends early.
 */
export class Engine {
    /** Temporary folder; tests may put files there. */
    public readonly folder = mkdtempSync(join(tmpdir(), "keyward-engine-"));
    private readonly running = new Set<number>();
    private stacks = 0;
    private readonly atExit = (): void => {
        this.dispose();
    };

    private constructor() {
        process.once("exit", this.atExit);
    }

    /** Throws where the `pulumi` program is missing. */
    public static async start(): Promise<Engine> {
        requirePulumi();
        await buildProvider();
        return new Engine();
    }

    /** The AWS account that this engine's runs share. */
    public get account(): Account {
        return new Account(join(this.folder, "account"));
    }

    /** What `run` starts, for those who start it themselves. */
    public command(args: readonly string[], options: RunOptions = {}): EngineCommand {
        return {
            program: "pulumi",
            args: ["--non-interactive", "--color=never", ...args],
            folder: options.folder ?? this.folder,
            environment: this.environment(options.environment ?? {}),
        };
    }

    /** Runs the CLI. Does not judge the exit status. */
    public async run(args: readonly string[], options: RunOptions = {}): Promise<EngineRun> {
        const command = this.command(args, options);
        const child = spawn(command.program, command.args, {
            cwd: command.folder,
            env: command.environment,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const { pid } = child;
        if (pid !== undefined) {
            this.running.add(pid);
        }
        let [stdout, stderr] = ["", ""];
        child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        const limit = options.timeLimitSeconds ?? 180;
        let late = false;
        const timer = setTimeout(() => {
            late = true;
            this.end(pid);
        }, limit * 1000);
        return new Promise((settle, reject) => {
            child.once("error", (error) => {
                clearTimeout(timer);
                reject(error);
            });
            child.once("close", (status) => {
                clearTimeout(timer);
                this.running.delete(Number(pid));
                if (late) {
                    const what = `pulumi ${args.join(" ")}`;
                    reject(new Error(`${what} took longer than ${String(limit)} s`));
                } else {
                    settle({ status: status ?? -1, stdout, stderr });
                }
            });
        });
    }

    /** Puts a provider where the package tools look for it; they do not look on `PATH`. Throws where the CLI does not take it. */
    public async installProvider(name: string, version: string): Promise<void> {
        const program = `pulumi-resource-${name}`;
        const file = name === "aws" ? join(providerFolder, program) : findExecutable(program);
        const from = file === undefined ? [] : ["--file", file];
        const done = await this.run(["plugin", "install", "resource", name, version, ...from]);
        if (done.status !== 0) {
            throw new Error(`pulumi plugin install resource ${name} failed:\n${done.stderr}`);
        }
    }

    /** Makes a stack for the program in a folder, without writing into that folder. */
    public async stack(
        program: string,
        options: { readonly name?: string; readonly configuration?: string } = {},
    ): Promise<EngineStack> {
        const name = options.name ?? "dev";
        const folder = join(this.folder, `stack-${String(++this.stacks)}`);
        mkdirSync(folder);
        copyFileSync(join(program, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
        const configuration = join(folder, `Pulumi.${name}.yaml`);
        const given = options.configuration ?? join(program, `Pulumi.${name}.yaml`);
        if (existsSync(given)) {
            copyFileSync(given, configuration);
        }
        const made = await this.run(["stack", "init", name], { folder });
        if (made.status !== 0) {
            throw new Error(`pulumi stack init failed:\n${made.stderr}`);
        }
        return new EngineStack(this, program, name, configuration);
    }

    /** Ends every process that was started here and removes the folder. */
    public dispose(): void {
        process.off("exit", this.atExit);
        for (const pid of this.running) {
            this.end(pid);
        }
        rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    }

    /** The engine puts its plugins into process groups of their own, so they are ended one by one. */
    private end(pid: number | undefined): void {
        if (pid !== undefined && this.running.delete(pid)) {
            for (const started of processTree(pid)) {
                try {
                    process.kill(started.pid, "SIGKILL");
                } catch {
                    // it has ended by itself
                }
            }
        }
    }

    private environment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
        const inherited = Object.fromEntries(
            Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI|KEYWARD)_/.test(name)),
        );
        for (const folder of ["backend", "home"]) {
            mkdirSync(join(this.folder, folder), { recursive: true });
        }
        return {
            ...inherited,
            PATH: [providerFolder, process.env["PATH"]].join(delimiter),
            AWS_REGION: engineRegion,
            PULUMI_BACKEND_URL: `file://${join(this.folder, "backend")}`,
            PULUMI_HOME: join(this.folder, "home"),
            PULUMI_CONFIG_PASSPHRASE: passphrase,
            PULUMI_SKIP_UPDATE_CHECK: "1",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            STAND_IN_AWS_FOLDER: join(this.folder, "account"),
            ...added,
        };
    }
}

/** One stack of a program under test. */
export class EngineStack {
    public constructor(
        private readonly engine: Engine,
        private readonly program: string,
        private readonly name: string,
        private readonly configuration: string,
    ) {}

    /** Runs a command of the CLI that works on a stack. */
    public run(args: readonly string[], options: RunOptions = {}): Promise<EngineRun> {
        return this.engine.run(this.onStack(args), { folder: this.program, ...options });
    }

    /** What `run` starts, for those who start it themselves. */
    public command(args: readonly string[], options: RunOptions = {}): EngineCommand {
        return this.engine.command(this.onStack(args), { folder: this.program, ...options });
    }

    /** Sets a configuration value. Throws where the CLI does not take it. */
    public async set(key: string, value: string, args: readonly string[] = []): Promise<void> {
        const done = await this.run(["config", "set", ...args, key, value]);
        if (done.status !== 0) {
            throw new Error(`pulumi config set ${key} failed:\n${done.stderr}`);
        }
    }

    /** Takes a configuration value away. Throws where the CLI does not. */
    public async unset(key: string): Promise<void> {
        const done = await this.run(["config", "rm", key]);
        if (done.status !== 0) {
            throw new Error(`pulumi config rm ${key} failed:\n${done.stderr}`);
        }
    }

    /** Writes what exists to a file, as `pulumi stack export` does. */
    public async export(file: string): Promise<void> {
        const exported = await this.engine.run(
            ["stack", "export", "--stack", this.name, "--file", file],
            { folder: this.program },
        );
        if (exported.status !== 0) {
            throw new Error(`pulumi stack export failed:\n${exported.stderr}`);
        }
    }

    private onStack(args: readonly string[]): readonly string[] {
        return [...args, "--stack", this.name, "--config-file", this.configuration];
    }
}

/** Path of an executable on `PATH`, or undefined. */
function findExecutable(name: string): string | undefined {
    return (process.env["PATH"] ?? "")
        .split(delimiter)
        .map((folder) => join(folder, name))
        .find((file) => {
            try {
                accessSync(file, constants.X_OK);
                return true;
            } catch {
                return false;
            }
        });
}

function requirePulumi(): void {
    if (findExecutable("pulumi") === undefined) {
        throw new Error(
            "the tests with the real engine need the Pulumi CLI: `pulumi` is not on PATH (https://www.pulumi.com/docs/install/)",
        );
    }
}

/** Bundles the stand-in into one executable: it starts in a third of a second. Kept inside the repository, where its packages are found. */
async function buildProvider(): Promise<void> {
    const program = join(providerFolder, "pulumi-resource-aws");
    await build({
        entryPoints: [join(__dirname, "aws-provider", "main.ts")],
        outfile: program,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        external: ["@pulumi/aws/package.json"],
        banner: { js: "#!/usr/bin/env node" },
        logLevel: "warning",
    });
    chmodSync(program, 0o755);
    copyFileSync(program, join(providerFolder, "pulumi-resource-aws-native"));
}
