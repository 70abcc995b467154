import { choices } from "../../catalog/choices";
import { problemsOfParameter } from "./numbers";
import { type Problem, show } from "./problems";

/** Retentions that CloudWatch Logs knows, in days. */
const { source, values: retentionsInDays } = choices.logRetentionDays;

/** Problems of the retention of a log group. */
export function problemsOfRetention(
    propertyPath: string,
    days: number | undefined,
): readonly Problem[] {
    const tooShort = problemsOfParameter(propertyPath, "logRetentionDays", days);
    if (
        days === undefined ||
        tooShort.length > 0 ||
        retentionsInDays.some((offered) => offered === days)
    ) {
        return tooShort;
    }
    const next = retentionsInDays.find((offered) => offered > days);
    return [
        {
            propertyPath,
            reason: `${propertyPath} must be a retention that CloudWatch Logs offers, the next longer is ${next ?? "none"}, got ${show(days)} (${source})`,
        },
    ];
}
