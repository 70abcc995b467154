import type { JudgedStack } from "../catalog/records/judged-stack";
import { catalogTexts } from "../report/catalog-texts";
import { writeReport } from "../report/json/write";
import { writeJunit } from "../report/junit/write";
import { writeMarkdown } from "../report/markdown/write";
import { writeSarif } from "../report/sarif/write";
import { writeOutputFile, type OutputFile } from "./output-files";

/** The forms of a report that go to files; each is an option of the command line. */
export const reportForms = {
    json: { option: "--json", summary: "the whole report", write: writeReport },
    sarif: {
        option: "--sarif",
        summary: "SARIF 2.1.0, for code scanning",
        write: (report: JudgedStack) => writeSarif(report, catalogTexts),
    },
    junit: { option: "--junit", summary: "JUnit XML, for CI dashboards", write: writeJunit },
    markdown: {
        option: "--markdown",
        summary: "a comment for a pull request",
        write: writeMarkdown,
    },
} as const;
export type ReportForm = keyof typeof reportForms;

/** Form → file; `-` is standard output. */
export type ReportFiles = Readonly<Partial<Record<ReportForm, string>>>;

/** The files that reports were asked for in, to be checked before any work. */
export function reportOutputs(files: ReportFiles): OutputFile[] {
    return formsOf(files).map(([form, file]) => ({ option: reportForms[form].option, file }));
}

/** Writes every form that was asked for. Throws `InputError` when the system refuses. */
export function writeReportFiles(report: JudgedStack, files: ReportFiles): void {
    for (const [form, file] of formsOf(files)) {
        const { option, write } = reportForms[form];
        writeOutputFile({ option, file }, write(report));
    }
}

function formsOf(files: ReportFiles): [ReportForm, string][] {
    return (Object.keys(reportForms) as ReportForm[]).flatMap((form) => {
        const file = files[form];
        return file === undefined ? [] : [[form, file] as [ReportForm, string]];
    });
}
