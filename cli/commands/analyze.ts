import { Command } from "commander";
import { analyzeState } from "../../preview/analyze-state";
import type { BaselineRequest } from "../../preview/judging/baseline";
import { pairPacks } from "../../preview/packs/pack-folder";
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

type AnalyzeOptions = JudgingOptions & DemandOption & PackOptions & ReportFiles & BaselineRequest;

/** Builds `keyward analyze`. */
export function analyzeCommand(): Command {
    const command = new Command("analyze")
        .description(
            "Judges what exists already: an exported stack, or a graph saved by a preview.",
        )
        .argument(
            "<file>",
            "what `pulumi stack export` or `keyward preview --graph` wrote (- for stdin)",
        );
    addReportOptions(addPackOptions(addDemandOption(addJudgingOptions(command))));
    return command
        .option(
            "--write-baseline <file>",
            "write exemptions for what is found today, each with an end (- for stdout)",
        )
        .option("--owner <name>", "who answers for the exemptions of a baseline")
        .option("--approver <name>", "who accepted them")
        .option("--ticket <id>", "where the decision is kept")
        .addHelpText(
            "after",
            `
Examples:
  pulumi stack export | keyward analyze -
  keyward analyze state.json --fail-on indeterminate:high --junit keyward.xml`,
        )
        .action(async (file: string, options: AnalyzeOptions) => {
            const reports = reportFilesOf(options);
            const { report, resources } = await analyzeState({
                file,
                judging: options,
                asOf: options.asOf ?? new Date(),
                reports,
                baseline: options,
                packs: pairPacks(options.policyPack, options.policyPackConfig),
                packTimeLimitSeconds: options.policyPackTimeLimit,
            });
            const outputTaken = takesOutput([...Object.values(reports), options.writeBaseline]);
            printReport(report, { resources, outputTaken });
            process.exitCode = meetsDemand(report, options.failOn)
                ? ExitStatus.Met
                : ExitStatus.NotMet;
        });
}
