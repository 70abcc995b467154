import { OperatingSystemId } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { valueSources } from "../../catalog/value-sources";
import { problemsOfChoice } from "../validation/choice";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter, problemsOfRange } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";
import { patchSourceOf } from "./patch-source";
import { problemsOfRings } from "./validate-rings";
import { problemsOfSchedule } from "./validate-schedule";

export const defaultOperatingSystems: readonly string[] = [OperatingSystemId.AmazonLinux2023];

/** Problems of the arguments of a `KeyServerPatching`. */
export function validateKeyServerPatchingArgs(args: KeyServerPatchingArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("listKeyArn", args.listKeyArn, "keyArn"),
        ...problemsOfFormat("logKeyArn", args.logKeyArn, "keyArn"),
        ...problemsOfFormat("patchLogGroupArn", args.patchLogGroupArn, "logGroupArn"),
        ...problemsOfFormat("notificationTopicArn", args.notificationTopicArn, "topicArn"),
        ...problemsOfSystems(args),
        ...problemsOfSchedule("installSchedule", known(args.installSchedule)),
        ...problemsOfTimeZone("timeZone", known(args.timeZone)),
        ...problemsOfRange("windowHours", args.windowHours, "maintenanceWindowHours", {
            from: parameter("patchWindowCutoffHours").value + 1,
        }),
        ...problemsOfSchedule("scanSchedule", known(args.scanSchedule)),
        ...problemsOfChoice("workload", args.workload, "workload"),
        ...problemsOfParameter("soakHours", "patchSoakHours", args.soakHours),
        ...problemsOfRings(args),
        ...problemsOfFormat("permissionsBoundaryArn", args.permissionsBoundaryArn, "iamArn"),
    ];
}

function problemsOfSystems({
    operatingSystems: ids,
    rings,
}: KeyServerPatchingArgs): readonly Problem[] {
    if (ids === undefined) {
        return [];
    }
    const propertyPath = "operatingSystems";
    const say = (reason: string): readonly Problem[] => [
        { propertyPath, reason: `${propertyPath} ${reason}, got ${show(ids)}` },
    ];
    if (ids.length === 0 || new Set(ids).size < ids.length) {
        return say("must name at least one operating system, each once");
    }
    const unknown = ids.flatMap((id, index) =>
        problemsOfChoice(`${propertyPath}[${index}]`, id, "operatingSystem"),
    );
    if (unknown.length > 0) {
        return unknown;
    }
    if (rings !== undefined && ids.length > 1) {
        return say(
            "must name one system only together with rings, because a promoted list pins the packages of one: make a KeyServerPatching for each",
        );
    }
    const sources = new Set(ids.map((id) => patchSourceOf([id])));
    return sources.size > 1
        ? say(
              "must all be patched in one way, by Patch Manager or by Keyward's installer (docs/support.md): make a KeyServerPatching for each way",
          )
        : [];
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
                reason: `${propertyPath} must be a time zone in IANA's spelling such as "Europe/Zurich", got ${show(zone)} (${valueSources.timeZone})`,
            },
        ];
    }
}
