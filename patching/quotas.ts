import { occurrences } from "../aws/schedule/occurrences";
import type { MaintenanceWindow, Ring } from "./patching-plan";

/** How much of something one account and region take. */
export interface Quota {
    readonly what: string;
    readonly most: number;
}

/** Limits that bind fleets first. Source: AWS General Reference, "Systems Manager endpoints and quotas" and "IAM quotas". */
export const quotas = {
    maintenanceWindows: { what: "maintenance windows", most: 50 },
    concurrentWindows: { what: "maintenance windows open at once", most: 5 },
    targetsOfTask: { what: "targets of one task", most: 10 },
    patchBaselines: { what: "patch baselines", most: 50 },
    patchGroupsOfBaseline: { what: "patch groups of one baseline", most: 25 },
    associations: { what: "State Manager associations", most: 2000 },
    resourceDataSyncs: { what: "resource data syncs", most: 5 },
    managedNodes: { what: "managed nodes", most: 2400 },
    roles: { what: "IAM roles", most: 1000 },
} as const satisfies Record<string, Quota>;

/** Above this share of a quota the fleet is warned. */
const warnedShare = 0.8;

const hour = 3_600_000;
const day = 24 * hour;
/** Windows come by the week or the month. */
const checkedDays = 35;

/** How long a server is usually down for its patches and the restart. */
export const minutesPerServer = 20;

/** What to say of a count that is close to its quota or above it; undefined for one that is far below. */
export function nearQuota(count: number, { what, most }: Quota): string | undefined {
    return count > warnedShare * most
        ? `${count} ${what}, an account and region take ${most}: divide the fleet by account`
        : undefined;
}

/** The most windows that are open at the same moment within five weeks. */
export function windowsOpenAtOnce(windows: readonly MaintenanceWindow[], from: Date): number {
    const until = new Date(from.getTime() + checkedDays * day);
    const changes = windows.flatMap(({ schedule, durationHours }) =>
        [...occurrences(schedule, from, until)].flatMap(({ at }) => [
            { at, by: 1 },
            { at: at + durationHours * hour, by: -1 },
        ]),
    );
    // A window that ends makes room for one that begins at that moment.
    changes.sort((a, b) => a.at - b.at || a.by - b.by);
    let open = 0;
    let most = 0;
    for (const { by } of changes) {
        open += by;
        most = Math.max(most, open);
    }
    return most;
}

/**
 * What to say of a window in which not every server has its turn: its task works on `atOnce` servers at a time and begins none after the
 * cutoff. Undefined for one that can finish.
 */
export function cannotFinish(
    { name, servers, window }: Ring,
    atOnce: number,
    minutes: number = minutesPerServer,
): string | undefined {
    const beforeCutoff = (window.durationHours - window.cutoffHours) * 60;
    const turns = Math.min(
        Math.floor(beforeCutoff / minutes) + 1,
        Math.floor((window.durationHours * 60) / minutes),
    );
    const most = turns * atOnce;
    return servers.length > most
        ? `the window of ring ${name} cannot finish: it takes ${most} servers at ${minutes} minutes each, ${atOnce} at a time, and has ${servers.length}`
        : undefined;
}

/** Servers at a time: a count, or a percentage, of which Systems Manager takes at least one server. NaN for anything else. */
export function serversAtOnce(maxConcurrency: string, servers: number): number {
    const percent = /^(\d+)%$/.exec(maxConcurrency)?.[1];
    return percent === undefined
        ? Number(maxConcurrency)
        : Number(percent) === 0
          ? 0
          : Math.max(1, Math.ceil((Number(percent) * servers) / 100));
}

/** What a plan runs into by itself: windows that cannot finish, and counts close to a quota. */
export function planWarnings(
    rings: readonly { readonly ring: Ring; readonly maxConcurrency: string }[],
    from: Date,
): readonly string[] {
    const servers = rings.reduce((sum, { ring }) => sum + ring.servers.length, 0);
    const windows = rings.map(({ ring }) => ring.window);
    return [
        ...rings.map(({ ring, maxConcurrency }) => {
            const atOnce = serversAtOnce(maxConcurrency, ring.servers.length);
            // A task without a readable rate is taken to work on one server at a time.
            return cannotFinish(ring, atOnce >= 1 ? atOnce : 1);
        }),
        nearQuota(windows.length, quotas.maintenanceWindows),
        nearQuota(windows.length, quotas.patchGroupsOfBaseline),
        nearQuota(servers, quotas.managedNodes),
        nearQuota(windowsOpenAtOnce(windows, from), quotas.concurrentWindows),
    ].filter((warning) => warning !== undefined);
}
