import { isOperatingSystemId, operatingSystems } from "../../catalog/operating-systems";
import { type Problem, show } from "./problems";

/** Problems of an operating system's id; none for an absent one. */
export function problemsOfOperatingSystem(
    propertyPath: string,
    id: string | undefined,
): readonly Problem[] {
    const ids = operatingSystems.map((system) => show(system.id)).join(", ");
    return id === undefined || isOperatingSystemId(id)
        ? []
        : [{ propertyPath, reason: `${propertyPath} must be one of ${ids}, got ${show(id)}` }];
}
