import type { Command } from "commander";
import { writePaths } from "../../report/console/paths";
import { exposureCommand } from "../options/exposure-command";

/** Builds `keyward paths`. */
export function pathsCommand(): Command {
    return exposureCommand({
        name: "paths",
        description:
            "Lists every network path into and out of each key server, with the chain that opens it.",
        example: "keyward paths infra --stack production    who reaches the servers of a program",
        write: ({ exposure }, width) => writePaths(exposure.paths, width),
    });
}
