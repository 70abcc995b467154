import { type Problem, show } from "./problems";

/** Problems of the id of an AWS account; none for one that is absent or not known yet. */
export function problemsOfAccountId(
    propertyPath: string,
    id: string | undefined,
): readonly Problem[] {
    return id === undefined || /^\d{12}$/.test(id)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be an AWS account of twelve digits, got ${show(id)}`,
              },
          ];
}
