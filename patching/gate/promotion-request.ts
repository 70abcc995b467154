/** What an Automation execution asks of the function that decides; every field is text. */
export interface PromotionRequest {
    /** ISO 8601. */
    readonly windowStartedAt: string;
    /** ISO 8601. */
    readonly windowEndedAt: string;
    /** Whole hours. */
    readonly soakHours: string;
    /** `yes` when nothing is waited for any longer. */
    readonly lastAttempt: string;
    /** Why the windows cannot be waited for, or "". */
    readonly emergencyReason: string;
}

/**
 * Who patches and scans the servers: Patch Manager, or our own installer, `keyward-patch`, whose scan is published as compliance items.
 */
export const patchSources = ["patch-manager", "keyward-patch"] as const;
export type PatchSource = (typeof patchSources)[number];

/** Environment variables of the function that decides. */
export const promotionVariables = {
    /** Value of the tag `PatchGroup` of the canary ring. */
    canaryGroup: "KEYWARD_CANARY_GROUP",
    /** Number of servers that the canary ring has. */
    canaryCount: "KEYWARD_CANARY_COUNT",
    /** One of `patchSources`. */
    patchSource: "KEYWARD_PATCH_SOURCE",
    /** Name of the document that asks the canaries for their health. */
    probeDocument: "KEYWARD_PROBE_DOCUMENT",
    probeIntervalMinutes: "KEYWARD_PROBE_INTERVAL_MINUTES",
    listBucket: "KEYWARD_LIST_BUCKET",
    /** ARN of the key that encrypts lists. */
    listKey: "KEYWARD_LIST_KEY",
    pointerParameter: "KEYWARD_POINTER_PARAMETER",
    holdParameter: "KEYWARD_HOLD_PARAMETER",
    decisionParameter: "KEYWARD_DECISION_PARAMETER",
} as const;

/** Text of a parameter that says nothing: Parameter Store takes no empty values. */
export const nothing = "none";

/** Prefix of the keys of promoted lists. */
export const listPrefix = "lists";
