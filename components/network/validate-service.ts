import { type Problem, show } from "../validation/problems";

/** Problems of the name of a service as VPC endpoints have it. */
export function problemsOfService(propertyPath: string, service: string): readonly Problem[] {
    return /^[a-z0-9][a-z0-9.-]*$/.test(service)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be a service's name in lower case such as "ssm", got ${show(service)}`,
              },
          ];
}
