import type { Severity } from "./severity";

/**
 * Type under which the host's audit is published with `ssm:PutComplianceItems`. Source: Systems Manager API, types of our own begin
 * with `Custom:`.
 */
export const hostAuditComplianceType = "Custom:KeywardHostAudit";

/** What the names of the State Manager associations that apply the host profile begin with. */
export const hostProfileAssociationName = "keyward-host-profile";

/** A check of `keyward verify`, asked of what runs in AWS. */
export interface LiveCheck {
    /** Lower case words joined by hyphens. */
    readonly name: string;
    readonly displayName: string;
    /** One sentence: what must be true. */
    readonly description: string;
    readonly severity: Severity;
    /** What to do about it. */
    readonly remediation: string;
    /** Ids of the controls that it gives evidence for. */
    readonly controls: readonly string[];
}

/** Every live check, in the order in which a booting server comes to pass them. */
export const liveChecks = [
    {
        name: "live-server-runs",
        displayName: "The server runs in the caller's account",
        description: "The instance exists, is running, and belongs to the account that was asked.",
        severity: "critical",
        remediation:
            "Look at the instance's state reason; call with credentials of the account that owns it.",
        controls: ["verified-after-boot"],
    },
    {
        name: "live-server-managed",
        displayName: "Systems Manager reaches the server",
        description: "The agent is online and was heard within the last minutes.",
        severity: "critical",
        remediation:
            "Check the interface endpoints ssm and ssmmessages, the security group's egress to them, and the instance profile.",
        controls: ["servers-managed", "verified-after-boot"],
    },
    {
        name: "live-profile-applied",
        displayName: "The host profile is applied",
        description:
            "The association that applies the host profile has succeeded since the server was launched.",
        severity: "high",
        remediation: "Read the association's last output; the failing control is named in it.",
        controls: ["verified-after-boot", "host-audited"],
    },
    {
        name: "live-host-audit-clean",
        displayName: "The host audit is clean",
        description: "The host's own audit is published, fresh and without a failing check.",
        severity: "high",
        remediation:
            "Fix the failing checks or grant an exemption that ends; run the audit association again.",
        controls: ["host-audited"],
    },
    {
        name: "live-patches-current",
        displayName: "The patch scan is fresh and clean",
        description:
            "A scan of the last days counts installed patches, and none missing, failed or waiting for a reboot.",
        severity: "high",
        remediation:
            "Let the patch window run; a count of zero installed patches means that the repositories were not reached.",
        controls: ["patches-installed", "missing-patches-reported"],
    },
    {
        name: "live-logs-arrive",
        displayName: "Logs arrive",
        description: "Every log group of the server received an event within the last minutes.",
        severity: "high",
        remediation:
            "Check the CloudWatch agent on the server, the endpoint logs, and the role's use of the log key.",
        controls: ["system-logs-shipped", "application-log-shipped"],
    },
    {
        name: "live-archive-retained",
        displayName: "The archive holds what it receives",
        description:
            "The newest archived object is locked in compliance mode for the required time.",
        severity: "high",
        remediation:
            "Check the replication from the landing bucket and the default retention of the archive bucket.",
        controls: ["archive-write-once"],
    },
] as const satisfies readonly LiveCheck[];

/** Name of a live check. */
export type LiveCheckName = (typeof liveChecks)[number]["name"];
