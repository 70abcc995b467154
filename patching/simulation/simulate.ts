import type { MaintenanceWindow, Ring } from "../patching-plan";
import { nextStep } from "./clock";
import type { Release, Scenario, SimulatedEvent, SimulationResult } from "./scenario";

const minute = 60_000;
const hour = 60 * minute;

/** The list that production installs: what one canary window proved. */
interface PromotedList {
    readonly releases: ReadonlySet<string>;
}

/**
 * Plays the plan's windows, gate and quorum rules day by day over the scenario's releases and mishaps. Steps with an outside cron library;
 * shares nothing with the code that computes the bound.
 */
export function simulate(scenario: Scenario): SimulationResult {
    return new Simulation(scenario).run();
}

class Simulation {
    private readonly events: SimulatedEvent[] = [];
    private readonly installed = new Map<string, Set<string>>();
    private readonly proved = new Set<string>();
    private readonly untested = new Set<string>();
    private readonly quorumLost: number[] = [];
    private readonly arrived = new Map<string, number>();
    private readonly downUntil = new Map<string, number>();
    private readonly rings: readonly Ring[];
    private readonly lists = new Map<string, PromotedList>();

    public constructor(private readonly scenario: Scenario) {
        this.rings = [scenario.plan.canary, ...scenario.plan.production];
        for (const server of this.rings.flatMap((ring) => ring.servers)) {
            this.installed.set(server, new Set());
        }
    }

    public run(): SimulationResult {
        for (const release of this.scenario.releases) {
            this.say(release.at, "released", { releases: [release.id] });
        }
        for (const action of this.agenda()) {
            action.act();
        }
        this.events.sort((a, b) => a.at - b.at);
        return {
            events: this.events,
            arrived: this.arrived,
            untested: [...this.untested],
            quorumLost: this.quorumLost,
        };
    }

    /** Windows and promotions in the order of time; a promotion comes before a window at the same moment. */
    private *agenda(): Generator<{ at: number; act: () => void }> {
        const { plan, from, until } = this.scenario;
        const pending: { at: number; order: number; act: () => void }[] = [];
        const next = new Map<Ring, number>();
        const schedule = (ring: Ring, after: number): void => {
            const at = nextStep(ring.window.schedule, after);
            if (at !== undefined && at < until) {
                next.set(ring, at);
            } else {
                next.delete(ring);
            }
        };
        this.rings.forEach((ring) => schedule(ring, from));
        for (;;) {
            const [ring, at] = [...next].reduce<[Ring | undefined, number]>(
                (first, entry) => (entry[1] < first[1] ? entry : first),
                [undefined, Infinity],
            );
            pending.sort((a, b) => a.at - b.at || a.order - b.order);
            const [promotion] = pending;
            if (promotion !== undefined && promotion.at <= at) {
                pending.shift();
                yield promotion;
            } else if (ring !== undefined) {
                schedule(ring, at + 1000);
                if (ring === plan.canary) {
                    yield { at, act: () => pending.push(...this.canaryWindow(ring, at)) };
                } else {
                    yield { at, act: () => this.productionWindow(ring, at) };
                }
            } else {
                return;
            }
        }
    }

    private canaryWindow(
        ring: Ring,
        startsAt: number,
    ): { at: number; order: number; act: () => void }[] {
        if (!this.opens(ring, startsAt)) {
            return [];
        }
        const approved = this.scenario.releases.filter(
            (release) => this.approvedAt(release) <= startsAt,
        );
        const wanted = new Set(approved.map(({ id }) => id));
        const succeeded = this.patch(ring, startsAt, wanted);
        const at = this.promotionMoment(startsAt);
        if (at === undefined) {
            return [];
        }
        const act = (): void => {
            if (!succeeded || !this.scenario.healthyThroughSoak(startsAt)) {
                this.say(at, "held", { ring: ring.name });
                return;
            }
            wanted.forEach((id) => this.proved.add(id));
            const first = this.scenario.plan.production[0];
            if (first !== undefined) {
                this.lists.set(first.name, { releases: wanted });
            }
            this.say(at, "promoted", { ring: ring.name, releases: [...wanted] });
        };
        return [{ at, order: 0, act }];
    }

    private productionWindow(ring: Ring, startsAt: number): void {
        if (!this.opens(ring, startsAt)) {
            return;
        }
        const list = this.lists.get(ring.name);
        if (list === undefined) {
            this.say(startsAt, "nothing-to-do", { ring: ring.name });
            return;
        }
        if (this.patch(ring, startsAt, list.releases)) {
            const index = this.scenario.plan.production.indexOf(ring);
            const following = this.scenario.plan.production[index + 1];
            if (following !== undefined) {
                this.lists.set(following.name, list);
            }
        }
    }

    /**
     * Patches the servers of a ring, so many at a time as its task's rate says; begins none after the first failure, nor after the cutoff. True
     * when all are done.
     */
    private patch(ring: Ring, startsAt: number, wanted: ReadonlySet<string>): boolean {
        const { durationHours, cutoffHours } = ring.window;
        const ends = startsAt + durationHours * hour;
        const lastStart = ends - cutoffHours * hour;
        const free = Array.from({ length: this.scenario.atOnce?.(ring.name) ?? 1 }, () => startsAt);
        let failedAt = Infinity;
        let done = 0;
        for (const [position, server] of ring.servers.entries()) {
            const at = Math.min(...free);
            if (at >= failedAt) {
                break;
            }
            const outcome = this.scenario.install({
                ring: ring.name,
                server,
                startsAt: at,
                position,
            });
            const until = at + outcome.minutes * minute;
            free[free.indexOf(at)] = until;
            if (at > lastStart || until > ends) {
                this.say(Math.min(at, ends), "window-out-of-time", { ring: ring.name, server });
                if (at > lastStart) {
                    break;
                }
                this.takeDown(server, at, ends);
                continue;
            }
            this.takeDown(server, at, until);
            if (!outcome.succeeds) {
                this.say(until, "server-failed", { ring: ring.name, server });
                failedAt = Math.min(failedAt, until);
                continue;
            }
            this.install(ring, server, wanted, until);
            done++;
        }
        return done === ring.servers.length;
    }

    private install(ring: Ring, server: string, wanted: ReadonlySet<string>, at: number): void {
        const has = this.installed.get(server) ?? new Set<string>();
        const added = [...wanted].filter((id) => !has.has(id));
        for (const id of added) {
            has.add(id);
            if (ring !== this.scenario.plan.canary && !this.proved.has(id)) {
                this.untested.add(id);
            }
        }
        this.say(at, "server-patched", { ring: ring.name, server, releases: added });
        const production = this.scenario.plan.production.flatMap(({ servers }) => servers);
        for (const id of added) {
            if (production.every((other) => this.installed.get(other)?.has(id) === true)) {
                this.arrived.set(id, at);
            }
        }
    }

    private takeDown(server: string, from: number, until: number): void {
        this.downUntil.set(server, until);
        const all = this.rings.flatMap((ring) => ring.servers);
        const up = all.filter((other) => (this.downUntil.get(other) ?? -Infinity) <= from);
        if (up.length < this.scenario.quorum) {
            this.quorumLost.push(from);
        }
    }

    private opens(ring: Ring, startsAt: number): boolean {
        const missed = this.scenario.missed(ring.name, startsAt);
        this.say(startsAt, missed ? "window-missed" : "window-opened", { ring: ring.name });
        return !missed;
    }

    private promotionMoment(canaryStarted: number): number | undefined {
        const { plan } = this.scenario;
        const ended = canaryStarted + windowMilliseconds(plan.canary.window);
        const scanned = nextStep(plan.scan, ended);
        if (scanned === undefined) {
            return undefined;
        }
        return (
            Math.max(scanned + plan.scanAllowanceMinutes * minute, ended + plan.soakHours * hour) +
            plan.promotionAllowanceMinutes * minute
        );
    }

    /** Patch Manager counts approval days in UTC: the release's day and the delay must have passed. */
    private approvedAt(release: Release): number {
        const { approvalDelayDays } = this.scenario.plan;
        if (approvalDelayDays === 0) {
            return release.at;
        }
        const released = new Date(release.at);
        return Date.UTC(
            released.getUTCFullYear(),
            released.getUTCMonth(),
            released.getUTCDate() + approvalDelayDays + 1,
        );
    }

    private say(
        at: number,
        kind: SimulatedEvent["kind"],
        about: Partial<Pick<SimulatedEvent, "ring" | "server" | "releases">>,
    ): void {
        this.events.push({ at, kind, ring: "", server: "", releases: [], ...about });
    }
}

function windowMilliseconds(window: MaintenanceWindow): number {
    return window.durationHours * hour;
}
