import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { findLocation } from "./location";
import { announceMissingPatches } from "./patching/announcements";
import { createBaseline } from "./patching/baseline";
import { createRings } from "./patching/create-rings";
import { patchSourceOf } from "./patching/patch-source";
import { ringsOf } from "./patching/rings";
import { createScan, scanCommand } from "./patching/scan";
import { defaultOperatingSystems, validateKeyServerPatchingArgs } from "./patching/validate";
import { permissionsBoundary } from "./permissions-boundary";
import { readyAfter } from "./readiness";
import { refuse } from "./validation/refuse";

/** Servers that are patched together. */
export interface KeyServerPatchRingArgs {
    /** Name of the ring, such as `canary`: lower case letters, digits and hyphens. */
    name: string;
    /** Names of its servers, each in one ring only. */
    servers: string[];
    /** Six-field cron expression of its window. Defaults to Sundays at 03:00 for the first ring, Tuesdays for the second, Thursdays for the third. */
    schedule?: pulumi.Input<string>;
    /** Length of its window in hours, 2 to 24. Defaults to `windowHours`. */
    windowHours?: number;
}

/** Arguments of `KeyServerPatching`. */
export interface KeyServerPatchingArgs {
    /**
     * Rings in the order in which they are patched, the canary first; at least two. Production rings install exactly what the canary
     * proved. Defaults to one ring of all servers, which installs what the baseline approves and proves nothing.
     */
    rings?: KeyServerPatchRingArgs[];
    /** Id of the key-management software, which is drained before patching and must be healthy after. Defaults to none. */
    workload?: string;
    /** ARN of the key that encrypts promoted lists, such as `secretKeyArn` of `KeyServerEncryption`; required with rings. */
    listKeyArn?: pulumi.Input<string>;
    /** ARN of the key that encrypts the log of decisions, such as `logKeyArn` of `KeyServerEncryption`; required with rings. */
    logKeyArn?: pulumi.Input<string>;
    /** ARN of a topic that is told of promotions, held production and missing patches. Defaults to telling nobody. */
    notificationTopicArn?: pulumi.Input<string>;
    /** Whole hours that the canary must stay healthy after its window. Defaults to the catalog's `patchSoakHours`, 24. */
    soakHours?: number;
    /**
     * Ids of the operating systems of the servers, all patched in one way: by Patch Manager, with a baseline each, or by Keyward's own
     * installer where Patch Manager lacks them. With rings exactly one: a list pins the packages of one system. Defaults to
     * `amazon-linux-2023` alone.
     */
    operatingSystems?: string[];
    /** ARN of the log group that takes the output of patch runs. */
    patchLogGroupArn: pulumi.Input<string>;
    /** Six-field cron expression of the only ring's window. Defaults to Sundays at 03:00, `cron(0 3 ? * SUN *)`. */
    installSchedule?: pulumi.Input<string>;
    /** Time zone of the windows in IANA's spelling. Defaults to `Etc/UTC`. */
    timeZone?: pulumi.Input<string>;
    /** Length of the windows in hours, 2 to 24. Defaults to 4. */
    windowHours?: number;
    /** Six-field cron expression of the patch scan. Defaults to every day at 01:00, `cron(0 1 ? * * *)`. */
    scanSchedule?: pulumi.Input<string>;
    /** Whether everything can be destroyed at once; for throw-away stacks only. Defaults to false. */
    disposable?: boolean;
    /** ARN of an IAM policy that bounds what the roles that patch and promote can ever do. Defaults to a new one that allows what they need. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child that takes tags. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Patching of key servers by Systems Manager: a baseline per operating system, a daily scan, and rings that are patched one after the
 * other. The canary ring installs what the baseline approves; when it has proved itself, the promotion lets production install exactly
 * that, server by server; otherwise production is held and people are told.
 *
 * @example
 * const patching = new keyward.KeyServerPatching("vault", {
 *     rings: [
 *         { name: "canary", servers: ["vault-1"] },
 *         { name: "production", servers: ["vault-2", "vault-3"] },
 *     ],
 *     workload: "vault",
 *     listKeyArn: encryption.secretKeyArn,
 *     logKeyArn: encryption.logKeyArn,
 *     patchLogGroupArn: auditLog.patchLogGroupArn,
 *     notificationTopicArn: auditLog.alarmTopicArn,
 * });
 */
export class KeyServerPatching extends pulumi.ComponentResource {
    /** Value of the tag `PatchGroup` of the last ring's servers. Whatever uses it is created after the baselines. */
    public readonly patchGroup: pulumi.Output<string>;
    /** Name of a server → value of the tag `PatchGroup` that it must carry; empty without rings. */
    public readonly serverPatchGroups: pulumi.Output<Record<string, string>>;
    /** Ids of the baselines, one per operating system in the order of the arguments; empty where our own installer patches. */
    public readonly baselineIds: pulumi.Output<string>[];
    /** Id of the last ring's window. */
    public readonly installWindowId: pulumi.Output<string>;
    /** The window of the last ring. */
    public readonly installWindow: aws.ssm.MaintenanceWindow;
    /** Ids of the windows, in the order of the rings. */
    public readonly windowIds: pulumi.Output<string>[];
    /** The daily scan. */
    public readonly scan: aws.ssm.Association;
    /** The Automation document that promotes or holds; absent without rings. */
    public readonly promotion?: aws.ssm.Document;
    /** The Automation document of an emergency; absent without rings. */
    public readonly emergency?: aws.ssm.Document;
    /** Path of the parameters that `keyward patch status|hold|release|emergency` reads; empty without rings. */
    public readonly parameterPath: pulumi.Output<string>;

    public constructor(
        name: string,
        args: KeyServerPatchingArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerPatching", name, validateKeyServerPatchingArgs(args));
        super("keyward:index:KeyServerPatching", name, args, opts);
        const location = findLocation(this, args.region);
        const rings = ringsOf(name, args);
        const systems = args.operatingSystems ?? defaultOperatingSystems;
        const source = patchSourceOf(systems);
        // Our own installer reads no baseline.
        const baselines =
            source === "patch-manager"
                ? systems.map((id) => createBaseline(name, id, rings, args, this))
                : [];
        const scan = scanCommand(name, source, location);
        const permissionsBoundaryArn = permissionsBoundary(`${name}-patching`, args, this);
        const made = createRings(
            name,
            rings,
            source,
            scan,
            { ...args, permissionsBoundaryArn },
            location,
            this,
        );
        announceMissingPatches(name, source, args, this);
        const memberships = baselines.flatMap((baseline) => baseline.memberships);
        this.patchGroup = readyAfter(rings.at(-1)?.group ?? "", memberships);
        this.serverPatchGroups = this.patchGroup.apply(() =>
            Object.fromEntries(
                rings.flatMap(({ servers, group }) => servers.map((server) => [server, group])),
            ),
        );
        this.baselineIds = baselines.map(({ baseline }) => baseline.id);
        this.installWindow = made.lastWindow;
        this.installWindowId = made.lastWindow.id;
        this.windowIds = made.windows.map((window) => window.id);
        this.scan = createScan(
            name,
            rings.map(({ group }) => group),
            source,
            scan,
            args,
            this,
        );
        this.promotion = made.promotion?.document;
        this.emergency = made.promotion?.emergency;
        this.parameterPath = pulumi.output(made.parameterPath);
        this.registerOutputs({
            patchGroup: this.patchGroup,
            serverPatchGroups: this.serverPatchGroups,
            baselineIds: this.baselineIds,
            installWindowId: this.installWindowId,
            installWindow: this.installWindow,
            windowIds: this.windowIds,
            scan: this.scan,
            promotion: this.promotion,
            emergency: this.emergency,
            parameterPath: this.parameterPath,
        });
    }
}
