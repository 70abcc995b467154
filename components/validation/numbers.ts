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

/** Problems of a whole number within bounds, both inclusive; none for an absent value. */
export function problemsOfWholeNumber(
    propertyPath: string,
    value: number | undefined,
    from: number,
    to: number,
): readonly Problem[] {
    return value === undefined || (Number.isInteger(value) && value >= from && value <= to)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be a whole number from ${from} to ${to}, got ${show(value)}`,
              },
          ];
}

/** Problems of a TCP port. */
export function problemsOfPort(
    propertyPath: string,
    value: number | undefined,
): readonly Problem[] {
    return problemsOfWholeNumber(propertyPath, value, 1, 65_535);
}
