import { peek, type PropertyPath } from "../graph/peek";

/** What the shell lines of a document's step do about patches, as far as their text tells. */
export type PatchCommand =
    /** They install what the repositories have. */
    | "installs-available"
    /** They install a promoted list only. */
    | "installs-list"
    /** They scan for what is missing. */
    | "scans";

/** Package managers that bring a system up to date, and Keyward's installer. `apt-get update` reads an index only. */
const commands: readonly (readonly [RegExp, PatchCommand])[] = [
    [/\bkeyward-patch upgrade\b/, "installs-available"],
    [
        /\b(?:apt|apt-get|aptitude)\b[^\n;|&]*\b(?:upgrade|dist-upgrade|full-upgrade|safe-upgrade)\b/,
        "installs-available",
    ],
    [/\b(?:dnf|yum)\b[^\n;|&]*\s(?:update|upgrade|distro-sync)\b/, "installs-available"],
    [/\bunattended-upgrades?\b/, "installs-available"],
    [/\bkeyward-patch install\b/, "installs-list"],
    [/\bkeyward-patch scan\b/, "scans"],
];

/** Ends a step so that the agent restarts the server, or restarts it outright. */
const restarts = /\bexit 194\b|\breboot\b|\bshutdown -r\b/;

/** What one step of a command document does about patches; undefined for a step that does nothing about them, or runs no shell. */
export function patchCommandOf(step: unknown): PatchCommand | undefined {
    const text = linesOf(step);
    return commands.find(([pattern]) => pattern.test(text))?.[1];
}

/** Whether a step restarts its server. */
export function restartsServer(step: unknown): boolean {
    return restarts.test(linesOf(step));
}

function linesOf(step: unknown): string {
    const path: PropertyPath = ["inputs", "runCommand"];
    const lines = peek(step, path);
    const action = peek(step, ["action"]);
    return action.kind === "known" &&
        action.value === "aws:runShellScript" &&
        lines.kind === "known" &&
        Array.isArray(lines.value)
        ? lines.value.filter((line) => typeof line === "string").join("\n")
        : "";
}
