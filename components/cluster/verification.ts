import { local } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { logGroupNameOf } from "../log-group-arn";

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
        readonly logGroupArns: readonly pulumi.Input<string>[];
    },
    dependsOn: readonly pulumi.Resource[],
    parent: pulumi.Resource,
): local.Command {
    const [firstArn = ""] = args.logGroupArns;
    const place = pulumi.output(firstArn).apply((arn) => {
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
                KEYWARD_LOG_GROUPS: joined(args.logGroupArns.map(logGroupNameOf)),
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

function joined(values: readonly pulumi.Input<string>[]): pulumi.Output<string> {
    return pulumi.all([...values]).apply((known) => known.join(","));
}
