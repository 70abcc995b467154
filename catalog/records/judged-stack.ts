import type { Severity } from "../severity";
import type { JudgedExemption } from "./exemption";
import type { Finding } from "./finding";
import type { FindingLevel, FindingVerdict, Verdict } from "./verdict";

/**
 * The JSON report: the contract that every other form of a judged stack is made from. Its JSON schema is
 * `report/schema.json`. Lists are sorted, so the same input gives the same bytes.
 */
export interface JudgedStack {
    readonly schemaVersion: "1";
    /** Moment the judgement holds for (`--as-of`), ISO 8601, UTC. */
    readonly evaluatedAt: string;
    readonly project: string;
    readonly stack: string;
    /** The program's project file, relative to the folder that Keyward ran in, with slashes; absent where no program was evaluated there. */
    readonly projectFile?: string;
    /** True when at least one finding is mandatory. */
    readonly blocked: boolean;
    /** Count of registered resources, components and providers included, the stack itself excluded. */
    readonly resources: number;
    readonly summary: Record<FindingVerdict, Record<Severity, number>>;
    readonly findings: readonly Finding[];
    readonly policies: readonly PolicyResult[];
    readonly coverage: Coverage;
    readonly assumptions: readonly Assumption[];
    readonly topology: Topology;
    readonly exposure: Exposure;
    /** Absent parts are `null`: a stack without patching has no plan. */
    readonly patchPlan: PatchPlan | null;
    readonly exemptions: readonly JudgedExemption[];
    readonly controls: readonly ControlState[];
    readonly remediations: readonly Remediation[];
}

/** How one policy judged the stack. */
export interface PolicyResult {
    readonly name: string;
    readonly displayName: string;
    readonly severity: Severity;
    /** Level after configuration; `disabled` policies are listed too. */
    readonly level: FindingLevel | "remediate" | "disabled";
    readonly controls: readonly string[];
    readonly counts: Record<Verdict, number>;
}

/** What was looked at: nothing looked at is not clean. */
export interface Coverage {
    readonly scope: "auto" | "all" | "marked";
    /** How the key servers were recognised. */
    readonly keyServers: readonly string[];
    /** Resources that at least one policy gave a verdict on. */
    readonly judged: number;
    readonly outOfScope: number;
    /** Types that no policy reads, with the count of their resources. */
    readonly typesNotRead: readonly TypeCount[];
}

export interface TypeCount {
    readonly type: string;
    readonly count: number;
}

/** Something taken for true because nobody could be asked. */
export interface Assumption {
    /** `invoke`, `configuration`, `default`, `not-evaluated`. */
    readonly kind: string;
    /** What it is about, such as an invoke's token with its arguments. */
    readonly subject: string;
    /** What was taken for true, as JSON text; empty when the value was left unknown. */
    readonly value: string;
    /** Why, and how to replace it by a fact. */
    readonly reason: string;
}

/** What the drawing of a deployment needs. */
export interface Topology {
    readonly nodes: readonly TopologyNode[];
    readonly edges: readonly TopologyEdge[];
}

export interface TopologyNode {
    readonly urn: string;
    /** `network`, `subnet`, `server`, `endpoint`, `security-group`, `load-balancer`, `log-group`, `bucket`, `key`, `trail`, `topic`, `component`. */
    readonly kind: string;
    readonly name: string;
    /** URN of the node that encloses this one (a subnet in a network), or "". */
    readonly inside: string;
    /** Short facts for the drawing: zone, CIDR, ports. */
    readonly facts: Readonly<Record<string, string>>;
}

export interface TopologyEdge {
    readonly from: string;
    readonly to: string;
    /** `allows`, `logs-to`, `encrypts`, `attached`, `alarms`, `backs-up`. */
    readonly kind: string;
    /** Such as `tcp/8200`. */
    readonly label: string;
}

/** Who can reach a key server, and who may do what to it. */
export interface Exposure {
    readonly paths: readonly NetworkPath[];
    readonly access: readonly AccessPath[];
}

export interface NetworkPath {
    /** URN of the key server. */
    readonly server: string;
    readonly direction: "in" | "out";
    /** A CIDR, a security group's URN, or a prefix list. */
    readonly peer: string;
    /** IP protocol name, or `all`. */
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    /** Readable links from the server to the peer. */
    readonly chain: readonly string[];
    readonly verdict: "open" | "indeterminate";
}

export interface AccessPath {
    /** Who: a role's URN, a service principal, an account. */
    readonly principal: string;
    /** IAM action, such as `kms:ScheduleKeyDeletion`. */
    readonly action: string;
    /** URN of the resource acted on. */
    readonly resource: string;
    readonly verdict: "allowed" | "indeterminate";
    /** The condition that could not be decided, or "". */
    readonly condition: string;
    /**
     * Ways to be allowed, each by what the request must carry, such as `aws:multifactorauthpresent = true`; absent where it needs nothing.
     */
    readonly requires?: readonly string[];
    readonly chain: readonly string[];
}

/** How patches reach the servers of a stack, and the latest that they can be: computed from the schedules of the stack. */
export interface PatchPlan {
    readonly deadlineDays: number;
    /** From release to the last server; `null` when patches released at some moment never arrive. */
    readonly worstCaseHours: number | null;
    /** The dates of the worst case, step by step; for `null` the reason. */
    readonly worstCase: readonly PatchStep[];
    /** True when production installs only what a promotion proved on the canary. */
    readonly promotionGated: boolean;
    /** `approveAfterDays` of the baseline. */
    readonly approvalDelayDays: number;
    readonly soakHours: number;
    /** Schedule of the patch scan, or "" when nothing scans. */
    readonly scanSchedule: string;
    readonly scanAllowanceMinutes: number;
    readonly promotionAllowanceMinutes: number;
    /** In the order in which they are patched, the canary first. */
    readonly rings: readonly PatchRing[];
    /** Windows of the next 90 days. */
    readonly calendar: readonly PatchWindow[];
}

export interface PatchStep {
    /** ISO 8601, UTC; "" for a step that never comes. */
    readonly at: string;
    readonly what: string;
}

export interface PatchRing {
    readonly name: string;
    readonly role: "canary" | "production";
    /** URNs. */
    readonly servers: readonly string[];
    /** As Systems Manager reads it, such as `cron(0 4 ? * TUE *)`. */
    readonly schedule: string;
    /** IANA name. */
    readonly timeZone: string;
    readonly offsetDays: number;
    /** ISO 8601, or "" for none. */
    readonly startsAt: string;
    /** ISO 8601, or "" for none. */
    readonly endsAt: string;
    readonly durationHours: number;
    readonly cutoffHours: number;
    /** Servers at a time: a count, or a percentage as Systems Manager writes it. */
    readonly maxConcurrency: string;
    readonly maxErrors: string;
}

export interface PatchWindow {
    readonly ring: string;
    readonly starts: string;
    readonly ends: string;
}

/** State of one control of the catalog in this stack. */
export interface ControlState {
    readonly id: string;
    readonly title: string;
    readonly paragraph: string;
    /**
     * `met`: its policies judged something and found nothing; `violated`; `indeterminate`; `exempt`; `not-judged`: no policy of it
     * found anything to judge, or it is enforced on the host only; `open`: manual, without evidence; `planned`.
     */
    readonly state:
        | "met"
        | "violated"
        | "indeterminate"
        | "exempt"
        | "not-judged"
        | "open"
        | "evidenced"
        | "overdue"
        | "planned";
    /** Who enforces it: `component`, `policy`, `host`, `manual`. */
    readonly enforcedBy: readonly string[];
    readonly findings: number;
    readonly evidence: readonly Evidence[];
}

/** What shows that people did a manual control. Dates are `YYYY-MM-DD`. */
export interface Evidence {
    readonly control: string;
    readonly who: string;
    readonly when: string;
    readonly checked: string;
    readonly nextDue: string;
}

/** A property that a policy at level `remediate` changed, or would change. Values are JSON text, secrets withheld. */
export interface Remediation {
    readonly policy: string;
    readonly urn: string;
    readonly path: string;
    readonly before: string;
    readonly after: string;
}
