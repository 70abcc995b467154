import { cpus, loadavg, release, totalmem } from "node:os";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Engine, repository } from "../../test/support/engine";
import { checkovVersion } from "./checkov";
import { measureProgram, type Row } from "./compare";
import { performancePage, phaseTable, table } from "./page";

/**
 * Measures `keyward preview` against `pulumi preview --policy-pack` on the same programs with the same pack, side by side, prints a table and
 * writes `docs/performance.md`. Where checkov is on `PATH`, it judges an equivalent finished plan in the same run. `--servers 10,100` chooses the sizes, `--print` leaves the page alone.
 */
async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            servers: { type: "string", default: "10,100,1000,3000" },
            print: { type: "boolean", default: false },
        },
    });
    const sizes = values.servers.split(",").filter((size) => size !== "");
    const checkov = checkovVersion();
    const engine = await Engine.start();
    try {
        const reference = { folder: repository, stack: "dev" };
        const rows: Row[] = [await measureProgram(engine, reference, false)];
        for (const size of sizes) {
            console.error(`${size} servers …`);
            rows.push(
                await measureProgram(
                    engine,
                    {
                        folder: join(__dirname, "programs", "key-servers"),
                        stack: `servers-${size}`,
                        bare: size,
                    },
                    checkov !== undefined,
                ),
            );
        }
        console.log(`${table(rows)}\n\n${phaseTable(rows)}`);
        if (!values.print) {
            const machine = {
                processors: `${String(cpus().length)} × ${cpus()[0]?.model ?? "unknown"}`,
                memoryGibibytes: Math.round(totalmem() / 2 ** 30),
                system: `${process.platform} ${release()}, Node.js ${process.version}`,
                load: (loadavg()[2] ?? 0).toFixed(1),
                engine: (await engine.run(["version"])).stdout.trim(),
                checkov,
            };
            writeFileSync(
                join(repository, "docs", "performance.md"),
                performancePage(rows, machine, new Date()),
            );
        }
    } finally {
        engine.dispose();
    }
}

void main();
