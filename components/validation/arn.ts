import { type Problem, show } from "./problems";

/** Problems of an ARN of one service; none for one that is not known yet. */
export function problemsOfArn(
    propertyPath: string,
    arn: string | undefined,
    service: string,
): readonly Problem[] {
    return arn === undefined ||
        new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]*:(\\d{12})?:.+$`).test(arn)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be an ARN of ${service}, got ${show(arn)}`,
              },
          ];
}
