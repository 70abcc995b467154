import { isatty } from "node:tty";
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
    const terminal = isatty(stream.fd);
    stream.write(
        writeConsole(report, {
            width: terminal ? stream.columns : defaultColumns,
            colors: terminal && (process.env["NO_COLOR"] ?? "") === "",
            resources: options.resources,
        }),
    );
}
