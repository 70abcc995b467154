import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./adapter/server";
import { Session } from "./adapter/session";
import { keywardPack } from "./pack";

/** Serves the pack to the engine that started this process, which reads the port from standard output. */
async function main(): Promise<void> {
    const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
    const { version = "0.0.0", description = "" } = manifest as Readonly<
        Partial<Record<"version" | "description", string>>
    >;
    const port = await serve(
        new Session(keywardPack, () => new Date()),
        keywardPack,
        { name: "keyward", version, displayName: "Keyward", description },
        (judged) => {
            const file = process.env["KEYWARD_REPORT"];
            if (file !== undefined && file !== "") {
                writeFileSync(file, `${JSON.stringify(judged, undefined, 2)}\n`);
            }
        },
    );
    process.stdout.write(`${port}\n`);
}

void main();
