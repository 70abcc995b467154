import type { JudgedStack } from "../catalog/records/judged-stack";
import { readReportFile } from "../report/json/read-file";
import { checkOutputFiles } from "./output-files";
import { writeReportFiles } from "./report-files";
import { reportOutputs, type ReportFiles } from "./report-forms";

/**
 * Reads a JSON report, of a preview or of the policy pack in the engine, and writes it in the forms that were asked for; `-` is
 * standard input. Throws `InputError`: it cannot be read, is no report, contradicts itself, or holds no verdict of any policy.
 */
export function renderReport(file: string, reports: ReportFiles): JudgedStack {
    checkOutputFiles(reportOutputs(reports));
    const report = readReportFile(file);
    writeReportFiles(report, reports);
    return report;
}
