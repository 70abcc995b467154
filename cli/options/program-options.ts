import type { Command } from "commander";
import type { PreviewRequest } from "../../preview/preview-stack";
import { collect, parseSeconds } from "./judging-options";

/** What the options below give. */
export interface ProgramOptions {
    readonly stack: string;
    readonly config: readonly string[];
    readonly answers?: string;
    readonly timeLimit: number;
}

/** Adds the options that say how to evaluate a program. */
export function addProgramOptions(command: Command): Command {
    return command
        .option("--stack <name>", "stack whose configuration is used", "dev")
        .option("--config <key=value>", "configuration value; may be repeated", collect, [])
        .option("--answers <file>", "what the program cannot ask offline (- for stdin)")
        .option("--time-limit <seconds>", "how long the program may run", parseSeconds, 120);
}

/** The part of a preview's request that these options state. */
export function programRequest(
    folder: string,
    { stack, config, answers, timeLimit }: ProgramOptions,
): Pick<PreviewRequest, "folder" | "stack" | "config" | "answers" | "timeLimitSeconds"> {
    return { folder, stack, config, answers, timeLimitSeconds: timeLimit };
}
