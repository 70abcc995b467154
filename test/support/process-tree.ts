import { readdirSync, readFileSync } from "node:fs";

/** One running process, as Linux's `/proc` tells it. */
export interface ProcessEntry {
    readonly pid: number;
    readonly parent: number;
    /** Resident memory in bytes. */
    readonly residentBytes: number;
}

const pageBytes = 4096;

/** A process and everything that it started, directly or not; empty once it has ended. Needs `/proc`. */
export function processTree(root: number): readonly ProcessEntry[] {
    const all = readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map((name) => readProcess(Number(name)))
        .filter((entry) => entry !== undefined);
    const children = groupByParent(all);
    const found = all.filter(({ pid }) => pid === root);
    for (const { pid } of found) {
        found.push(...(children.get(pid) ?? []));
    }
    return found;
}

function groupByParent(entries: readonly ProcessEntry[]): ReadonlyMap<number, ProcessEntry[]> {
    const groups = new Map<number, ProcessEntry[]>();
    for (const entry of entries) {
        const group = groups.get(entry.parent) ?? [];
        group.push(entry);
        groups.set(entry.parent, group);
    }
    return groups;
}

function readProcess(pid: number): ProcessEntry | undefined {
    try {
        const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return {
            pid,
            parent: Number(fields[1]),
            residentBytes: Number(fields[21]) * pageBytes,
        };
    } catch {
        // it ended between the listing and the reading
        return undefined;
    }
}
