import { hash } from "node:crypto";

/** Names a finding by what makes it that finding: 32 hexadecimal digits, the same from run to run. */
export function fingerprintOfParts(parts: readonly unknown[]): string {
    return hash("sha256", JSON.stringify(parts), "hex").slice(0, 32);
}
