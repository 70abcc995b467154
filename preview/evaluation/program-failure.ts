import { relative } from "node:path";
import type { Project } from "../project/project-file";
import type { ProgramError } from "../protocol/frames";
import type { Ending } from "./child-process";

/** Errors that are told; programs tend to fail many times for one cause. */
const mostErrors = 5;

/** Says what the program threw, and where in its own files. */
export function describeProgramErrors(
    errors: readonly ProgramError[],
    project: Project,
): readonly string[] {
    const described = errors.map((error) => {
        const place = placeOf(error, project.folder);
        return `the program failed: ${error.name}: ${error.message}${place === undefined ? "" : `\n  at ${place}`}`;
    });
    const distinct = [...new Set(described)];
    const left = distinct.length - mostErrors;
    return left > 0 ? [...distinct.slice(0, mostErrors), `… and ${left} more errors`] : distinct;
}

/** Says how a process ended that did not run to the end of the program. */
export function describeEnding(
    ending: Ending | "time limit",
    registrations: number,
    timeLimitSeconds: number,
): string {
    const sofar = `${registrations} resources had registered`;
    if (ending === "time limit") {
        return `the program did not end within ${timeLimitSeconds} seconds; ${sofar}. Let it run longer with --time-limit SECONDS, or find what keeps it running (a timer, a server, a promise)`;
    }
    if (ending.signal !== null) {
        return `the program's process was ended by ${ending.signal}; ${sofar}`;
    }
    return `the program called process.exit(${ending.code ?? ""}) before its end; ${sofar}. A Pulumi program must end by itself`;
}

/** First place of the stack inside the program's folder, without its packages. */
function placeOf(error: ProgramError, folder: string): string | undefined {
    for (const line of error.stack) {
        const [, place] = /\(?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/.exec(line) ?? [];
        const path = place?.replace(/^file:\/\//, "");
        if (path?.startsWith(`${folder}/`) === true && !path.includes("/node_modules/")) {
            return relative(folder, path);
        }
    }
    return undefined;
}
