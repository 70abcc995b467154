import { Command } from "commander";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { InputError } from "../../catalog/records/input-error";
import { analyzeState } from "../../preview/analyze-state";
import { previewStack } from "../../preview/preview-stack";
import { ExitStatus } from "../exit-status";
import { addProgramOptions, programRequest, type ProgramOptions } from "./program-options";

interface ExposureOptions extends ProgramOptions {
    readonly policyConfig?: string;
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
    return addProgramOptions(command)
        .option(
            "--policy-config <file>",
            "configuration of Keyward's policies: says which machines are key servers (- for stdin)",
        )
        .addHelpText(
            "after",
            `
Examples:
  ${example}
  pulumi stack export | keyward ${name} --state -`,
        )
        .action(async (folder: string | undefined, options: ExposureOptions) => {
            const report = await judged(folder, options);
            const width = process.stdout.isTTY ? process.stdout.columns : defaultColumns;
            process.stdout.write(write(report, width));
            process.exitCode = ExitStatus.Met;
        });
}

async function judged(folder: string | undefined, options: ExposureOptions): Promise<JudgedStack> {
    const { policyConfig } = options;
    const judging = { judging: { policyConfig }, asOf: new Date(), reports: {} };
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
