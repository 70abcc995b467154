import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run";

/** Ends the suite, with what to do, where the machine lacks something that real systems need. */
export function requireMachine(...programs: readonly string[]): void {
    const missing = programs.filter(
        (program) => run("sh", ["-c", 'command -v "$1"', "sh", program]).status !== 0,
    );
    const problems = [
        ...(process.getuid?.() === 0
            ? []
            : ["the host suites build and boot systems: run them as root"]),
        ...(missing.length === 0
            ? []
            : [`not installed: ${missing.join(", ")}; apt-get install ${packages()}`]),
    ];
    if (problems.length > 0) {
        throw new Error(problems.join("\n"));
    }
}

function packages(): string {
    return readFileSync(join(__dirname, "../packages.txt"), "utf8").trim().split("\n").join(" ");
}
