import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Text of a file in `shell/`, which lies beside this file, and beside the bundle of the command line. */
export function shellSource(name: string): string {
    return readFileSync(join(__dirname, "shell", `${name}.sh`), "utf8").trimEnd();
}
