import { operatingSystems } from "../catalog/operating-systems";
import type { ParameterValue } from "../catalog/parameter";
import { workloads } from "../catalog/workloads";
import { buildHostProfile } from "./profile";

/** Choices that make every check appear that a choice can call up. */
const everything: Readonly<Record<string, ParameterValue>> = {
    hostLogServer: "logs.example.com:19532",
    hostRemovableMedia: true,
    hostSshEnabled: true,
    hostSshUsers: ["keyops"],
    hostWorkloadUnit: "kms.service",
    hostWorkloadUser: "kms",
};

/** Ids of every host check, of any operating system, workload and choice, sorted. */
export const hostChecks: readonly string[] = [
    ...new Set(
        operatingSystems.flatMap((system) =>
            workloads.flatMap((software) =>
                buildHostProfile({
                    operatingSystem: system.id,
                    workload: software.id,
                    parameters: everything,
                }).checks.map(({ id }) => id),
            ),
        ),
    ),
].sort();
