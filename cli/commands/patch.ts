import { Command, InvalidArgumentError } from "commander";
import { isoMoment, parseDays, parseFolder, printLines } from "../patch/options";
import { calendarLines, eventLines, latencyLines } from "../patch/tables";
import { loadPatchPlan } from "../patch/load-plan";
import { playPlan } from "../patch/play";
import { ExitStatus } from "../exit-status";

interface PlanOptions {
    readonly stack: string;
    readonly config: readonly string[];
}

interface FleetOptions {
    readonly path: string;
    readonly region?: string;
    readonly reason: string;
    readonly document: string;
}

/** Builds `keyward patch`. */
export function patchCommand(): Command {
    const command = new Command("patch")
        .description(
            "Says how late a patch can be at worst, shows and plays the windows of a program or report, and steers live promotions.",
        )
        .addHelpText("after", examples);
    fromPlan(command, "latency", "the worst time from release to the last server").action(
        async (source: string, options: PlanOptions) => {
            const record = await loadPatchPlan(source, options);
            printLines(latencyLines(record));
            const days = record.worstCaseHours === null ? Infinity : record.worstCaseHours / 24;
            process.exitCode = days <= record.deadlineDays ? ExitStatus.Met : ExitStatus.NotMet;
        },
    );
    fromPlan(command, "calendar", "the windows of the next days")
        .option("--days <count>", "how many days", parseDays, 90)
        .action(async (source: string, options: PlanOptions & { readonly days: number }) => {
            printLines(calendarLines(await loadPatchPlan(source, options), options.days));
        });
    fromPlan(command, "simulate", "play patch days against the schedules, gate and quorum")
        .requiredOption("--from <date>", "first day, such as 2026-12-01", isoMoment)
        .requiredOption("--to <date>", "day after the last", isoMoment)
        .option("--release-every <days>", "days between two patches", parseDays, 7)
        .option("--failing <percent>", "of installations and soaks that fail", parsePercent, 0)
        .option("--missed <percent>", "of windows that do not open", parsePercent, 0)
        .option("--slow <percent>", "of installations with a slow mirror", parsePercent, 0)
        .option("--seed <number>", "of what fails; the same number plays the same", Number, 1)
        .action(async (source: string, options: PlanOptions & SimulationOptions) => {
            const played = playPlan(await loadPatchPlan(source, options), options);
            printLines([...eventLines(played.result), "", ...played.summary]);
            process.exitCode = played.sound ? ExitStatus.Met : ExitStatus.NotMet;
        });
    addFleetCommands(command);
    for (const child of command.commands) {
        child.exitOverride().showHelpAfterError("(add --help for the options and examples)");
    }
    return command;
}

interface SimulationOptions {
    readonly from: Date;
    readonly to: Date;
    readonly releaseEvery: number;
    readonly failing: number;
    readonly missed: number;
    readonly slow: number;
    readonly seed: number;
}

function fromPlan(parent: Command, name: string, summary: string): Command {
    return parent
        .command(name)
        .description(`${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.`)
        .summary(summary)
        .argument("[source]", "folder of a Pulumi project, or a JSON report", parseFolder, ".")
        .option("--stack <name>", "stack whose configuration is used", "dev")
        .option("--config <key=value>", "configuration value; may be repeated", collect, []);
}

function addFleetCommands(parent: Command): void {
    const regional = (name: string, summary: string): Command =>
        parent
            .command(name)
            .description(`${summary[0]?.toUpperCase() ?? ""}${summary.slice(1)}.`)
            .summary(summary)
            .option("--region <region>", "region of the servers; defaults to AWS_REGION");
    const live = (name: string, summary: string): Command =>
        regional(name, summary).requiredOption(
            "--path <path>",
            "output parameterPath of KeyServerPatching, such as /keyward/kms/prod/vault/patching/",
        );
    const reason = (child: Command): Command =>
        child.requiredOption("--reason <text>", "why; it is kept and shown");
    live("status", "what was decided last, and whether production is held").action(
        async (options: FleetOptions) => {
            const { readStatus } = await import("../../fleet/promotion/steer.js");
            const status = await readStatus(options.path, options.region);
            printLines(status.lines);
            process.exitCode = status.held ? ExitStatus.NotMet : ExitStatus.Met;
        },
    );
    reason(live("hold", "hold production until it is released")).action(
        async (options: FleetOptions) => {
            const { hold } = await import("../../fleet/promotion/steer.js");
            printLines(await hold(options.path, options.region, options.reason));
        },
    );
    reason(live("release", "lift the hold; the next promotion decides as usual")).action(
        async (options: FleetOptions) => {
            const { release } = await import("../../fleet/promotion/steer.js");
            printLines(await release(options.path, options.region, options.reason));
        },
    );
    reason(regional("emergency", "bring a critical patch through the canary to production now"))
        .requiredOption("--document <name>", "name of the emergency document of KeyServerPatching")
        .action(async (options: FleetOptions) => {
            const { startEmergency } = await import("../../fleet/promotion/steer.js");
            printLines(await startEmergency(options.document, options.region, options.reason));
        });
}

function collect(value: string, before: readonly string[]): readonly string[] {
    return [...before, value];
}

function parsePercent(written: string): number {
    const percent = Number(written);
    if (!/^\d+$/.test(written) || percent > 100) {
        throw new InvalidArgumentError("It must be a whole number from 0 to 100.");
    }
    return percent;
}

const examples = `
Examples:
  keyward patch latency                            of the project of this folder
  keyward patch calendar report.json --days 30     of a JSON report
  keyward patch simulate --from 2026-12-01 --to 2027-03-01 --failing 20
  keyward patch status --path /keyward/kms/prod/vault/patching/
  keyward patch hold --path /keyward/kms/prod/vault/patching/ \\
    --reason "incident 4711"
  keyward patch emergency --document kms-prod-vault-emergency-1a2b3c4d \\
    --reason "CVE-2026-0001"

Exit status: 0 in time, not held; 1 late, unsound or held; 2 no work done.`;
