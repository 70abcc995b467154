import type { PinnedPatch } from "./install-override-list";
import type { CanaryReading, GateDemands, InstalledPatch } from "./reading";

/** What the gate decides: everything the canaries have proved goes on, or everything that speaks against it is said. */
export type GateDecision =
    | { readonly decision: "promote"; readonly patches: readonly PinnedPatch[] }
    | { readonly decision: "hold"; readonly reasons: readonly HoldReason[] };

/** One reason to hold production. */
export interface HoldReason {
    /** Instance id, or "" when it is not about one server. */
    readonly server: string;
    readonly check: GateCheck;
    /** What was found and what is demanded. */
    readonly found: string;
}

/** The demands of the gate, in the order in which they are asked. */
export const gateChecks = [
    "manual-hold",
    "canaries-present",
    "agent-online",
    "scan-fresh",
    "patches-installed",
    "patches-missing",
    "patches-failed",
    "reboot-pending",
    "repositories-reached",
    "host-audit-clean",
    "workload-healthy",
    "canaries-agree",
] as const;
export type GateCheck = (typeof gateChecks)[number];

const minute = 60_000;
const hour = 60 * minute;

/**
 * Decides whether production may install what the canaries run. Data that is missing, old or empty holds; comparisons are written so that
 * an unknown moment (NaN) holds too.
 */
export function decide(readings: readonly CanaryReading[], demands: GateDemands): GateDecision {
    const reasons: HoldReason[] = [];
    if (demands.manualHold !== "") {
        reasons.push({ server: "", check: "manual-hold", found: demands.manualHold });
    }
    if (demands.canaries.length === 0) {
        reasons.push({ server: "", check: "canaries-present", found: "the ring has no canary" });
    }
    for (const server of demands.canaries) {
        const reading = readings.find((candidate) => candidate.server === server);
        if (reading === undefined) {
            reasons.push({ server, check: "canaries-present", found: "nothing was read of it" });
        } else {
            for (const { check, judge } of serverChecks) {
                const found = judge(reading, demands);
                if (found !== undefined) {
                    reasons.push({ server, check, found });
                }
            }
        }
    }
    const patches = commonPatches(
        readings.filter(({ server }) => demands.canaries.includes(server)),
        reasons,
    );
    return reasons.length > 0 ? { decision: "hold", reasons } : { decision: "promote", patches };
}

interface ServerCheck {
    readonly check: GateCheck;
    /** What speaks against a promotion; undefined when nothing does. */
    readonly judge: (reading: CanaryReading, demands: GateDemands) => string | undefined;
}

const notRead = "it could not be read";

const serverChecks: readonly ServerCheck[] = [
    {
        check: "agent-online",
        judge: ({ agent }, { now, agentSilenceMinutes }) => {
            if (agent === undefined) {
                return notRead;
            }
            const silentMinutes = Math.round((now - agent.lastPingAt) / minute);
            return agent.pingStatus !== "Online" || !(silentMinutes <= agentSilenceMinutes)
                ? `the agent is ${agent.pingStatus} and was heard ${silentMinutes} minutes ago, at most ${agentSilenceMinutes} are allowed`
                : undefined;
        },
    },
    {
        check: "scan-fresh",
        judge: ({ patchState }, { windowEndedAt, now }) => {
            if (patchState === undefined) {
                return notRead;
            }
            const { startedAt, endedAt } = patchState;
            return !(startedAt >= windowEndedAt && endedAt <= now && endedAt >= startedAt)
                ? `the newest patch scan ran from ${show(startedAt)} to ${show(endedAt)}, it must begin after the window's end at ${show(windowEndedAt)}`
                : undefined;
        },
    },
    {
        check: "patches-installed",
        judge: ({ patchState, patches }) => {
            if (patchState === undefined || patches === undefined) {
                return notRead;
            }
            const listed = patches.filter(({ state }) => state === "Installed").length;
            if (patchState.installed === 0 || listed === 0) {
                return "the scan counts no installed patch: it did not see the repositories";
            }
            return listed !== patchState.installed
                ? `the scan counts ${patchState.installed} installed patches and ${listed} were listed: a page is missing`
                : undefined;
        },
    },
    countCheck("patches-missing", "missing", "approved patches are missing"),
    countCheck("patches-failed", "failed", "patches failed"),
    countCheck("reboot-pending", "installedPendingReboot", "patches wait for a reboot"),
    {
        check: "repositories-reached",
        judge: ({ repositoryWarnings }) =>
            repositoryWarnings === undefined
                ? notRead
                : repositoryWarnings.length > 0
                  ? `a repository was not reached: ${repositoryWarnings[0] ?? ""}`
                  : undefined,
    },
    {
        check: "host-audit-clean",
        judge: ({ hostAudit }, { windowEndedAt }) => {
            if (hostAudit === undefined) {
                return notRead;
            }
            if (!(hostAudit.at >= windowEndedAt) || hostAudit.checks === 0) {
                return `the newest host audit is of ${show(hostAudit.at)} with ${hostAudit.checks} checks, it must follow the window's end at ${show(windowEndedAt)}`;
            }
            return hostAudit.failed > 0
                ? `${hostAudit.failed} of ${hostAudit.checks} host checks fail`
                : undefined;
        },
    },
    { check: "workload-healthy", judge: judgeHealth },
];

function countCheck(
    check: GateCheck,
    count: "missing" | "failed" | "installedPendingReboot",
    what: string,
): ServerCheck {
    return {
        check,
        judge: ({ patchState }) =>
            patchState === undefined
                ? notRead
                : patchState[count] > 0
                  ? `${patchState[count]} ${what}`
                  : undefined,
    };
}

/** Healthy means: every answer through the soak was, and there is no gap in them. */
function judgeHealth({ health }: CanaryReading, demands: GateDemands): string | undefined {
    if (health === undefined) {
        return notRead;
    }
    const soakEnds = demands.windowEndedAt + demands.soakHours * hour;
    if (demands.now < soakEnds) {
        return `the soak lasts until ${show(soakEnds)}`;
    }
    const sick = health.find(({ at, healthy }) => at >= demands.windowEndedAt && !healthy);
    if (sick !== undefined) {
        return `the workload was not healthy at ${show(sick.at)}`;
    }
    const allowedGap = 2 * demands.healthIntervalMinutes * minute;
    let heard = demands.windowEndedAt;
    const answers = health.map(({ at }) => at).filter((at) => at >= heard && at <= soakEnds);
    for (const at of [...answers, soakEnds]) {
        if (at - heard > allowedGap) {
            return `nobody heard of the workload from ${show(heard)} to ${show(at)}, it must be asked every ${demands.healthIntervalMinutes} minutes`;
        }
        heard = at;
    }
    return undefined;
}

/**
 * The patches that every canary runs in the same versions; a difference is a reason to hold. A package may be installed in several
 * versions at once, as kernels are.
 */
function commonPatches(
    readings: readonly CanaryReading[],
    reasons: HoldReason[],
): readonly PinnedPatch[] {
    const [first, ...others] = readings.map(({ server, patches = [] }) => ({
        server,
        titles: titlesById(patches),
    }));
    if (first === undefined) {
        return [];
    }
    for (const other of others) {
        for (const id of new Set([...first.titles.keys(), ...other.titles.keys()])) {
            const here = (first.titles.get(id) ?? []).join(", ");
            const there = (other.titles.get(id) ?? []).join(", ");
            if (here !== there) {
                reasons.push({
                    server: other.server,
                    check: "canaries-agree",
                    found: `it runs ${there || `no ${id}`}, ${first.server} runs ${here || `no ${id}`}`,
                });
            }
        }
    }
    return [...first.titles].flatMap(([id, titles]) => titles.map((title) => ({ id, title })));
}

function titlesById(patches: readonly InstalledPatch[]): ReadonlyMap<string, readonly string[]> {
    const titles = new Map<string, string[]>();
    for (const { id, title, state } of patches) {
        if (state === "Installed") {
            titles.set(id, [...(titles.get(id) ?? []), title].sort());
        }
    }
    return titles;
}

function show(moment: number): string {
    return Number.isFinite(moment) ? new Date(moment).toISOString().slice(0, 19) + "Z" : "never";
}
