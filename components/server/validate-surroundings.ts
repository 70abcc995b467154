import type { KeyServerArgs, KeyServerLogGroupsArgs } from "../key-server";
import { problemsOfFormat } from "../validation/format";
import type { Problem } from "../validation/problems";

/** Problems of what a server stands on: place, logs, key, topic, patch group and scripts. */
export function problemsOfSurroundings(args: KeyServerArgs): readonly Problem[] {
    const { placement } = args;
    return [
        ...problemsOfFormat("placement.vpcId", placement.vpcId, "vpcId"),
        ...problemsOfFormat("placement.subnetId", placement.subnetId, "subnetId"),
        ...problemsOfFormat(
            "placement.endpointClientSecurityGroupId",
            placement.endpointClientSecurityGroupId,
            "securityGroupId",
        ),
        ...problemsOfFormat("securityGroupId", args.securityGroupId, "securityGroupId"),
        ...problemsOfLogGroups("logGroups", args.logGroups),
        ...problemsOfFormat("volumeKeyArn", args.volumeKeyArn, "keyArn"),
        ...problemsOfFormat("alarmTopicArn", args.alarmTopicArn, "topicArn"),
        ...problemsOfFormat("patchGroup", args.patchGroup, "patchGroup"),
        ...(args.bundles ?? []).flatMap(({ bucket, key, sha256 }, index) => [
            ...problemsOfFormat(`bundles[${index}].bucket`, bucket, "bucketName"),
            ...problemsOfFormat(`bundles[${index}].key`, key, "objectKey"),
            ...problemsOfFormat(`bundles[${index}].sha256`, sha256, "sha256"),
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
        problemsOfFormat(`${propertyPath}.${name}`, groups[name], "logGroupArn"),
    );
}
