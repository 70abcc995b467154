import type { AccessPath } from "../../catalog/records/judged-stack";
import { groupBy } from "../group-by";
import { nameOf } from "../urn";
import { rowTable } from "./row-table";
import { counted, printable, wrap } from "./text";

/** Writes access as one table for each resource acted on, followed under each line by what grants it. */
export function writeAccess(access: readonly AccessPath[], width: number): string {
    if (access.length === 0) {
        return "Nobody was found who may do anything of danger to a key server.\n";
    }
    const open = access.filter(({ verdict }) => verdict === "indeterminate").length;
    const resources = groupBy(access, ({ resource }) => resource);
    const sections = [...resources].map(([resource, theirs]) => [
        printable(nameOf(resource)),
        ...rowTable(
            ["principal", "action", "verdict"],
            theirs.map(({ principal, action, verdict, condition, requires, chain }) => ({
                cells: [nameOf(principal), action, verdict],
                note: [
                    chain.join(" ← "),
                    ...(condition === "" ? [] : [`if ${condition}`]),
                    ...(requires === undefined ? [] : [`only with ${requires.join(", or ")}`]),
                ].join("; "),
            })),
            width,
        ),
    ]);
    const total = `${counted(access.length, "grant")} on ${counted(resources.size, "resource")}, ${open} indeterminate.`;
    return `${[...sections, wrap(total, width, "")].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
