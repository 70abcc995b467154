import type { Ring } from "../patching-plan";

/** Limits of one account and region that bind fleets first. Source: AWS General Reference, Systems Manager endpoints and quotas. */
const quotas = {
    maintenanceWindows: 50,
    concurrentWindowExecutions: 5,
    patchGroupsPerBaseline: 25,
    managedNodes: 2400,
} as const;

/**
 * What a plan runs into: windows that cannot finish when each server takes so many minutes one after the other, more windows than an
 * account has, more nodes than it manages.
 */
export function quotaWarnings(rings: readonly Ring[], minutesPerServer: number): readonly string[] {
    const servers = rings.reduce((sum, ring) => sum + ring.servers.length, 0);
    return [
        ...rings.flatMap(({ name, servers: own, window }) => {
            const startable = (window.durationHours - window.cutoffHours) * 60;
            const fit = Math.floor(startable / minutesPerServer) + 1;
            const whole = Math.floor((window.durationHours * 60) / minutesPerServer);
            const most = Math.min(fit, whole);
            return own.length > most
                ? [
                      `Ring ${name} cannot finish: ${own.length} servers at ${minutesPerServer} minutes each, its window takes ${most}.`,
                  ]
                : [];
        }),
        ...over("maintenance windows", rings.length, quotas.maintenanceWindows),
        ...over("patch groups of one baseline", rings.length, quotas.patchGroupsPerBaseline),
        ...over("managed nodes", servers, quotas.managedNodes),
        ...overlapping(rings),
    ];
}

function over(what: string, count: number, most: number): readonly string[] {
    return count > most
        ? [`${count} ${what}: an account and region have ${most}; divide the fleet by account.`]
        : [];
}

/** Windows of the same schedule open together. */
function overlapping(rings: readonly Ring[]): readonly string[] {
    const together = new Map<string, number>();
    for (const { window } of rings) {
        const key = `${window.schedule.text} ${window.schedule.timeZone}`;
        together.set(key, (together.get(key) ?? 0) + 1);
    }
    return [...together].flatMap(([schedule, count]) =>
        count > quotas.concurrentWindowExecutions
            ? [
                  `${count} windows open at ${schedule}: ${quotas.concurrentWindowExecutions} run at a time, the others are late.`,
              ]
            : [],
    );
}
