import type * as pulumi from "@pulumi/pulumi";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { physicalName } from "../names";

/** Servers that are patched together, with every default filled in. */
export interface PatchRing {
    /** Name of the ring's resources. */
    readonly resourceName: string;
    /** Value of the tag `PatchGroup`. */
    readonly group: string;
    /** `all`: the only ring, which installs what the baseline approves. */
    readonly role: "all" | "canary" | "production";
    readonly schedule: pulumi.Input<string>;
    readonly windowHours: number;
    readonly servers: readonly string[];
}

/** Sundays at 03:00; the rings behind follow when the canary has soaked for a day. */
export const defaultSchedules: readonly string[] = [
    "cron(0 3 ? * SUN *)",
    "cron(0 3 ? * TUE *)",
    "cron(0 3 ? * THU *)",
];
export const defaultWindowHours = 4;
export const defaultTimeZone = "Etc/UTC";
/** Every day at 01:00 UTC. */
export const defaultScanSchedule = "cron(0 1 ? * * *)";

/** The rings of the arguments, the canary first; patch groups exist once per account, so their values hold project and stack. */
export function ringsOf(name: string, args: KeyServerPatchingArgs): readonly PatchRing[] {
    if (args.rings === undefined) {
        return [
            {
                resourceName: `${name}-install`,
                group: physicalName(name, "tagValue"),
                role: "all",
                schedule: args.installSchedule ?? defaultSchedules[0] ?? "",
                windowHours: args.windowHours ?? defaultWindowHours,
                servers: [],
            },
        ];
    }
    return args.rings.map((ring, index) => ({
        resourceName: `${name}-${ring.name}`,
        group: physicalName(`${name}-${ring.name}`, "tagValue"),
        role: index === 0 ? "canary" : "production",
        schedule: ring.schedule ?? defaultSchedules[index] ?? "",
        windowHours: ring.windowHours ?? args.windowHours ?? defaultWindowHours,
        servers: ring.servers,
    }));
}
