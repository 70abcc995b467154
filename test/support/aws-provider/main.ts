import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { version } from "@pulumi/aws/package.json";
import { StandInProvider } from "./provider";
import { serve } from "./server";

/** The executable `pulumi-resource-aws`, or of another package whose resources have no behaviour of their own: prints its port, as the engine expects, and serves until the engine ends it. */
async function main(): Promise<void> {
    const folder =
        process.env["STAND_IN_AWS_FOLDER"] ?? mkdtempSync(join(tmpdir(), "stand-in-aws-"));
    const parameterFile = process.env["STAND_IN_AWS_PARAMETERS"];
    const provider = new StandInProvider({
        folder,
        defaultRegion: process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"],
        parameters:
            parameterFile === undefined
                ? {}
                : (JSON.parse(readFileSync(parameterFile, "utf8")) as Record<string, string>),
    });
    const { port } = await serve(provider, version);
    endWithParent();
    process.stdout.write(`${String(port)}\n`);
}

/** An engine that was killed cannot end its plugins. */
function endWithParent(): void {
    const parent = process.ppid;
    setInterval(() => {
        if (process.ppid !== parent) {
            process.exit(0);
        }
    }, 1000).unref();
}

void main();
