import { problemsOfParameter } from "./numbers";
import { type Problem, show } from "./problems";

/** Retentions that CloudWatch Logs knows, in days. Source: PutRetentionPolicy in the CloudWatch Logs API reference. */
const retentionsInDays = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/** Problems of the retention of a log group. */
export function problemsOfRetention(
    propertyPath: string,
    days: number | undefined,
): readonly Problem[] {
    const tooShort = problemsOfParameter(propertyPath, "logRetentionDays", days);
    if (days === undefined || tooShort.length > 0 || retentionsInDays.includes(days)) {
        return tooShort;
    }
    const next = retentionsInDays.find((offered) => offered > days);
    return [
        {
            propertyPath,
            reason: `${propertyPath} must be a retention that CloudWatch Logs offers, the next longer is ${next ?? "none"}, got ${show(days)}`,
        },
    ];
}
