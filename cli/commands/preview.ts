import { Command } from "commander";
import { pairPacks } from "../../preview/packs/pack-folder";
import { previewStack } from "../../preview/preview-stack";
import { printReport } from "../../preview/print-report";
import type { ReportFiles } from "../../preview/report-forms";
import { meetsDemand } from "../../report/demand";
import { ExitStatus } from "../exit-status";
import {
    addDemandOption,
    addJudgingOptions,
    addPackOptions,
    addReportOptions,
    reportFilesOf,
    takesOutput,
    type DemandOption,
    type JudgingOptions,
    type PackOptions,
} from "../options/judging-options";
import { addProgramOptions, programRequest, type ProgramOptions } from "../options/program-options";

interface PreviewOptions
    extends JudgingOptions, DemandOption, PackOptions, ProgramOptions, ReportFiles {
    readonly graph?: string;
    readonly timings?: string;
}

/** Builds `keyward preview`. */
export function previewCommand(): Command {
    const command = new Command("preview")
        .description(
            "Evaluates a Node.js Pulumi program without engine, login, cloud account or network, and judges what it would deploy.",
        )
        .argument("[dir]", "folder of the Pulumi project", ".");
    addReportOptions(
        addPackOptions(addDemandOption(addJudgingOptions(addProgramOptions(command)))),
    );
    return command
        .option("--graph <file>", "write the graph, in the shape of a stack export (- for stdout)")
        .option(
            "--timings <file>",
            "write how long each phase took, in seconds, as JSON (- for stdout)",
        )
        .addHelpText(
            "after",
            `
Examples:
  keyward preview                                  judge the project of this folder
  keyward preview infra --stack production --sarif keyward.sarif
  keyward preview --policy-pack ../acme-policies   with the policies of your organisation as well
  keyward preview --json - | jq .summary           the console report goes to stderr`,
        )
        .action(async (folder: string, options: PreviewOptions) => {
            const reports = reportFilesOf(options);
            const { report, resources } = await previewStack({
                ...programRequest(folder, options),
                judging: options,
                asOf: options.asOf ?? new Date(),
                reports,
                graph: options.graph,
                timings: options.timings,
                packs: pairPacks(options.policyPack, options.policyPackConfig),
                packTimeLimitSeconds: options.policyPackTimeLimit,
            });
            const outputTaken = takesOutput([
                ...Object.values(reports),
                options.graph,
                options.timings,
            ]);
            printReport(report, { resources, outputTaken });
            process.exitCode = meetsDemand(report, options.failOn)
                ? ExitStatus.Met
                : ExitStatus.NotMet;
        });
}
