import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../catalog/workload";
import { archivePrefix } from "../audit-log/archive";
import type { AdoptedAuditLogArgs } from "../key-server-cluster";
import { logGroupNameOf } from "../log-group-arn";
import { auditStream } from "../server/cloudwatch-agent";

/** Command that people have on `PATH`; an absolute path would put one machine's folders into the state. */
export const defaultVerifyCommand = "keyward verify";

/** Default time for servers to come up: boot, first run of the profile within half an hour, one after the other, and a patch scan. */
export const defaultVerifyMinutes = 90;

/**
 * Runs `keyward verify` after servers came up, and fails the update when they do not. It runs again when an instance, an image or the profile
 * changes. The command does not inherit the provider's region or account, so both go by environment.
 */
export function createVerification(
    name: string,
    args: {
        readonly command: pulumi.Input<string>;
        readonly minutes: number;
        readonly instanceIds: readonly pulumi.Input<string>[];
        readonly images: readonly pulumi.Input<string>[];
        readonly profileVersion: pulumi.Input<string>;
        readonly auditLog: AdoptedAuditLogArgs;
        readonly software: Workload;
    },
    dependsOn: readonly pulumi.Resource[],
    parent: pulumi.Resource,
): local.Command {
    const { logGroups } = args.auditLog;
    const place = pulumi.output(logGroups.systemLogGroupArn).apply((arn) => {
        const [, , , region = "", account = ""] = arn.split(":");
        return { region, account };
    });
    return new local.Command(
        name,
        {
            create: args.command,
            update: args.command,
            environment: {
                KEYWARD_INSTANCE_IDS: joined(args.instanceIds),
                KEYWARD_REGION: place.region,
                KEYWARD_ACCOUNT: place.account,
                KEYWARD_LOG_GROUPS: names(
                    logGroups.systemLogGroupArn,
                    logGroups.securityLogGroupArn,
                ),
                KEYWARD_OCCASIONAL_LOG_GROUPS: names(
                    logGroups.sessionLogGroupArn,
                    logGroups.patchLogGroupArn,
                ),
                ...applicationOf(args.software, logGroups.applicationLogGroupArn),
                ...archiveOf(args.auditLog),
                KEYWARD_TIME_LIMIT_SECONDS: String(args.minutes * 60),
                KEYWARD_PROJECT: pulumi.getProject(),
                KEYWARD_STACK: pulumi.getStack(),
            },
            triggers: [...args.instanceIds, ...args.images, args.profileVersion],
            logging: local.Logging.StdoutAndStderr,
        },
        { parent, dependsOn: [...dependsOn] },
    );
}

/** Where the software's own log goes; nothing for software that writes to neither the journal nor a file. */
function applicationOf(
    { unit, auditLogPath }: Workload,
    groupArn: pulumi.Input<string>,
): Record<string, pulumi.Input<string>> {
    return {
        ...(unit !== null || auditLogPath !== null
            ? { KEYWARD_APPLICATION_LOG_GROUP: logGroupNameOf(groupArn) }
            : {}),
        ...(auditLogPath === null ? {} : { KEYWARD_AUDIT_STREAM: auditStream }),
    };
}

/** The archive whose newest object is to be locked. */
function archiveOf({
    archiveAccountId,
    archiveBucketArn,
}: AdoptedAuditLogArgs): Record<string, pulumi.Input<string>> {
    return archiveBucketArn === undefined
        ? {}
        : {
              ...(archiveAccountId === undefined
                  ? {}
                  : { KEYWARD_ARCHIVE_ACCOUNT: archiveAccountId }),
              KEYWARD_ARCHIVE: pulumi
                  .output(archiveBucketArn)
                  .apply((arn) => `${arn.split(":::")[1] ?? ""}/${archivePrefix.logs}`),
          };
}

function names(...arns: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return joined(arns.map(logGroupNameOf));
}

function joined(values: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all([...values]).apply((known) => known.join(","));
}
