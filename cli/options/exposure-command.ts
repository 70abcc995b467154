import { Command } from "commander";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { InputError } from "../../catalog/records/input-error";
import { analyzeState } from "../../preview/analyze-state";
import { previewStack } from "../../preview/preview-stack";
import type { ReportFiles } from "../../preview/report-forms";
import { ExitStatus } from "../exit-status";
import {
    addJudgingOptions,
    addReportOptions,
    reportFilesOf,
    takesOutput,
    type JudgingOptions,
} from "./judging-options";
import { addProgramOptions, programRequest, type ProgramOptions } from "./program-options";

interface ExposureOptions extends JudgingOptions, ProgramOptions, ReportFiles {
    readonly state?: string;
}

/** A command that prints a part of a stack's exposure. */
export interface ExposureCommand {
    readonly name: string;
    readonly description: string;
    readonly example: string;
    /** Writes the part for a terminal of this width. */
    readonly write: (report: JudgedStack, width: number) => string;
}

const defaultColumns = 80;

/** Builds a command that works out the exposure of a program, or of an exported stack, and prints a part of it. */
export function exposureCommand({ name, description, example, write }: ExposureCommand): Command {
    const command = new Command(name)
        .description(description)
        .argument("[dir]", "folder of the Pulumi project (default: this folder)")
        .option("--state <file>", "an exported stack or a saved graph instead (- for stdin)");
    return addReportOptions(addJudgingOptions(addProgramOptions(command)))
        .addHelpText(
            "after",
            `
Examples:
  ${example}
  pulumi stack export | keyward ${name} --state -`,
        )
        .action(async (folder: string | undefined, options: ExposureOptions) => {
            const report = await judged(folder, options);
            const { stdout, stderr } = process;
            const stream = takesOutput(Object.values(reportFilesOf(options))) ? stderr : stdout;
            stream.write(write(report, stream.isTTY ? stream.columns : defaultColumns));
            process.exitCode = ExitStatus.Met;
        });
}

async function judged(folder: string | undefined, options: ExposureOptions): Promise<JudgedStack> {
    const judging = {
        judging: options,
        asOf: options.asOf ?? new Date(),
        reports: reportFilesOf(options),
    };
    if (options.state === undefined) {
        const program = programRequest(folder ?? ".", options);
        return (await previewStack({ ...program, ...judging })).report;
    }
    if (folder !== undefined) {
        throw new InputError([
            `both the folder ${folder} and --state ${options.state} are given: leave one of them out`,
        ]);
    }
    return (await analyzeState({ file: options.state, ...judging, baseline: {} })).report;
}
