import type { Said } from "../unknowns/asked-pack";

const dayMilliseconds = 86_400_000;

/** A sound record for one finding, by its fingerprint: it begins today and ends before any policy's longest span. */
export function soundExemption(
    { policy, fingerprint }: Pick<Said, "policy" | "fingerprint">,
    index: number,
): object {
    return {
        ...{ id: `known-${index}`, policy, scope: { fingerprint } },
        reason: "The test accepts what it found the first time.",
        ...{ owner: "platform", approver: "security", ticket: "SEC-1" },
        ...{ created: dateIn(0), expires: dateIn(2) },
    };
}

function dateIn(days: number): string {
    return new Date(Date.now() + days * dayMilliseconds).toISOString().slice(0, 10);
}
