import { parseScheduleExpression } from "../../aws/schedule/expression";
import { valueSources } from "../../catalog/value-sources";
import { type Problem, show } from "../validation/problems";

/** Problems of a schedule with fixed times; none for an absent one. */
export function problemsOfSchedule(
    propertyPath: string,
    schedule: string | undefined,
): readonly Problem[] {
    if (schedule === undefined) {
        return [];
    }
    const source = valueSources.schedule;
    try {
        return parseScheduleExpression(schedule).kind === "cron"
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must be a cron(…) expression, which has a fixed time, got ${show(schedule)} (${source})`,
                  },
              ];
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return [{ propertyPath, reason: `${propertyPath} cannot be read: ${reason} (${source})` }];
    }
}
