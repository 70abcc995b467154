import { InvalidArgumentError, Option, type Command } from "commander";
import { parseAsOf } from "../../preview/judging/as-of";
import { defaultPackSeconds } from "../../preview/packs/pack-folder";
import { formsOf, reportForms, type ReportFiles } from "../../preview/report-forms";
import { parseDemand, type Demand } from "../../report/demand";

/** What is demanded of a report. */
export interface DemandOption {
    readonly failOn?: Demand;
}

/** What the options that say how to judge give. */
export interface JudgingOptions {
    readonly policyConfig?: string;
    readonly exemptions?: string;
    readonly asOf?: Date;
}

/** Adds the option that says what to end with status 1 for. */
export function addDemandOption(command: Command): Command {
    return command.addOption(
        new Option(
            "--fail-on <verdict[:severity]>",
            "end with status 1 also for findings of this verdict (fail, indeterminate, exempt) and severity, or worse",
        ).argParser(parseDemand),
    );
}

/** Adds the options that say how to judge. */
export function addJudgingOptions(command: Command): Command {
    return command
        .option("--policy-config <file>", "configuration of Keyward's policies (- for stdin)")
        .option("--exemptions <file>", "exemption records, YAML or JSON (- for stdin)")
        .addOption(
            new Option(
                "--as-of <date>",
                "moment that dates are compared with (default: now)",
            ).argParser(parseAsOf),
        );
}

/** What the options about other policy packs give. */
export interface PackOptions {
    readonly policyPack: readonly string[];
    readonly policyPackConfig: readonly string[];
    readonly policyPackTimeLimit: number;
}

/** Adds the options about other policy packs. */
export function addPackOptions(command: Command): Command {
    return command
        .option(
            "--policy-pack <dir>",
            "judge with another policy pack as well; may be repeated",
            collect,
            [],
        )
        .option(
            "--policy-pack-config <file>",
            "JSON configuration of the other pack at the same place; may be repeated",
            collect,
            [],
        )
        .option(
            "--policy-pack-time-limit <seconds>",
            "how long each other pack may take",
            parseSeconds,
            defaultPackSeconds,
        );
}

/** Adds one value of an option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
    return [...before, value];
}

/** Reads a time limit. */
export function parseSeconds(written: string): number {
    const seconds = Number(written);
    if (!/^\d+(\.\d+)?$/.test(written) || seconds <= 0 || seconds > 86_400) {
        throw new InvalidArgumentError("It must be a number of seconds, up to 86400 (a day).");
    }
    return seconds;
}

/** Adds one option for each form of a report. */
export function addReportOptions(command: Command): Command {
    for (const [form, summary] of Object.entries(reportForms)) {
        command.option(`--${form} <file>`, `write ${summary} (- for stdout)`);
    }
    return command;
}

/** The files for reports among a command's options. */
export function reportFilesOf(options: ReportFiles): ReportFiles {
    return Object.fromEntries(formsOf(options));
}

/** Whether an output takes standard output, so that nothing else may be printed there. */
export function takesOutput(files: readonly (string | undefined)[]): boolean {
    return files.includes("-");
}
