// The suites of the repository, in one list. `--left-out` names what `npm test` did not run; `--run` runs every one as CI does.
import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/**
 * Each suite: its npm script, what it needs besides what `npm test` does, and when CI runs it: alone and first, or in one of two rows that run
 * side by side, since most suites leave a processor idle.
 */
const suites = [
    { script: "test", needs: "", row: "alone" },
    {
        script: "test:engine",
        needs: "the Pulumi CLI and its language hosts on PATH, Python 3 with venv, npm and PyPI",
        row: "shown",
    },
    {
        script: "test:host",
        needs: "root, Debian packages (test/host/packages.txt), bao on PATH",
        row: "shown",
    },
    { script: "check:static", needs: "", row: "quiet" },
    {
        script: "test:leaves",
        needs: "minutes: it changes every input of the reference stack",
        row: "quiet",
    },
    {
        script: "test:browser",
        needs: "Chromium at KEYWARD_CHROMIUM or /usr/bin/chromium",
        row: "quiet",
    },
    { script: "test:tools", needs: "the npm registry", row: "quiet" },
    {
        script: "test:host:kernel",
        needs: "what test:host does, and QEMU",
        row: "quiet",
    },
];

if (process.argv.includes("--left-out")) {
    console.log("\nLeft out of this run, because they need more than npm and a few minutes:");
    for (const { script, needs } of suites.filter((suite) => suite.needs !== "")) {
        console.log(`  npm run ${script.padEnd(16)} needs ${needs}`);
    }
} else if (process.argv.includes("--run")) {
    process.exitCode = await runAll();
} else {
    console.error("usage: node tools/suites.mjs --left-out | --run");
    process.exitCode = 2;
}

/** Runs every suite, also after a failure; returns the exit status. */
async function runAll() {
    const results = [
        ...(await runRow("alone", true)),
        ...(await Promise.all([runRow("shown", true), runRow("quiet", false)])).flat(),
    ];
    for (const { script, failures } of results.filter((result) => result.failures !== "")) {
        console.log(`\n=== failures of npm run ${script}\n${failures}`);
    }
    const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
    console.log("\nsuite              seconds   passed   failed  skipped");
    for (const result of results) {
        const numbers = [result.seconds, result.passed, result.failed, result.skipped];
        console.log(result.script.padEnd(17) + numbers.map((n) => String(n).padStart(9)).join(""));
    }
    console.log(
        `\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`,
    );
    return results.some((result) => result.status !== 0) || total("failed") > 0 ? 1 : 0;
}

/** Runs the suites of a row one after the other. What those that are not live print is shown when each has ended. */
async function runRow(row, live) {
    const results = [];
    for (const { script } of suites.filter((suite) => suite.row === row)) {
        results.push(await runSuite(script, live));
    }
    return results;
}

/** Runs one suite; says how long it took, what its tests came to and what failed. */
async function runSuite(script, live) {
    if (live) {
        console.log(`\n=== npm run ${script}`);
    }
    const started = performance.now();
    const { status, output } = await run(script, live);
    const seconds = Math.round((performance.now() - started) / 1000);
    if (!live) {
        console.log(`\n=== npm run ${script}\n${output}`);
    }
    const counts = countTests(output);
    const broken = status !== 0 && counts.failed === 0;
    const empty = script.startsWith("test") && counts.passed + counts.failed === 0;
    return {
        script,
        seconds,
        status,
        passed: counts.passed + (script.startsWith("test") || status !== 0 ? 0 : 1),
        failed: counts.failed + (broken || empty ? 1 : 0),
        skipped: counts.skipped,
        failures: failuresOf(output, status),
    };
}

/** Runs one npm script, passing its output through when it is shown live. */
function run(script, live) {
    return new Promise((resolve) => {
        const child = spawn("npm", ["run", "--silent", script], {
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        for (const [stream, target] of [
            [child.stdout, process.stdout],
            [child.stderr, process.stderr],
        ]) {
            stream.on("data", (chunk) => {
                output += chunk;
                if (live) {
                    target.write(chunk);
                }
            });
        }
        child.on("close", (status) => resolve({ status: status ?? 1, output }));
        child.on("error", () => resolve({ status: 1, output }));
    });
}

/** The lines that say what failed: mocha's closing list, or the end of what a broken suite printed. */
function failuresOf(output, status) {
    const lines = stripVTControlCharacters(output).trimEnd().split("\n");
    const start = lines.findIndex((line) => /^\s+\d+ failing$/.test(line));
    if (start >= 0) {
        return lines.slice(start, start + 200).join("\n");
    }
    return status === 0 ? "" : lines.slice(-60).join("\n");
}

/** Adds up mocha's closing lines. */
function countTests(output) {
    const plain = stripVTControlCharacters(output);
    const sum = (word) =>
        [...plain.matchAll(new RegExp(`^\\s+(\\d+) ${word}\\b`, "gm"))].reduce(
            (total, match) => total + Number(match[1]),
            0,
        );
    return { passed: sum("passing"), failed: sum("failing"), skipped: sum("pending") };
}
