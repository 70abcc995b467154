import type { HostChoices } from "../../../host/choices";
import { hostScriptPath } from "../../../host/delivery";
import { buildHostProfile, type HostProfile } from "../../../host/profile";
import { renderScript } from "../../../host/script";
import type { Finished } from "./run";

/** Something that shell lines can be run on and files be written to. */
export interface Machine {
    shell(lines: string): Finished;
    write(file: string, text: string, mode?: number): void;
}

interface CheckLine {
    readonly type: "check";
    readonly check: string;
    readonly controls: readonly string[];
    readonly severity: string;
    readonly verdict: "pass" | "fail" | "exempt" | "not-applicable";
    readonly expected: string;
    readonly found: string;
    readonly exemption?: string;
}

interface ChangeLine {
    readonly type: "change" | "error";
    readonly check: string;
    readonly error?: string;
}

/** What one run of the script printed. */
export interface ProfileRun {
    readonly status: number;
    readonly checks: readonly CheckLine[];
    readonly changed: readonly string[];
    readonly errors: readonly string[];
    readonly summary: Readonly<Record<string, unknown>>;
}

/** Renders a profile and lays it down on a machine. */
export function layDown(machine: Machine, choices: HostChoices): HostProfile {
    const profile = buildHostProfile(choices);
    machine.write(hostScriptPath, renderScript(profile), 0o700);
    return profile;
}

/** Runs one verb; throws when the script did not come to its end. */
export function runProfile(machine: Machine, verb: "plan" | "apply" | "audit"): ProfileRun {
    return readRun(machine.shell(`${hostScriptPath} ${verb}`));
}

/** Reads the JSON lines of a run. */
function readRun({ status, stdout, stderr }: Finished): ProfileRun {
    const lines = stdout
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as { type: string });
    const summary = lines.at(-1);
    if (status > 1 || summary?.type !== "summary" || stderr !== "") {
        throw new Error(`the profile ended with ${status}: ${stderr}${stdout.slice(-500)}`);
    }
    const changes = lines.filter(
        (line): line is ChangeLine => line.type === "change" || line.type === "error",
    );
    return {
        status,
        summary: summary,
        checks: lines.filter((line): line is CheckLine => line.type === "check"),
        changed: changes.filter(({ type }) => type === "change").map(({ check }) => check),
        errors: changes
            .filter(({ type }) => type === "error")
            .map(({ check, error }) => `${check}: ${error ?? ""}`),
    };
}

/** Ids of failing checks with what was found. */
export function failures({ checks }: ProfileRun): readonly string[] {
    return checks
        .filter(({ verdict }) => verdict === "fail")
        .map(({ check, found }) => `${check}: ${found}`);
}
