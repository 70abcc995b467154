import { Command } from "commander";

/** Builds `keyward preview`. */
export function previewCommand(): Command {
    return new Command("preview");
}
