import { Option, type Command } from "commander";
import { parseAsOf } from "../../preview/judging/as-of";
import { formsOf, reportForms, type ReportFiles } from "../../preview/report-forms";
import { parseDemand, type Demand } from "../../report/demand";

/** What is demanded of a report. */
export interface DemandOption {
    readonly failOn?: Demand;
}

/** What the options below give. */
export interface JudgingOptions extends ReportFiles, DemandOption {
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

/** Adds the options that say how to judge and what to demand. */
export function addJudgingOptions(command: Command): Command {
    return addDemandOption(command)
        .option("--policy-config <file>", "configuration of Keyward's policies (- for stdin)")
        .option("--exemptions <file>", "exemption records, YAML or JSON (- for stdin)")
        .addOption(
            new Option(
                "--as-of <date>",
                "moment that dates are compared with (default: now)",
            ).argParser(parseAsOf),
        );
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
