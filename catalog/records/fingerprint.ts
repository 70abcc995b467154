import { createHash } from "node:crypto";

/** Names a finding by what makes it that finding: 32 hexadecimal digits, the same from run to run. */
export function fingerprintOfParts(parts: readonly unknown[]): string {
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
