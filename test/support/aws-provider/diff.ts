import { isDeepStrictEqual } from "node:util";
import { renamable, replacing, replacingEverywhere } from "./replacing";
import { hasUnknown, isPlainObject, type Properties } from "./wire";

/** What a change of inputs means for a resource that exists. */
export interface Difference {
    /** Property paths that changed, such as `metadataOptions.httpTokens`, with what happened to each. */
    readonly paths: ReadonlyMap<string, "add" | "delete" | "update">;
    /** Those paths that cannot change in place. */
    readonly replaces: readonly string[];
    /** The old resource has to go first, because a fixed name is taken. */
    readonly deleteBeforeReplace: boolean;
}

/** Compares checked inputs. An unknown new value counts as a change; `ignored` are paths of the option `ignoreChanges`. */
export function difference(
    type: string,
    olds: Properties,
    news: Properties,
    ignored: readonly string[],
): Difference {
    const paths = new Map<string, "add" | "delete" | "update">();
    compare(olds, news, "", paths);
    for (const path of paths.keys()) {
        if (ignored.some((option) => covers(option, path))) {
            paths.delete(path);
        }
    }
    const fixed = [
        ...(replacing[type] ?? []),
        ...(renamable.includes(type) ? ["region"] : replacingEverywhere),
        ...(news["userDataReplaceOnChange"] === true ? ["userData", "userDataBase64"] : []),
    ];
    const replaces = [...paths.keys()].filter((path) => {
        const plain = path.replaceAll(/\[\d+\]/g, "");
        return fixed.some((property) => covers(property, plain));
    });
    return { paths, replaces, deleteBeforeReplace: replaces.length > 0 && keepsName(olds, news) };
}

function compare(
    olds: unknown,
    news: unknown,
    at: string,
    paths: Map<string, "add" | "delete" | "update">,
): void {
    if (isPlainObject(olds) && isPlainObject(news)) {
        for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
            if (!name.startsWith("__")) {
                compare(olds[name], news[name], at === "" ? name : `${at}.${name}`, paths);
            }
        }
    } else if (Array.isArray(olds) && Array.isArray(news) && !sameSet(olds, news)) {
        for (let index = 0; index < Math.max(olds.length, news.length); index++) {
            compare(olds[index], news[index], `${at}[${String(index)}]`, paths);
        }
    } else if (!Array.isArray(olds) || !Array.isArray(news)) {
        if (hasUnknown(news) || !equal(olds, news)) {
            paths.set(at, olds === undefined ? "add" : news === undefined ? "delete" : "update");
        }
    }
}

/** Sets of identifiers have no order; their elements are compared as text. */
function sameSet(olds: readonly unknown[], news: readonly unknown[]): boolean {
    const sorted = (list: readonly unknown[]): string[] =>
        list.map((element) => JSON.stringify(element)).sort();
    return !hasUnknown(news) && isDeepStrictEqual(sorted(olds), sorted(news));
}

/** Two JSON documents that say the same are equal, whatever their spacing. */
function equal(olds: unknown, news: unknown): boolean {
    if (isDeepStrictEqual(olds, news)) {
        return true;
    }
    const [before, after] = [parsed(olds), parsed(news)];
    return before !== undefined && isDeepStrictEqual(before, after);
}

function parsed(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
        return undefined;
    }
    try {
        return JSON.parse(value);
    } catch {
        return undefined;
    }
}

function covers(outer: string, path: string): boolean {
    return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function keepsName(olds: Properties, news: Properties): boolean {
    return ["name", "bucket"].some((property) => {
        const generated = news["__defaults"];
        return (
            typeof news[property] === "string" &&
            news[property] === olds[property] &&
            !(Array.isArray(generated) && generated.includes(property))
        );
    });
}
