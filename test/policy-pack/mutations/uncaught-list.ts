import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { graphEdits } from "./graph-edits";
import { operators } from "./operators";
import type { Change } from "./every-change";

/** Changes that no policy has to catch, or that none catches yet, with the reason. */
export interface UncaughtChanges {
    readonly reason: string;
    /** Type token; `*` stands for any run of characters, here, in names and in paths. */
    readonly type: string;
    readonly path: string;
    /** Names of resources; all where it is absent. */
    readonly names: readonly string[];
    /** Ways of changing; all where it is absent. */
    readonly operators: readonly string[];
}

interface Group {
    readonly reason: string;
    readonly leaves: readonly {
        readonly types: readonly string[];
        /** Absent for edits of whole resources. */
        readonly paths?: readonly string[];
        readonly names?: readonly string[];
        readonly operators?: readonly string[];
    }[];
}

/** The reviewed list: `neutral` changes weaken nothing, `open` ones do and wait for a policy. */
export function uncaughtChanges(section: "neutral" | "open"): readonly UncaughtChanges[] {
    const text = readFileSync(join(__dirname, "uncaught-changes.yaml"), "utf8");
    const groups = (parse(text) as Readonly<Record<string, readonly Group[]>>)[section] ?? [];
    return groups.flatMap(({ reason, leaves }) =>
        leaves.flatMap(({ types, paths = [""], names = ["*"], operators: ways }) =>
            types.flatMap((type) =>
                paths.map((path) => ({
                    reason,
                    type,
                    path,
                    names,
                    operators: ways ?? (path === "" ? graphEdits : operators),
                })),
            ),
        ),
    );
}

/** Whether an entry stands for a change. */
export function covers(entry: UncaughtChanges, change: Change): boolean {
    return (
        entry.operators.includes(change.operator) &&
        matches(entry.type, change.type) &&
        matches(entry.path, change.path) &&
        entry.names.some((name) => matches(name, change.name))
    );
}

const expressions = new Map<string, RegExp>();

function matches(glob: string, text: string): boolean {
    const known =
        expressions.get(glob) ??
        new RegExp(
            `^${glob
                .split("*")
                .map((part) => part.replaceAll(/[.[\]{}$()+?^|\\]/g, "\\$&"))
                .join(".*")}$`,
        );
    expressions.set(glob, known);
    return known.test(text);
}
