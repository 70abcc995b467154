import type { Exemption } from "../../catalog/records/exemption";

/** A sound exemption of one host check, for the servers that a URN or pattern names. */
export function hostExemption(urn: string): Exemption & { scope: { urn: string } } {
    return {
        id: "tmp-for-the-agent",
        policy: "mount-tmp",
        scope: { urn },
        reason: "the vendor's installer runs from /tmp until version 9",
        owner: "platform",
        approver: "security",
        ticket: "SEC-1",
        created: "2026-12-01",
        expires: "2027-02-01",
    };
}
