import { type RangeId, ranges } from "../../catalog/ranges";
import { parameter, type ParameterId } from "../../catalog/parameters";
import { problemsOfValue } from "../../catalog/parameters/bounds";
import type { Problem } from "./problems";
import { show } from "./problems";

/** Problems of a value of a catalog parameter, with the source of the bound; none for an absent value. */
export function problemsOfParameter(
    propertyPath: string,
    id: ParameterId,
    value: unknown,
): readonly Problem[] {
    if (value === undefined) {
        return [];
    }
    const { source } = parameter(id);
    return problemsOfValue(parameter(id), value).map((problem) => ({
        propertyPath,
        reason: `${propertyPath} ${problem} (${source})`,
    }));
}

/** Problems of a whole number outside a range of the catalog, which a caller may narrow, with the source of the range; none for an absent value. */
export function problemsOfRange(
    propertyPath: string,
    value: number | undefined,
    id: RangeId,
    narrowed: { readonly from?: number; readonly to?: number } = {},
): readonly Problem[] {
    const { from, source, to } = { ...ranges[id], ...narrowed };
    return value === undefined || (Number.isInteger(value) && value >= from && value <= to)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be a whole number from ${from} to ${to}, got ${show(value)} (${source})`,
              },
          ];
}
