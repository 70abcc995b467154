import type { S3Client } from "@aws-sdk/client-s3";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { parameter } from "../../catalog/parameters";
import { decide, type GateDecision, type HoldReason } from "../../patching/gate/decide";
import { writeInstallOverrideList } from "../../patching/gate/install-override-list";
import { listPrefix, nothing, type PromotionRequest } from "../../patching/gate/promotion-request";
import type { GateDemands } from "../../patching/gate/reading";
import { findCanaries } from "./find-canaries";
import { readParameters, storeList, writeParameter } from "./list-store";
import { readCanary } from "./read-canary";
import { describeDecision, sequenceOf } from "./decision-record";
import type { PromotionSettings } from "./settings";

/** Clients of the services that a promotion uses, all of one region. */
export interface PromotionClients {
    readonly ssm: SSMClient;
    readonly s3: S3Client;
}

/** What Automation branches on: `wait` when only the patch scan is missing and may still come. */
export type PromotionAnswer = "promote" | "wait" | "hold";

/**
 * Reads the canaries, decides, and writes what was decided; for a promotion the list and the pointer as well, in this order, so that the
 * pointer never leads to nothing. Throws when it cannot find the canaries or its parameters.
 */
export async function promote(
    request: PromotionRequest,
    settings: PromotionSettings,
    clients: PromotionClients,
    now: number,
): Promise<PromotionAnswer> {
    const { ssm, s3 } = clients;
    const [pointer = nothing, hold = nothing] = await readParameters(ssm, [
        settings.pointerParameter,
        settings.holdParameter,
    ]);
    const canaries = await findCanaries(ssm, settings.canaryGroup);
    const demands = demandsOf(request, settings, canaries, hold, now);
    const reads = await Promise.all(
        canaries.map((server) => readCanary(ssm, server, settings, demands.windowEndedAt)),
    );
    const decided = decide(
        reads.map(({ reading }) => reading),
        demands,
    );
    const decision = countCanaries(decided, canaries.length, settings.canaryCount);
    if (isWaiting(decision, request)) {
        return "wait";
    }
    const facts = {
        at: now,
        emergencyReason: request.emergencyReason,
        problems: reads.flatMap(({ problems }) => problems),
    };
    if (decision.decision === "hold") {
        await writeParameter(
            ssm,
            settings.decisionParameter,
            describeDecision(decision, { ...facts, list: pointer }),
        );
        return "hold";
    }
    const sequence = sequenceOf(pointer) + 1;
    const list = writeInstallOverrideList(decision.patches, sequence, listPrefix);
    const location = `s3://${settings.listBucket}/${list.key}`;
    await storeList(s3, settings.listBucket, settings.listKeyArn, list);
    await writeParameter(ssm, settings.pointerParameter, location);
    await writeParameter(
        ssm,
        settings.decisionParameter,
        describeDecision(decision, { ...facts, list: location }),
    );
    return "promote";
}

function demandsOf(
    request: PromotionRequest,
    settings: PromotionSettings,
    canaries: readonly string[],
    hold: string,
    now: number,
): GateDemands {
    return {
        windowStartedAt: Date.parse(request.windowStartedAt),
        windowEndedAt: Date.parse(request.windowEndedAt),
        now,
        soakHours: Number(request.soakHours),
        healthIntervalMinutes: settings.probeIntervalMinutes,
        agentSilenceMinutes: parameter("heartbeatSilenceMinutes").value,
        canaries,
        manualHold: hold === nothing ? "" : hold,
    };
}

/** A canary that lost its tag would not be asked; nor would one that somebody terminated. */
function countCanaries(decision: GateDecision, found: number, wanted: number): GateDecision {
    if (found >= wanted) {
        return decision;
    }
    const missing: HoldReason = {
        server: "",
        check: "canaries-present",
        found: `${found} managed servers carry the canary's tag, the ring has ${wanted}`,
    };
    const reasons = decision.decision === "hold" ? decision.reasons : [];
    return { decision: "hold", reasons: [missing, ...reasons] };
}

/** The document says which attempt is the last; until then only a scan that has not come yet is waited for. */
function isWaiting(decision: GateDecision, { lastAttempt }: PromotionRequest): boolean {
    return (
        lastAttempt !== "yes" &&
        decision.decision === "hold" &&
        decision.reasons.every(({ check }) => check === "scan-fresh")
    );
}
