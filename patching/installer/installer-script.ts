import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the installer lies on a server. */
export const installerPath = "/usr/local/sbin/keyward-patch";

/** Exists from an installation until the restart that it needs. */
export const restartMarkPath = "/run/keyward-restart-needed";

/** Text of our own installer for systems that Patch Manager does not support. */
export function installerScript(): string {
    return readFileSync(join(__dirname, "keyward-patch.sh"), "utf8");
}
