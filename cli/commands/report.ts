import { Command, Option } from "commander";
import { checkOutputFiles } from "../../preview/output-files";
import { printReport } from "../../preview/print-report";
import { writeReportFiles } from "../../preview/report-files";
import { formsOf, type ReportFiles } from "../../preview/report-forms";
import { meetsDemand, parseDemand, type Demand } from "../../report/demand";
import { readReportFile } from "../../report/json/read-file";
import { ExitStatus } from "../exit-status";
import { addReportOptions, reportFilesOf, takesOutput } from "../options/judging-options";

/** Builds `keyward report`. */
export function reportCommand(): Command {
    const command = new Command("report")
        .description(
            "Writes a JSON report in every other form. The report may come from an earlier run, or from the policy pack during a real preview or update (KEYWARD_REPORT=FILE).",
        )
        .argument("<file>", "JSON report (- for stdin)")
        .addOption(
            new Option(
                "--fail-on <verdict[:severity]>",
                "end with status 1 also for findings of this verdict (fail, indeterminate, exempt) and severity, or worse",
            ).argParser(parseDemand),
        );
    addReportOptions(command);
    return command
        .addHelpText(
            "after",
            `
Examples:
  keyward report keyward.json --html keyward.html
  keyward report keyward.json --markdown - >> "$GITHUB_STEP_SUMMARY"`,
        )
        .action((file: string, options: ReportFiles & { readonly failOn?: Demand }) => {
            const reports = reportFilesOf(options);
            checkOutputFiles(
                formsOf(reports).map(([form, output]) => ({ option: `--${form}`, file: output })),
            );
            const report = readReportFile(file);
            writeReportFiles(report, reports);
            printReport(report, { outputTaken: takesOutput(Object.values(reports)) });
            process.exitCode = meetsDemand(report, options.failOn)
                ? ExitStatus.Met
                : ExitStatus.NotMet;
        });
}
