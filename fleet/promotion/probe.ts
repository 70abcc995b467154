import type { CommandInvocation } from "@aws-sdk/client-ssm";

/** One answer of a canary to the probe. */
export interface Probe {
    /** When it was asked, milliseconds since 1970. */
    readonly at: number;
    readonly healthy: boolean;
    /** What repositories said; undefined when the answer could not be read. */
    readonly repositoryWarnings?: readonly string[];
}

const unfinished = new Set(["Pending", "InProgress", "Delayed", "Cancelling"]);

/** Reads one invocation of the probe; undefined while it runs. An answer that failed or cannot be read is not healthy. */
export function readProbe(invocation: CommandInvocation): Probe | undefined {
    const { Status = "", RequestedDateTime, CommandPlugins = [] } = invocation;
    if (unfinished.has(Status)) {
        return undefined;
    }
    const at = RequestedDateTime?.getTime() ?? NaN;
    const said = CommandPlugins.map(({ Output = "" }) => Output)
        .join("\n")
        .split("\n")
        .map(parseAnswer)
        .find((answer) => answer !== undefined);
    return Status === "Success" && said !== undefined ? { at, ...said } : { at, healthy: false };
}

function parseAnswer(line: string): Omit<Probe, "at"> | undefined {
    try {
        const { healthy, repositoryWarnings } = JSON.parse(line) as Record<string, unknown>;
        return typeof healthy === "boolean" && Array.isArray(repositoryWarnings)
            ? { healthy, repositoryWarnings: repositoryWarnings.map(String) }
            : undefined;
    } catch {
        return undefined;
    }
}
