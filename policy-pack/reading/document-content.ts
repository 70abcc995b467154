import { parse } from "yaml";

/** The content of a Systems Manager document, which is written in JSON or YAML; undefined where it is neither. */
export function parseDocument(content: unknown): unknown {
    if (typeof content !== "string") {
        return typeof content === "object" ? content : undefined;
    }
    try {
        // The reader of YAML understands JSON too, and takes many times as long for it.
        return /^\s*\{/.test(content) ? fromJson(content) : (parse(content) as unknown);
    } catch {
        return undefined;
    }
}

/** Braces may also begin YAML's own flow style. */
function fromJson(content: string): unknown {
    try {
        return JSON.parse(content) as unknown;
    } catch {
        return parse(content) as unknown;
    }
}
