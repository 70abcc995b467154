import type { JudgedStack } from "../catalog/records/judged-stack";
import { writeConsole } from "../report/console/write";
import type { ListedResource } from "../report/console/resource-tree";

const defaultColumns = 80;

/**
 * Prints a report for people: on standard output, or on standard error when standard output carries a form for machines. Colours
 * only on a terminal, and never when `NO_COLOR` is set.
 */
export function printReport(
    report: JudgedStack,
    options: {
        readonly resources?: readonly ListedResource[];
        readonly outputTaken: boolean;
    },
): void {
    const stream = options.outputTaken ? process.stderr : process.stdout;
    stream.write(
        writeConsole(report, {
            width: stream.isTTY ? stream.columns : defaultColumns,
            colors: stream.isTTY && (process.env["NO_COLOR"] ?? "") === "",
            resources: options.resources,
        }),
    );
}
