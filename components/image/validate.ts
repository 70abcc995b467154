import { isOperatingSystemId, operatingSystem } from "../../catalog/operating-systems";
import type { KeyServerImageArgs } from "../key-server-image";
import {
    defaultArchitecture,
    defaultOperatingSystem,
    imageParameter,
    isArchitecture,
} from "../server/image";
import { problemsOfInstanceType, problemsOfWorkload } from "../server/validate";
import { problemsOfAccountId } from "../validation/account-id";
import { problemsOfArn } from "../validation/arn";
import { problemsOfChildren } from "../validation/format";
import { problemsOfPort, problemsOfWholeNumber } from "../validation/numbers";
import { problemsOfOperatingSystem } from "../validation/operating-system";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfId } from "../validation/resource-id";
import { problemsOfWorkloadNames } from "../validation/workload-names";

/** Problems of the arguments of a `KeyServerImage`. */
export function validateKeyServerImageArgs(args: KeyServerImageArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfId("subnetId", args.subnetId, "subnet"),
        ...problemsOfId("endpointClientSecurityGroupId", args.endpointClientSecurityGroupId, "sg"),
        ...problemsOfWorkload("workload", args.workload, false),
        ...problemsOfWorkloadNames(args),
        ...(args.servicePorts ?? []).flatMap((port, index) =>
            problemsOfPort(`servicePorts[${index}]`, port),
        ),
        ...problemsOfSystem(args),
        ...problemsOfInstanceType(args),
        ...problemsOfArn("volumeKeyArn", known(args.volumeKeyArn), "kms"),
        ...problemsOfArn("logKeyArn", known(args.logKeyArn), "kms"),
        ...problemsOfArn("permissionsBoundaryArn", known(args.permissionsBoundaryArn), "iam"),
        ...problemsOfArn("secretKeyArn", known(args.secretKeyArn), "kms"),
        ...problemsOfWholeNumber("keptImages", args.keptImages, 1, 100),
        ...(args.schedule === undefined || /^cron\(\S+( \S+){5}\)$/.test(args.schedule)
            ? []
            : [
                  {
                      propertyPath: "schedule",
                      reason: `schedule must be a cron expression of six fields such as "cron(0 4 1 * ? *)", got ${show(args.schedule)}`,
                  },
              ]),
        ...(args.sharedAccountIds ?? []).flatMap((id, index) =>
            problemsOfAccountId(`sharedAccountIds[${index}]`, id),
        ),
    ];
}

function problemsOfSystem(args: KeyServerImageArgs): readonly Problem[] {
    const { architecture = defaultArchitecture, operatingSystem: id = defaultOperatingSystem } =
        args;
    const propertyPath = "operatingSystem";
    if (!isOperatingSystemId(id)) {
        return problemsOfOperatingSystem(propertyPath, id);
    }
    if (!operatingSystem(id).supportedBy.imageBuilder) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must be a system that EC2 Image Builder supports, got ${show(id)} (docs/support.md)`,
            },
        ];
    }
    return isArchitecture(architecture) && imageParameter(args) !== undefined
        ? []
        : [
              {
                  propertyPath: "architecture",
                  reason: `architecture must be "x86_64" or "arm64", got ${show(architecture)}`,
              },
          ];
}
