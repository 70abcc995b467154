import { fingerprintOfParts } from "../../catalog/records/fingerprint";
import type { PropertyPath } from "../graph/peek";

/**
 * Names a weakness so that it keeps its name from run to run: 32 hexadecimal digits over policy, URN, property names (list indexes
 * left out, because lists are reordered without a change of meaning) and subject.
 */
export function fingerprintOf(
    policy: string,
    urn: string,
    path: PropertyPath,
    subject: string,
): string {
    const names = path.filter((part) => typeof part === "string");
    return fingerprintOfParts([policy, urn, names, subject]);
}
