import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { PromotionRequest } from "../../patching/gate/promotion-request";
import { promote } from "./promote";
import { readPromotionSettings } from "./settings";

/** Systems Manager throttles callers that read a fleet: wait and ask again. */
const patience = { maxAttempts: 10, retryMode: "adaptive" } as const;

/** Entry of the function that Automation asks: `{"ask":"clock"}` for the moment, or a promotion request for `promote`, `wait` or `hold`. */
export async function handler(
    event: Partial<Record<keyof PromotionRequest | "ask", string>>,
): Promise<string> {
    if (event.ask === "clock") {
        return new Date().toISOString();
    }
    const request: PromotionRequest = {
        windowStartedAt: unquoted(event.windowStartedAt),
        windowEndedAt: unquoted(event.windowEndedAt),
        soakHours: event.soakHours ?? "",
        lastAttempt: event.lastAttempt ?? "yes",
        emergencyReason: event.emergencyReason ?? "",
    };
    return promote(
        request,
        readPromotionSettings(process.env),
        { ssm: new SSMClient(patience), s3: new S3Client(patience) },
        Date.now(),
    );
}

/** An earlier answer of this function comes back as JSON text. */
function unquoted(text = ""): string {
    return text.replace(/^"|"$/g, "");
}
