import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Change } from "./every-change";

/** What policies catch, by type, place (or name of the resource, for edits of the graph) and policy: the ways of changing, with blanks between. */
type GuardRecord = Readonly<Record<string, Readonly<Record<string, PolicyWays>>>>;
type PolicyWays = Readonly<Record<string, string>>;

/** The record of a stack, which people review: `test/fixtures/guards/STACK.yaml`. */
export function recordedGuards(stack: string): GuardRecord {
    return parse(readFileSync(fileOf(stack), "utf8")) as GuardRecord;
}

export function writeGuards(stack: string, record: GuardRecord): void {
    const head = "# Written by KEYWARD_WRITE_GUARDS=1 npm run test:leaves; read the difference.\n";
    writeFileSync(fileOf(stack), head + stringify(record, { indent: 4, lineWidth: 0 }));
}

/** The record of what was caught. */
export function guardsIn(changes: readonly Change[]): GuardRecord {
    const ways = new Map<string, Map<string, Map<string, Set<string>>>>();
    for (const change of changes) {
        const { type, name, path, caughtBy } = change;
        for (const policy of caughtBy) {
            const places = entry(ways, type, () => new Map<string, Map<string, Set<string>>>());
            const policies = entry(places, path || name, () => new Map<string, Set<string>>());
            entry(policies, policy, () => new Set<string>()).add(wayOf(change));
        }
    }
    return sorted(ways, (places) =>
        sorted(places, (policies) => sorted(policies, (found) => [...found].sort().join(" "))),
    );
}

/** What the record says is caught and no longer is, as lines. A place that is no more is not asked for. */
export function lostGuards(recorded: GuardRecord, changes: readonly Change[]): readonly string[] {
    const made = new Set(
        changes.map((change) => `${change.type} ${change.path || change.name} ${wayOf(change)}`),
    );
    const found = guardsIn(changes);
    return Object.entries(recorded).flatMap(([type, places]) =>
        Object.entries(places).flatMap(([place, policies]) =>
            Object.entries(policies).flatMap(([policy, ways]) => {
                const now = new Set(found[type]?.[place]?.[policy]?.split(" "));
                return ways
                    .split(" ")
                    .filter((way) => made.has(`${type} ${place} ${way}`) && !now.has(way))
                    .map((way) => `${type} ${place} ${way}: ${policy}`);
            }),
        ),
    );
}

function wayOf({ operator }: Change): string {
    return operator.replaceAll(" ", "-");
}

function fileOf(stack: string): string {
    return join(__dirname, "../../fixtures/guards", `${stack}.yaml`);
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
}

function sorted<V, R>(map: ReadonlyMap<string, V>, value: (inner: V) => R): Record<string, R> {
    return Object.fromEntries(
        [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([k, v]) => [k, value(v)]),
    );
}
