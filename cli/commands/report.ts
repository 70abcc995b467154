import { Command } from "commander";
import { printReport } from "../../preview/print-report";
import { renderReport } from "../../preview/render-report";
import { meetsDemand } from "../../report/demand";
import { ExitStatus } from "../exit-status";
import {
    addDemandOption,
    addReportOptions,
    reportFilesOf,
    takesOutput,
    type DemandOption,
} from "../options/judging-options";
import type { ReportFiles } from "../../preview/report-forms";

/** Builds `keyward report`. */
export function reportCommand(): Command {
    const command = new Command("report")
        .description(
            "Shows a JSON report in other forms: one of an earlier preview, or one that the policy pack wrote in the engine (KEYWARD_REPORT=FILE).",
        )
        .argument("<file>", "JSON report (- for stdin)");
    addReportOptions(addDemandOption(command));
    return command
        .addHelpText(
            "after",
            `
Examples:
  KEYWARD_REPORT=report.json pulumi preview --policy-pack node_modules/@keyward/policy-pack
  keyward report report.json --sarif keyward.sarif --html keyward.html`,
        )
        .action((file: string, options: ReportFiles & DemandOption) => {
            const reports = reportFilesOf(options);
            const report = renderReport(file, reports);
            printReport(report, { outputTaken: takesOutput(Object.values(reports)) });
            process.exitCode = meetsDemand(report, options.failOn)
                ? ExitStatus.Met
                : ExitStatus.NotMet;
        });
}
