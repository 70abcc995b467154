/** A copy of arguments with one value changed; the path's numbers are places in lists. */
export function withValue(
    whole: unknown,
    [key, ...rest]: readonly string[],
    value: unknown,
): unknown {
    if (key === undefined) {
        return value;
    }
    if (Array.isArray(whole)) {
        const list: readonly unknown[] = whole;
        return list.map((item, index) =>
            String(index) === key ? withValue(item, rest, value) : item,
        );
    }
    const fields = { ...(whole as Record<string, unknown> | undefined) };
    return { ...fields, [key]: withValue(fields[key], rest, value) };
}
