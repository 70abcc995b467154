import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { findLocation } from "./location";
import { physicalName } from "./names";
import { createBaseline } from "./patching/baseline";
import { createInstallWindow } from "./patching/install-window";
import { createScan } from "./patching/scan";
import { defaultOperatingSystems, validateKeyServerPatchingArgs } from "./patching/validate";
import { readyAfter } from "./readiness";
import { refuse } from "./validation/problems";

/** Arguments of `KeyServerPatching`. */
export interface KeyServerPatchingArgs {
    /** Ids of the operating systems of the servers, each of which gets a baseline. Defaults to `amazon-linux-2023` alone. */
    operatingSystems?: string[];
    /** ARN of the log group that takes the output of patch runs. */
    patchLogGroupArn: pulumi.Input<string>;
    /** Six-field cron expression of the window in which patches are installed. Defaults to Sundays at 03:00, `cron(0 3 ? * SUN *)`. */
    installSchedule?: pulumi.Input<string>;
    /** Time zone of the window in IANA's spelling. Defaults to `Etc/UTC`. */
    timeZone?: pulumi.Input<string>;
    /** Length of the window in hours, 2 to 24. Defaults to 4. */
    windowHours?: number;
    /** Six-field cron expression of the patch scan. Defaults to every day at 01:00, `cron(0 1 ? * * *)`. */
    scanSchedule?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child that takes tags. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Patching of key servers by Systems Manager: a baseline per operating system, a patch group, a daily scan, and a window in which one
 * server after the other installs what the baseline approves.
 */
export class KeyServerPatching extends pulumi.ComponentResource {
    /** Value of the tag `PatchGroup` that servers carry to be patched. Whatever uses it is created after the baselines. */
    public readonly patchGroup: pulumi.Output<string>;
    /** Ids of the baselines, one per operating system in the order of the arguments. */
    public readonly baselineIds: pulumi.Output<string>[];
    /** Id of the window in which patches are installed. */
    public readonly installWindowId: pulumi.Output<string>;
    /** The window in which patches are installed. */
    public readonly installWindow: aws.ssm.MaintenanceWindow;
    /** The daily scan. */
    public readonly scan: aws.ssm.Association;

    public constructor(
        name: string,
        args: KeyServerPatchingArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerPatching", name, validateKeyServerPatchingArgs(args));
        super("keyward:index:KeyServerPatching", name, args, opts);
        const location = findLocation(this, args.region);
        // Patch groups exist once per account, so the value holds project and stack.
        const group = physicalName(name, "tagValue");
        const baselines = (args.operatingSystems ?? defaultOperatingSystems).map((id) =>
            createBaseline(name, id, group, args, this),
        );
        this.patchGroup = readyAfter(
            group,
            baselines.map(({ membership }) => membership),
        );
        this.baselineIds = baselines.map(({ baseline }) => baseline.id);
        this.installWindow = createInstallWindow(name, group, args, location, this);
        this.installWindowId = this.installWindow.id;
        this.scan = createScan(name, group, args, this);
        this.registerOutputs({
            patchGroup: this.patchGroup,
            baselineIds: this.baselineIds,
            installWindowId: this.installWindowId,
            installWindow: this.installWindow,
            scan: this.scan,
        });
    }
}
