import type { JudgedStack } from "../../catalog/records/judged-stack";
import { nameOf } from "../urn";
import { counted, printable, shorten, wrap } from "./text";

/** Changes that are printed; all of them are in the other forms of the report. */
const mostChanges = 20;
const longestValue = 60;

/** Lists what policies at level `remediate` set, with before and after. */
export function listRemediations({ remediations }: JudgedStack, width: number): string[] {
    if (remediations.length === 0) {
        return [];
    }
    const value = (json: string): string =>
        json === "" ? "not set" : shorten(printable(json), longestValue);
    const left = remediations.length - mostChanges;
    return [
        ...wrap(
            `${counted(remediations.length, "value")} set by policies at level remediate:`,
            width,
            "",
        ),
        ...remediations
            .slice(0, mostChanges)
            .flatMap(({ policy, urn, path, before, after }) =>
                wrap(
                    `${printable(nameOf(urn))} ${printable(path)}: ${value(before)} → ${value(after)} (${policy})`,
                    width,
                    "    ",
                ),
            ),
        ...(left > 0 ? [`    … and ${left} more (--json FILE has them all)`] : []),
    ];
}
