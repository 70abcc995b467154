import { CommanderError } from "commander";
import { InputError } from "../catalog/records/input-error";

/** What every command ends with. */
export const ExitStatus = {
    /** The demand is met. */
    Met: 0,
    /** The demand is not met: blocked, late, not verified. */
    NotMet: 1,
    /** The command could not do its work: usage, program error, unreadable input. */
    Failed: 2,
} as const;
export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

/** What to print for an error that ended a command, and the status to end with. */
export interface Failure {
    /** Text for standard error; empty when it was printed already. */
    readonly message: string;
    readonly status: ExitStatus;
}

/** Turns what a command threw into words. A stack is shown for defects of Keyward only. */
export function describeFailure(error: unknown): Failure {
    if (error instanceof CommanderError) {
        return {
            message: "",
            status: error.exitCode === 0 ? ExitStatus.Met : ExitStatus.Failed,
        };
    }
    if (error instanceof InputError) {
        return {
            message: error.problems.map((problem) => `keyward: ${problem}`).join("\n"),
            status: ExitStatus.Failed,
        };
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { message: `keyward: internal error: ${detail}`, status: ExitStatus.Failed };
}
