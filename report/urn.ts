/** The name in a URN: its last part. A text that is no URN is its own name. */
export function nameOf(urn: string): string {
    const parts = urn.split("::");
    return parts.length < 4 ? urn : parts.slice(3).join("::");
}
