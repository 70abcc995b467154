import { FrameKind, type ProgramError } from "../protocol/frames";
import { sendJson } from "./channel";

/** Reports everything that the program throws or rejects, each error once. */
export class ProgramErrors {
    private readonly seen = new Set<unknown>();

    public get any(): boolean {
        return this.seen.size > 0;
    }

    public report(error: unknown): void {
        if (!this.seen.has(error)) {
            this.seen.add(error);
            sendJson(FrameKind.Failed, describe(error));
        }
    }
}

/** Says in words what was thrown, which may be anything. */
function describe(error: unknown): ProgramError {
    if (!(error instanceof Error)) {
        return { name: "Error", message: describeValue(error), stack: [] };
    }
    return {
        name: error.name,
        message: [error.message, ...propertyErrors(error)].join("\n"),
        stack: (error.stack ?? "")
            .split("\n")
            .filter((line) => line.startsWith("    at "))
            .map((line) => line.trim()),
    };
}

/** The single problems of an `InputPropertiesError`. */
function propertyErrors(error: Error): string[] {
    const errors = "errors" in error ? error.errors : undefined;
    return Array.isArray(errors)
        ? errors.flatMap((each: unknown) =>
              typeof each === "object" &&
              each !== null &&
              "propertyPath" in each &&
              "reason" in each
                  ? [`  ${String(each.propertyPath)}: ${String(each.reason)}`]
                  : [],
          )
        : [];
}

function describeValue(value: unknown): string {
    try {
        return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
    } catch {
        return String(value);
    }
}
