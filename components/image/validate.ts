import { isOperatingSystemId, operatingSystem } from "../../catalog/operating-systems";
import type { KeyServerImageArgs } from "../key-server-image";
import { defaultArchitecture, defaultOperatingSystem } from "../server/image";
import { problemsOfInstanceType, problemsOfWorkload } from "../server/validate";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfRange } from "../validation/numbers";
import { problemsOfChoice } from "../validation/choice";
import { type Problem, show } from "../validation/problems";
import { problemsOfWorkloadNames } from "../validation/workload-names";

/** Problems of the arguments of a `KeyServerImage`. */
export function validateKeyServerImageArgs(args: KeyServerImageArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("subnetId", args.subnetId, "subnetId"),
        ...problemsOfFormat(
            "endpointClientSecurityGroupId",
            args.endpointClientSecurityGroupId,
            "securityGroupId",
        ),
        ...problemsOfWorkload("workload", args.workload, false),
        ...problemsOfWorkloadNames(args),
        ...(args.servicePorts ?? []).flatMap((port, index) =>
            problemsOfRange(`servicePorts[${index}]`, port, "tcpPort"),
        ),
        ...problemsOfSystem(args),
        ...problemsOfInstanceType(args),
        ...problemsOfFormat("volumeKeyArn", args.volumeKeyArn, "keyArn"),
        ...problemsOfFormat("logKeyArn", args.logKeyArn, "keyArn"),
        ...problemsOfFormat("permissionsBoundaryArn", args.permissionsBoundaryArn, "iamArn"),
        ...problemsOfFormat("secretKeyArn", args.secretKeyArn, "keyArn"),
        ...problemsOfRange("keptImages", args.keptImages, "keptImages"),
        ...problemsOfFormat("schedule", args.schedule, "imageSchedule"),
        ...(args.sharedAccountIds ?? []).flatMap((id, index) =>
            problemsOfFormat(`sharedAccountIds[${index}]`, id, "accountId"),
        ),
    ];
}

function problemsOfSystem(args: KeyServerImageArgs): readonly Problem[] {
    const { architecture = defaultArchitecture, operatingSystem: id = defaultOperatingSystem } =
        args;
    const propertyPath = "operatingSystem";
    if (!isOperatingSystemId(id)) {
        return problemsOfChoice(propertyPath, id, "operatingSystem");
    }
    if (!operatingSystem(id).supportedBy.imageBuilder) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must be a system that EC2 Image Builder supports, got ${show(id)} (docs/support.md)`,
            },
        ];
    }
    return problemsOfChoice("architecture", architecture, "architecture");
}
