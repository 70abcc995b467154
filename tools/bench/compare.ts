import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PreviewPhase } from "../../preview/phase-clock";
import { repository, type Engine, type EngineCommand } from "../../test/support/engine";
import { policyPack } from "../../test/support/engine-verdicts";
import { measureCheckov, writePlan } from "./checkov";
import { EngineOutput, type EnginePhases } from "./engine-phases";
import { measure, median, type Cost } from "./measure";

/** A program to measure. */
export interface Subject {
    readonly folder: string;
    readonly stack: string;
    /** Count of servers for the evaluation without policies; absent for the reference stack. */
    readonly bare?: string;
}

interface KeywardCost extends Cost {
    /** Seconds, as `--timings` gives them. */
    readonly phases: Readonly<Record<PreviewPhase, number>>;
}

interface EngineCost extends Cost {
    readonly phases: EnginePhases;
}

/** The costs of one program, each of whole processes. */
export interface Row {
    readonly name: string;
    readonly resources: number;
    readonly findings: number;
    readonly keyward: KeywardCost;
    readonly engine: EngineCost;
    readonly bare?: Cost;
    /** Absent where checkov is not installed, or knows nothing equivalent: the reference stack has no plan of Terraform. */
    readonly checkov?: Cost;
}

/** Above this count one run has to do: it takes minutes. */
const manyResources = 1000;
const repetitions = 3;

/** Runs all in turn, so that whatever else the machine does falls on all; the median counts. `withCheckov` says that it is installed. */
export async function measureProgram(
    engine: Engine,
    subject: Subject,
    withCheckov: boolean,
): Promise<Row> {
    const plan =
        withCheckov && subject.bare !== undefined
            ? await writePlan(subject, engine.folder)
            : undefined;
    const stack = await engine.stack(subject.folder, { name: subject.stack });
    const real = stack.command(["preview", "--policy-pack", policyPack, "--suppress-progress"]);
    const timings = join(engine.folder, "timings.json");
    const offline: EngineCommand = {
        program: process.execPath,
        args: [
            join(repository, "cli/bin/keyward.js"),
            ...["preview", subject.folder, "--stack", subject.stack],
            ...["--json", "-", "--timings", timings],
        ],
        folder: repository,
        environment: process.env,
    };
    const costs = {
        keyward: [] as KeywardCost[],
        engine: [] as EngineCost[],
        bare: [] as Cost[],
        checkov: [] as Cost[],
    };
    let report = { resources: 0, findings: [] as unknown[] };
    do {
        const cost = judged(await measure(offline));
        const { seconds } = JSON.parse(readFileSync(timings, "utf8")) as {
            readonly seconds: KeywardCost["phases"];
        };
        costs.keyward.push({ ...cost, phases: seconds });
        report = JSON.parse(String(costs.keyward[0]?.stdout)) as typeof report;
        costs.engine.push(await measureEngine(real));
        if (subject.bare !== undefined) {
            costs.bare.push(judged(await measure(bareEvaluation(subject.folder, subject.bare))));
        }
        if (plan !== undefined) {
            costs.checkov.push(await measureCheckov(plan));
        }
    } while (report.resources < manyResources && costs.engine.length < repetitions);
    return {
        name: subject.bare === undefined ? "reference stack" : `${subject.bare} servers`,
        resources: report.resources,
        findings: report.findings.length,
        keyward: median(costs.keyward),
        engine: median(costs.engine),
        bare: costs.bare.length === 0 ? undefined : median(costs.bare),
        checkov: costs.checkov.length === 0 ? undefined : median(costs.checkov),
    };
}

async function measureEngine(command: EngineCommand): Promise<EngineCost> {
    const output = new EngineOutput();
    const cost = judged(
        await measure(command, (text, seconds) => {
            output.line(text, seconds);
        }),
    );
    return { ...cost, phases: output.phases(cost.seconds) };
}

function bareEvaluation(folder: string, servers: string): EngineCommand {
    return {
        program: process.execPath,
        args: ["-r", "ts-node/register/transpile-only", join(__dirname, "bare.ts"), folder],
        folder: repository,
        environment: {
            ...process.env,
            PULUMI_CONFIG: JSON.stringify({ "key-servers:servers": servers }),
        },
    };
}

/** A run that gave no verdict has no time. */
function judged(cost: Cost): Cost {
    const blocked = /policy|mandatory|violation/i.test(cost.stdout + cost.stderr);
    if (cost.status !== 0 && !blocked && !cost.stdout.startsWith("{")) {
        throw new Error(`a measured command failed:\n${cost.stdout}${cost.stderr}`);
    }
    return cost;
}
