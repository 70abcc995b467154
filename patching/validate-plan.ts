import { occurrences, unreliableTimes } from "../aws/schedule/occurrences";
import type { MaintenanceWindow, PatchingPlan, PlanProblem, Ring } from "./patching-plan";
import { firstAtOrAfter, nextRun, nextRunFrom } from "./next-run";
import { rollOut } from "./rollout";

const hour = 3_600_000;
const day = 24 * hour;
const checkedDays = 2 * 366;

/**
 * All that is wrong with a plan: windows that never come, times that a clock change skips, rings that overlap or come in the wrong
 * order at any time of the next two years, servers in two rings, a canary that is the whole cluster.
 */
export function validatePatchingPlan(plan: PatchingPlan, from: Date): readonly PlanProblem[] {
    const rings = [
        { path: "canary", ring: plan.canary },
        ...plan.production.map((ring, index) => ({ path: `production[${index}]`, ring })),
    ];
    const problems = [
        ...rings.flatMap(({ path, ring }) => validateRing(path, ring, from)),
        ...sharedServers(rings),
    ];
    if (plan.production.length === 0) {
        problems.push({
            propertyPath: "production",
            reason: "production must have at least one ring: a canary that is the whole cluster proves nothing",
        });
    }
    return problems.length > 0 ? problems : validateOrder(plan, from);
}

function validateRing(path: string, ring: Ring, from: Date): PlanProblem[] {
    const problems: PlanProblem[] = [];
    const say = (property: string, reason: string): void => {
        problems.push({ propertyPath: `${path}.${property}`, reason });
    };
    if (ring.servers.length === 0) {
        say("servers", `ring ${ring.name} must have at least one server`);
    }
    problems.push(...validateWindow(`${path}.window`, ring.window, from));
    return problems;
}

function validateWindow(path: string, window: MaintenanceWindow, from: Date): PlanProblem[] {
    const problems: PlanProblem[] = [];
    const { schedule, durationHours, cutoffHours } = window;
    if (!Number.isInteger(durationHours) || durationHours < 1 || durationHours > 24) {
        problems.push({
            propertyPath: `${path}.durationHours`,
            reason: `durationHours must be a whole number from 1 to 24, got ${durationHours}`,
        });
    }
    if (!Number.isInteger(cutoffHours) || cutoffHours < 0 || cutoffHours >= durationHours) {
        problems.push({
            propertyPath: `${path}.cutoffHours`,
            reason: `cutoffHours must be a whole number from 0 to below durationHours (${durationHours}), got ${cutoffHours}`,
        });
    }
    const until = new Date(from.getTime() + checkedDays * day);
    const [unreliable] = unreliableTimes(schedule, from, until);
    if (unreliable !== undefined) {
        problems.push({
            propertyPath: `${path}.schedule`,
            reason: `the window falls at ${unreliable.toISOString().slice(0, 16)} in ${schedule.timeZone}, a time that a clock change skips or shows twice; choose a time outside the hour of the change`,
        });
    }
    if (schedule.expression.kind === "rate" && schedule.startsAt === undefined) {
        problems.push({
            propertyPath: `${path}.schedule`,
            reason: "a window with rate(…) must have a start date, or nobody can tell when it runs; give startDate or use cron(…)",
        });
    } else if (nextRun(schedule, from.getTime()) === undefined) {
        problems.push({
            propertyPath: `${path}.schedule`,
            reason: `the window never comes after ${from.toISOString()}`,
        });
    }
    return problems;
}

function sharedServers(rings: readonly { path: string; ring: Ring }[]): PlanProblem[] {
    const owners = new Map<string, string>();
    const problems: PlanProblem[] = [];
    for (const { path, ring } of rings) {
        for (const [index, server] of ring.servers.entries()) {
            const owner = owners.get(server);
            if (owner === undefined) {
                owners.set(server, ring.name);
            } else {
                problems.push({
                    propertyPath: `${path}.servers[${index}]`,
                    reason: `server ${server} must be in one ring only, it is in ${owner} and in ${ring.name}`,
                });
            }
        }
    }
    return problems;
}

/** Every canary window of the next two years must be followed by the rings in their order, none before the soak ends. */
function validateOrder(plan: PatchingPlan, from: Date): PlanProblem[] {
    const until = new Date(from.getTime() + checkedDays * day);
    const problems = new Map<string, PlanProblem>();
    const windows = plan.production.map((ring) =>
        [...occurrences(ring.window.schedule, from, until)].map(({ at }) => at),
    );
    const next = nextRunFrom(from);
    for (const { at } of occurrences(plan.canary.window.schedule, from, until)) {
        const rollout = rollOut(plan, at, next);
        if ("waitingFor" in rollout) {
            continue;
        }
        for (const [index, ring] of plan.production.entries()) {
            const early = firstBetween(
                windows[index] ?? [],
                at - ring.window.durationHours * hour,
                rollout.promoted,
            );
            const propertyPath = `production[${index}].window.schedule`;
            if (early !== undefined && !problems.has(propertyPath)) {
                problems.set(propertyPath, {
                    propertyPath,
                    reason: `ring ${ring.name} must not run between the canary's window and the end of its soak (${show(at)} to ${show(rollout.promoted)}), it runs at ${show(early)}`,
                });
            }
        }
        validateRingOrder(plan, windows, rollout.promoted, problems);
    }
    return [...problems.values()];
}

/** After a promotion, a later ring's first window must not come before the earlier ring's window has ended. */
function validateRingOrder(
    plan: PatchingPlan,
    windows: readonly (readonly number[])[],
    promoted: number,
    problems: Map<string, PlanProblem>,
): void {
    let previous: { readonly ring: Ring; readonly ends: number } | undefined;
    for (const [index, ring] of plan.production.entries()) {
        const starts = firstBetween(windows[index] ?? [], promoted, Infinity);
        if (starts === undefined) {
            return;
        }
        const propertyPath = `production[${index}].window.schedule`;
        if (previous !== undefined && starts < previous.ends && !problems.has(propertyPath)) {
            problems.set(propertyPath, {
                propertyPath,
                reason: `ring ${ring.name} must run after ring ${previous.ring.name} has ended (${show(previous.ends)}), it runs at ${show(starts)}`,
            });
        }
        previous = { ring, ends: starts + ring.window.durationHours * hour };
    }
}

/** First run after `after` and before `before`. */
function firstBetween(runs: readonly number[], after: number, before: number): number | undefined {
    const found = runs[firstAtOrAfter(runs, after + 1)];
    return found !== undefined && found < before ? found : undefined;
}

function show(moment: number): string {
    return new Date(moment).toISOString().slice(0, 16) + "Z";
}
