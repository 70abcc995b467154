import type { KeyServerArgs, KeyServerLogGroupsArgs } from "../key-server";
import { problemsOfArn } from "../validation/arn";
import { problemsOfFormat } from "../validation/format";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfId } from "../validation/resource-id";

/** Problems of what a server stands on: place, logs, key, topic, patch group and scripts. */
export function problemsOfSurroundings(args: KeyServerArgs): readonly Problem[] {
    const { placement } = args;
    return [
        ...problemsOfId("placement.vpcId", placement.vpcId, "vpc"),
        ...problemsOfId("placement.subnetId", placement.subnetId, "subnet"),
        ...problemsOfId(
            "placement.endpointClientSecurityGroupId",
            placement.endpointClientSecurityGroupId,
            "sg",
        ),
        ...problemsOfId("securityGroupId", args.securityGroupId, "sg"),
        ...problemsOfLogGroups("logGroups", args.logGroups),
        ...problemsOfArn("volumeKeyArn", known(args.volumeKeyArn), "kms"),
        ...problemsOfArn("alarmTopicArn", known(args.alarmTopicArn), "sns"),
        ...problemsOfPatchGroup(known(args.patchGroup)),
        ...(args.bundles ?? []).flatMap(({ bucket, key, sha256 }, index) => [
            ...problemsOfFormat(`bundles[${index}].bucket`, bucket, "bucketName"),
            ...problemsOfFormat(`bundles[${index}].key`, key, "objectKey"),
            ...problemsOfHash(`bundles[${index}].sha256`, known(sha256)),
        ]),
    ];
}

/** Problems of the log groups that servers write to. */
export function problemsOfLogGroups(
    propertyPath: string,
    groups: KeyServerLogGroupsArgs,
): readonly Problem[] {
    const names = [
        "systemLogGroupArn",
        "securityLogGroupArn",
        "applicationLogGroupArn",
        "sessionLogGroupArn",
        "patchLogGroupArn",
    ] as const;
    return names.flatMap((name) =>
        problemsOfArn(`${propertyPath}.${name}`, known(groups[name]), "logs"),
    );
}

/** Problems of the value of the tag `PatchGroup`; none for one that is absent or not known yet. */
export function problemsOfPatchGroup(group: string | undefined): readonly Problem[] {
    // Source: Amazon EC2 user guide, tag restrictions.
    return group === undefined || /^[\p{L}\p{N} _.:/=+@-]{1,256}$/u.test(group)
        ? []
        : [
              {
                  propertyPath: "patchGroup",
                  reason: `patchGroup must be a tag's value of 1 to 256 letters, digits, spaces and _ . : / = + - @, got ${show(group)}`,
              },
          ];
}

function problemsOfHash(propertyPath: string, sha256: string | undefined): readonly Problem[] {
    return sha256 === undefined || /^[0-9a-f]{64}$/.test(sha256)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be a SHA-256 of 64 hexadecimal digits in lower case, got ${show(sha256)}`,
              },
          ];
}
