import {
    patchSources,
    promotionVariables,
    type PatchSource,
} from "../../patching/gate/promotion-request";

/** What a promotion knows from its function's environment. */
export interface PromotionSettings {
    readonly canaryGroup: string;
    readonly canaryCount: number;
    readonly patchSource: PatchSource;
    readonly probeDocument: string;
    readonly probeIntervalMinutes: number;
    readonly listBucket: string;
    readonly listKeyArn: string;
    readonly pointerParameter: string;
    readonly holdParameter: string;
    readonly decisionParameter: string;
}

/** Reads the settings. Throws an error that names every variable that is missing, or a source that does not exist. */
export function readPromotionSettings(
    environment: Readonly<Record<string, string | undefined>>,
): PromotionSettings {
    const missing = Object.values(promotionVariables).filter(
        (variable) => (environment[variable] ?? "") === "",
    );
    if (missing.length > 0) {
        throw new Error(`the function lacks environment variables: ${missing.join(", ")}`);
    }
    const text = (name: keyof typeof promotionVariables): string =>
        environment[promotionVariables[name]] ?? "";
    const patchSource = patchSources.find((source) => source === text("patchSource"));
    if (patchSource === undefined) {
        throw new Error(
            `${promotionVariables.patchSource} must be one of ${patchSources.join(", ")}, got "${text("patchSource")}"`,
        );
    }
    return {
        canaryGroup: text("canaryGroup"),
        canaryCount: Number(text("canaryCount")),
        patchSource,
        probeDocument: text("probeDocument"),
        probeIntervalMinutes: Number(text("probeIntervalMinutes")),
        listBucket: text("listBucket"),
        listKeyArn: text("listKey"),
        pointerParameter: text("pointerParameter"),
        holdParameter: text("holdParameter"),
        decisionParameter: text("decisionParameter"),
    };
}
