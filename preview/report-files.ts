import type { JudgedStack } from "../catalog/records/judged-stack";
import { catalogTexts } from "../report/catalog-texts";
import { writeHtml } from "../report/html/write";
import { writeReport } from "../report/json/write";
import { writeJunit } from "../report/junit/write";
import { writeMarkdown } from "../report/markdown/write";
import { writeSarif } from "../report/sarif/write";
import { writeOutputFile } from "./output-files";
import { formsOf, type ReportFiles, type ReportForm } from "./report-forms";

const writers: Readonly<Record<ReportForm, (report: JudgedStack) => string>> = {
    json: writeReport,
    sarif: (report) => writeSarif(report, catalogTexts),
    junit: writeJunit,
    markdown: writeMarkdown,
    html: (report) => writeHtml(report, catalogTexts),
};

/** Writes every form that was asked for. Throws `InputError` when the system refuses. */
export function writeReportFiles(report: JudgedStack, files: ReportFiles): void {
    // All are made before the first is written, so that a form that fails leaves nothing behind.
    const texts = formsOf(files).map(([form, file]) => ({
        option: `--${form}`,
        file,
        text: writers[form](report),
    }));
    for (const { text, ...output } of texts) {
        writeOutputFile(output, text);
    }
}
