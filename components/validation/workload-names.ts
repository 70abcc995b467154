import { formats } from "../../catalog/formats";
import { isWorkloadId, workload } from "../../catalog/workloads";
import type { KeyServerArgs } from "../key-server";
import { problemsOfFormat } from "./format";
import { type Problem, show } from "./problems";

/** Problems of the names of software that the catalog leaves open: without them nothing could be confined, and it might run as root. */
export function problemsOfWorkloadNames(
    args: Pick<KeyServerArgs, "workload" | "workloadUnit" | "workloadUser">,
): readonly Problem[] {
    if (!isWorkloadId(args.workload)) {
        return [];
    }
    const { title, user } = workload(args.workload);
    return (["workloadUser", "workloadUnit"] as const).flatMap(
        (propertyPath): readonly Problem[] => {
            const value = args[propertyPath];
            const problem = (reason: string): readonly Problem[] => [
                { propertyPath, reason: `${propertyPath} ${reason}` },
            ];
            if (user !== null) {
                return value === undefined
                    ? []
                    : problem(
                          `must not be given for ${title}, which has its own, got ${show(value)}`,
                      );
            }
            if (value === undefined) {
                return problem(
                    `must name ${formats[propertyPath].what} of workload ${show(args.workload)}, so that it is confined`,
                );
            }
            return problemsOfFormat(propertyPath, value, propertyPath);
        },
    );
}
