import type { OutputFile } from "./output-files";

/** The forms of a report that go to files; each is an option of the command line, `--` and its name. */
export const reportForms = {
    json: "the whole report",
    sarif: "SARIF 2.1.0, for code scanning",
    junit: "JUnit XML, for CI dashboards",
    markdown: "a comment for a pull request",
    html: "one page for people, without network",
} as const;
export type ReportForm = keyof typeof reportForms;

/** Form → file; `-` is standard output. */
export type ReportFiles = Readonly<Partial<Record<ReportForm, string>>>;

/** The forms that were asked for. Other fields of an object of options are passed over. */
export function formsOf(files: ReportFiles): readonly (readonly [ReportForm, string])[] {
    return (Object.keys(reportForms) as ReportForm[]).flatMap((form) => {
        const file = files[form];
        return file === undefined ? [] : [[form, file] as const];
    });
}

/** The files that reports were asked for in, to be checked before any work. */
export function reportOutputs(files: ReportFiles): readonly OutputFile[] {
    return formsOf(files).map(([form, file]) => ({ option: `--${form}`, file }));
}
