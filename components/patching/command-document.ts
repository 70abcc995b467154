/** What a command document of Systems Manager holds. */
export interface CommandDocument {
    readonly schemaVersion: "2.2";
    readonly description: string;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly mainSteps: readonly unknown[];
}

/** A step of a command document that runs shell lines on Linux, at most 15 minutes unless `inputs` say otherwise. */
export function shellStep(
    name: string,
    lines: readonly string[],
    inputs: Readonly<Record<string, unknown>> = {},
): unknown {
    return {
        action: "aws:runShellScript",
        name,
        precondition: { StringEquals: ["platformType", "Linux"] },
        inputs: { timeoutSeconds: "900", runCommand: lines, ...inputs },
    };
}
