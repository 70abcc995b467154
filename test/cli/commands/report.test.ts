import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogTexts } from "../../../report/catalog-texts";
import { writeHtml } from "../../../report/html/write";
import { writeReport } from "../../../report/json/write";
import { writeJunit } from "../../../report/junit/write";
import { writeMarkdown } from "../../../report/markdown/write";
import { writeSarif } from "../../../report/sarif/write";
import { buildJudgedStack, finding, urns } from "../../support/judged-stack";

const blocked = buildJudgedStack();
const advised = buildJudgedStack({
    findings: [
        finding("sg-rules-described", "fail", "advisory", urns.balancerGroup, "", "no text"),
    ],
});

interface Run {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

describe("keyward report", function () {
    this.timeout(60_000);
    let folder = "";

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-report-"));
        writeFileSync(join(folder, "blocked.json"), writeReport(blocked));
        writeFileSync(join(folder, "advised.json"), writeReport(advised));
    });

    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    function keyward(args: readonly string[], input = ""): Run {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [join(__dirname, "../../../cli/bin/keyward.js"), "report", ...args],
            { cwd: folder, encoding: "utf8", input, maxBuffer: 64 * 1024 * 1024 },
        );
        return { status, stdout, stderr };
    }

    const written = (file: string): string => readFileSync(join(folder, file), "utf8");

    it("writes every form that was asked for, and says the verdict", () => {
        const forms = ["json", "sarif", "junit", "markdown", "html"];
        const { status, stdout, stderr } = keyward([
            "blocked.json",
            ...forms.flatMap((form) => [`--${form}`, `out.${form}`]),
        ]);
        assert.equal(stderr, "");
        assert.equal(status, 1);
        assert.match(stdout, /payments-vault/);
        assert.equal(written("out.json"), writeReport(blocked));
        assert.equal(written("out.sarif"), writeSarif(blocked, catalogTexts));
        assert.equal(written("out.junit"), writeJunit(blocked));
        assert.equal(written("out.markdown"), writeMarkdown(blocked));
        assert.equal(written("out.html"), writeHtml(blocked, catalogTexts));
    });

    it("reads standard input and writes a form alone to standard output", () => {
        const { status, stdout } = keyward(["-", "--markdown", "-"], writeReport(advised));
        assert.equal(status, 0);
        assert.equal(stdout, writeMarkdown(advised));
    });

    it("ends with status 1 when the demand is not met", () => {
        assert.equal(keyward(["advised.json"]).status, 0);
        assert.equal(keyward(["advised.json", "--fail-on", "fail:medium"]).status, 0);
        assert.equal(keyward(["advised.json", "--fail-on", "fail:low"]).status, 1);
        assert.equal(keyward(["blocked.json"]).status, 1);
    });

    it("ends with status 2 for files that are no reports, and writes nothing", () => {
        writeFileSync(join(folder, "cut.json"), writeReport(blocked).slice(0, 5_000));
        writeFileSync(join(folder, "export.json"), '{"version":3,"deployment":{"resources":[]}}');
        writeFileSync(join(folder, "empty.json"), "");
        const clean = buildJudgedStack({ findings: [], policies: [] });
        writeFileSync(join(folder, "unjudged.json"), writeReport(clean));
        const before = readdirSync(folder).sort();
        const cases = [
            ["cut.json", /^keyward: cut\.json is not JSON, or was cut short \(/],
            ["export.json", /^keyward: export\.json: the report lacks "schemaVersion"\n/],
            ["empty.json", /^keyward: empty\.json is empty/],
            ["none.json", /^keyward: cannot read the report none\.json: ENOENT/],
            [".", /^keyward: cannot read the report \.: EISDIR/],
            ["unjudged.json", /^keyward: unjudged\.json: the report holds no policy data/],
        ] as const;
        for (const [file, message] of cases) {
            const { status, stdout, stderr } = keyward([file, "--html", "out.html"]);
            assert.equal(status, 2, file);
            assert.equal(stdout, "");
            assert.match(stderr, message);
        }
        assert.deepEqual(readdirSync(folder).sort(), before);
    });

    it("ends with status 2 when a file cannot be written, and writes none", () => {
        const { status, stderr } = keyward([
            "blocked.json",
            "--json",
            "out.json",
            "--html",
            "nowhere/out.html",
        ]);
        assert.equal(status, 2);
        assert.match(
            stderr,
            /^keyward: --html nowhere\/out\.html: the folder .* does not exist\n$/,
        );
        assert.equal(existsSync(join(folder, "out.json")), false);
    });

    it("ends with status 2 for a demand that it does not know", () => {
        const { status, stderr } = keyward(["advised.json", "--fail-on", "error"]);
        assert.equal(status, 2);
        assert.match(stderr, /--fail-on is "error"; it must be VERDICT or VERDICT:SEVERITY/);
    });
});
