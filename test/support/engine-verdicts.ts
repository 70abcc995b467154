import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { repository, type Engine, type EngineRun, type RunOptions } from "./engine";

/** The compiled policy pack's folder. */
export const policyPack = join(repository, "policy-pack");

/** A violation as the engine shows it to people. */
export interface PolicyEvent {
    readonly policyName: string;
    readonly resourceUrn: string;
    readonly enforcementLevel: string;
    readonly message: string;
}

/** What a preview with the policy pack gave. */
export interface EnginePreview {
    readonly run: EngineRun;
    /** The report that the pack wrote. */
    readonly report: JudgedStack;
    readonly events: readonly PolicyEvent[];
}

/** Findings but those that ask for services of the whole account, which no stack of these tests has. */
export function aboutStack(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter(({ policy }) => policy !== "detection-enabled");
}

/** Previews a program with the real engine and the policy pack. Throws, with the engine's words, where no verdict came out. */
export async function previewWithEngine(
    engine: Engine,
    program: string,
    options: { readonly configuration?: string; readonly arguments?: readonly string[] } = {},
): Promise<EnginePreview> {
    const stack = await engine.stack(program, options);
    const reportFile = join(engine.folder, "report.json");
    const run = await stack.run(
        ["preview", "--json", "--policy-pack", policyPack, ...(options.arguments ?? [])],
        {
            environment: {
                KEYWARD_REPORT: reportFile,
                PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "1",
            },
        },
    );
    const { events, problems } = readEvents(run);
    try {
        const report = JSON.parse(readFileSync(reportFile, "utf8")) as JudgedStack;
        return { run, report, events };
    } catch (cause) {
        throw new Error(`no report from ${program}:\n${problems}${run.stderr}`, { cause });
    }
}

/** What another pack says of a program when the engine asks it. Throws, with the engine's words, where the preview failed otherwise. */
export async function askPackInEngine(
    engine: Engine,
    program: string,
    pack: { readonly folder: string; readonly config: string },
): Promise<readonly PolicyEvent[]> {
    const stack = await engine.stack(program);
    const run = await stack.run(["preview", "--json", ...packArguments(pack)], {
        environment: { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "1" },
    });
    const { events, problems } = readEvents(run);
    if (run.status !== 0 && events.length === 0) {
        throw new Error(`no verdict on ${program}:\n${problems}${run.stderr}`);
    }
    return events;
}

/** The options, the same for both, that judge with another pack. */
export function packArguments(pack: {
    readonly folder: string;
    readonly config: string;
}): readonly string[] {
    return ["--policy-pack", pack.folder, "--policy-pack-config", pack.config];
}

function readEvents({ stdout }: EngineRun): {
    readonly events: readonly PolicyEvent[];
    readonly problems: string;
} {
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    const events = lines.map((line) => JSON.parse(line) as EngineEvent);
    return {
        events: events.flatMap(({ policyEvent }) =>
            policyEvent === undefined ? [] : [policyEvent],
        ),
        problems: events
            .filter(({ diagnosticEvent }) => diagnosticEvent?.severity === "error")
            .map(({ diagnosticEvent }) => diagnosticEvent?.message)
            .join(""),
    };
}

interface EngineEvent {
    readonly policyEvent?: PolicyEvent;
    readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** Runs `keyward` and gives what it wrote. */
export async function keyward(
    args: readonly string[],
    options: Pick<RunOptions, "folder" | "environment"> = {},
): Promise<EngineRun> {
    const child = spawn(process.execPath, [join(repository, "cli/bin/keyward.js"), ...args], {
        cwd: options.folder ?? repository,
        env: { ...process.env, ...options.environment },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: 120_000,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise<number>((settle, reject) => {
        child.once("error", reject);
        child.once("close", (code) => {
            settle(code ?? -1);
        });
    });
    return { status, stdout, stderr };
}

/** Judges a program with the offline preview. Throws where no verdict came out. */
export async function previewOffline(
    program: string,
    args: readonly string[] = [],
    environment: RunOptions["environment"] = {},
): Promise<{ readonly run: EngineRun; readonly report: JudgedStack }> {
    const run = await keyward(["preview", program, "--json", "-", ...args], { environment });
    if (run.status > 1) {
        throw new Error(`keyward preview ${program} failed:\n${run.stderr}`);
    }
    return { run, report: JSON.parse(run.stdout) as JudgedStack };
}

/** Findings as comparable lines: the policy, the verdict, the level and the resource. */
export function verdicts(findings: readonly Finding[]): readonly string[] {
    return [
        ...new Set(
            findings.map(
                ({ policy, verdict, level, urn }) => `${policy} ${verdict} ${level} ${urn}`,
            ),
        ),
    ].sort();
}

/** What the engine was told, as comparable lines. */
export function shown(events: readonly PolicyEvent[]): readonly string[] {
    return [
        ...new Set(
            events.map(
                ({ policyName, enforcementLevel, resourceUrn }) =>
                    `${policyName} ${enforcementLevel} ${resourceUrn}`,
            ),
        ),
    ].sort();
}
