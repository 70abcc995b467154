import { operatingSystem, OperatingSystemId } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { acceptedWorkloadIds, isWorkloadId } from "../../catalog/workloads";
import { problemsOfParameter, problemsOfWholeNumber } from "../validation/numbers";
import { problemsOfOperatingSystem } from "../validation/operating-system";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfRings } from "./validate-rings";
import { problemsOfSchedule } from "./validate-schedule";

export const defaultOperatingSystems: readonly string[] = [OperatingSystemId.AmazonLinux2023];

/** Longest window. Source: CreateMaintenanceWindow in the Systems Manager API reference. */
const longestWindowHours = 24;

/** Problems of the arguments of a `KeyServerPatching`. */
export function validateKeyServerPatchingArgs(args: KeyServerPatchingArgs): readonly Problem[] {
    return [
        ...problemsOfSystems(args.operatingSystems),
        ...problemsOfSchedule("installSchedule", known(args.installSchedule)),
        ...problemsOfTimeZone("timeZone", known(args.timeZone)),
        ...problemsOfWholeNumber(
            "windowHours",
            args.windowHours,
            parameter("patchWindowCutoffHours").value + 1,
            longestWindowHours,
        ),
        ...problemsOfSchedule("scanSchedule", known(args.scanSchedule)),
        ...problemsOfWorkload(args.workload),
        ...problemsOfParameter("soakHours", "patchSoakHours", args.soakHours),
        ...problemsOfRings(args),
    ];
}

function problemsOfWorkload(id: string | undefined): readonly Problem[] {
    return id === undefined || isWorkloadId(id)
        ? []
        : [
              {
                  propertyPath: "workload",
                  reason: `workload must be one of ${acceptedWorkloadIds.map(show).join(", ")}, got ${show(id)}`,
              },
          ];
}

function problemsOfSystems(ids: readonly string[] | undefined): readonly Problem[] {
    if (ids === undefined) {
        return [];
    }
    const propertyPath = "operatingSystems";
    if (ids.length === 0 || new Set(ids).size < ids.length) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must name at least one operating system, each once, got ${show(ids)}`,
            },
        ];
    }
    return ids.flatMap((id, index): readonly Problem[] => {
        const path = `${propertyPath}[${index}]`;
        const unknown = problemsOfOperatingSystem(path, id);
        if (unknown.length > 0 || operatingSystem(id).supportedBy.patchManager) {
            return unknown;
        }
        return [
            {
                propertyPath: path,
                reason: `${path} must be a system that Patch Manager supports, got ${show(id)}: replace such servers by new images instead (docs/support.md)`,
            },
        ];
    });
}

function problemsOfTimeZone(propertyPath: string, zone: string | undefined): readonly Problem[] {
    if (zone === undefined) {
        return [];
    }
    try {
        new Intl.DateTimeFormat("en", { timeZone: zone });
        return [];
    } catch {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must be a time zone in IANA's spelling such as "Europe/Zurich", got ${show(zone)}`,
            },
        ];
    }
}
