/** Compares texts by code unit: the same on every machine, whatever its language. */
export function compareTexts(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares by the first key that differs. */
export function compareBy<T>(...keys: readonly ((item: T) => string | number)[]) {
    return (a: T, b: T): number => {
        for (const key of keys) {
            const left = key(a);
            const right = key(b);
            if (left !== right) {
                return left < right ? -1 : 1;
            }
        }
        return 0;
    };
}
