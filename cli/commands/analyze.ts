import { Command } from "commander";

/** Builds `keyward analyze`. */
export function analyzeCommand(): Command {
    return new Command("analyze");
}
