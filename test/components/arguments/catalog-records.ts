import { choices } from "../../../catalog/choices";
import { formats } from "../../../catalog/formats";
import { parameters } from "../../../catalog/parameters";
import { ranges } from "../../../catalog/ranges";
import { valueSources } from "../../../catalog/value-sources";

/** What a reason ends with, and what else it says, where a record of the catalog made it. */
const marks: readonly (readonly [record: string, source: string, says: string])[] = [
    ...Object.entries(formats).map(
        ([id, { source, what }]) => [`formats.${id}`, source, `must be ${what}, got`] as const,
    ),
    ...Object.entries(ranges).map(
        ([id, { source, to }]) =>
            [
                `ranges.${id}`,
                source,
                id === "serverNumber" ? "must be a whole number" : ` to ${to}, got`,
            ] as const,
    ),
    ...Object.entries(choices).map(
        ([id, { source, values }]) =>
            [
                `choices.${id}`,
                source,
                `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}, got`,
            ] as const,
    ),
    ...parameters.map(({ id, source }) => [`parameters.${id}`, source, "must be"] as const),
    ...Object.entries(valueSources).map(
        ([id, source]) => [`valueSources.${id}`, source, ""] as const,
    ),
];

/** Records of the catalog that a refusal comes from, such as `formats.keyArn`; several where parameters share a source. */
export function catalogRecordsOf(reason: string): readonly string[] {
    return marks
        .filter(([, source, says]) => reason.endsWith(` (${source})`) && reason.includes(says))
        .map(([record]) => record);
}
