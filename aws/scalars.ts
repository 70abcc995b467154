/**
 * Readers of loosely typed scalars: providers, launch templates and exported states write `"true"`, `true` and `1`, `"22"` and `22`.
 * Each gives undefined for a value that is none of its kind.
 */
export function parseBoolean(value: unknown): boolean | undefined {
    switch (typeof value === "string" ? value.toLowerCase() : value) {
        case true:
        case 1:
        case "true":
        case "1":
            return true;
        case false:
        case 0:
        case "false":
        case "0":
            return false;
        default:
            return undefined;
    }
}

/** Reads a finite number; text must be a decimal number and nothing else. */
export function parseNumber(value: unknown): number | undefined {
    if (typeof value === "number") {
        return Number.isFinite(value) ? value : undefined;
    }
    return typeof value === "string" && /^[+-]?\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : undefined;
}

/** Reads text; numbers are text of themselves. */
export function parseText(value: unknown): string | undefined {
    if (typeof value === "string") {
        return value;
    }
    return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}
