import { valueSources } from "../../catalog/value-sources";
import { slug } from "../slug";
import { type Problem, show } from "./problems";

/** Problems of a client's name, which becomes part of resources' names and must stay different from earlier ones there. */
export function problemsOfClientName(
    propertyPath: string,
    name: string,
    earlier: readonly string[],
): readonly Problem[] {
    const part = slug(name);
    if (part === "") {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must hold a letter or digit, got ${show(name)} (${valueSources.clientName})`,
            },
        ];
    }
    return earlier.some((other) => slug(other) === part)
        ? [
              {
                  propertyPath,
                  reason: `${propertyPath} must differ from the other clients' names, got ${show(name)} twice (${valueSources.clientName})`,
              },
          ]
        : [];
}
