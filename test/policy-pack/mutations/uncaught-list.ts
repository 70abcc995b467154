import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { operators, type Operator } from "./operators";

/** Leaves whose change no policy catches, with the reason. */
export interface UncaughtLeaves {
    readonly reason: string;
    /** Type token; `*` stands for any run of characters, here and in paths. */
    readonly type: string;
    readonly path: string;
    /** Ways of changing; all where it is absent. */
    readonly operators: readonly Operator[];
}

interface Group {
    readonly reason: string;
    readonly leaves: readonly {
        readonly types: readonly string[];
        readonly paths: readonly string[];
        readonly operators?: readonly Operator[];
    }[];
}

/** The reviewed list: `neutral` leaves weaken nothing, `open` ones do and wait for a policy. */
export function uncaughtLeaves(section: "neutral" | "open"): readonly UncaughtLeaves[] {
    const text = readFileSync(join(__dirname, "uncaught-leaves.yaml"), "utf8");
    const groups = (parse(text) as Readonly<Record<string, readonly Group[]>>)[section] ?? [];
    return groups.flatMap(({ reason, leaves }) =>
        leaves.flatMap((leaf) =>
            leaf.types.flatMap((type) =>
                leaf.paths.map((path) => ({
                    reason,
                    type,
                    path,
                    operators: leaf.operators ?? operators,
                })),
            ),
        ),
    );
}

/** Whether an entry stands for a change. */
export function covers(
    entry: UncaughtLeaves,
    change: { readonly type: string; readonly path: string; readonly operator: Operator },
): boolean {
    return (
        entry.operators.includes(change.operator) &&
        matches(entry.type, change.type) &&
        matches(entry.path, change.path)
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
