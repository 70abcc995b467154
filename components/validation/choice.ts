import { type ChoiceId, choices } from "../../catalog/choices";
import { type Problem, show } from "./problems";

/** What a value from a list of the catalog must be, as a reason says it. */
export function oneOf(id: ChoiceId): string {
    return `must be one of ${choices[id].values.map(show).join(", ")}`;
}

/** Problems of a value that is none of a list of the catalog, with the source of the list; none for an absent value. */
export function problemsOfChoice(
    propertyPath: string,
    value: string | undefined,
    id: ChoiceId,
): readonly Problem[] {
    const { source, values } = choices[id];
    return value === undefined || values.some((known) => known === value)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} ${oneOf(id)}, got ${show(value)} (${source})`,
              },
          ];
}
