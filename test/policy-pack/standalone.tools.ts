import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Analyzer } from "../support/analyzer";
import { engineResource, surroundings } from "../support/analyzer-resources";
import { repository } from "../support/engine";

describe("the pack by itself", function () {
    this.timeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), "keyward-pack-"));

    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("runs from an empty folder into which its archive is installed, with its own dependencies only", async () => {
        const npm = (cwd: string, ...args: readonly string[]): string =>
            execFileSync("npm", args, {
                cwd,
                encoding: "utf8",
                stdio: ["ignore", "pipe", "inherit"],
            });
        const [archive] = npm(
            join(repository, "policy-pack"),
            "pack",
            "--silent",
            "--pack-destination",
            folder,
        )
            .trim()
            .split("\n")
            .slice(-1);
        assert.ok(archive !== undefined && archive !== "");
        writeFileSync(join(folder, "package.json"), '{"name": "empty", "private": true}\n');
        npm(folder, "install", "--ignore-scripts", "--no-audit", "--no-fund", `./${archive}`);
        const analyzer = await Analyzer.start(
            join(folder, "node_modules", "@keyward", "policy-pack"),
        );
        try {
            await analyzer.configureStack(true);
            const open = engineResource({
                type: "aws:ec2/securityGroup:SecurityGroup",
                name: "open",
                inputs: {
                    ingress: [
                        { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
                    ],
                },
            });
            const { diagnostics } = await analyzer.analyzeStack([...surroundings, open]);
            assert.ok(
                diagnostics.some(
                    ({ policy, level }) =>
                        policy === "sg-no-public-ingress" && level === "MANDATORY",
                ),
                JSON.stringify(diagnostics),
            );
        } finally {
            await analyzer.close();
        }
    });
});
