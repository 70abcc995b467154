import assert from "node:assert/strict";
import MarkdownIt from "markdown-it";
import { longestComment, writeMarkdown } from "../../../report/markdown/write";
import { buildJudgedStack, finding, urns } from "../../support/judged-stack";
import { hostileFindings, hostileTexts } from "../../support/judged-stack/hostile";
import { manyFindings } from "../../support/judged-stack/large";

/** Reads markdown as GitHub does: tables, HTML as it stands, bare addresses as links. */
function render(markdown: string): string {
    return new MarkdownIt({ html: true, linkify: true }).render(markdown);
}

/** The rendered page without what stands in code, where nothing is markup, a mention or a reference. */
function outsideCode(markdown: string): string {
    return render(markdown).replace(/<code[^>]*>[^<]*<\/code>/g, "<code/>");
}

describe("writing markdown", () => {
    it("says the verdict first, then the counts, then the worst findings", () => {
        const lines = writeMarkdown(buildJudgedStack()).split("\n");
        assert.deepEqual(lines.slice(0, 20), [
            "<!-- keyward payments-vault/production -->",
            "",
            "## Keyward: blocked — `payments-vault/production`",
            "",
            "5 findings block the deployment; 2 other findings advisory; 1 finding exempt.",
            "121 of 148 resources were judged, 18 are out of scope; 3 key servers (2026-11-24T00:00:00Z).",
            "Patches reach every server 18 days 8 hours after their release at the latest, inside the deadline of 30 days.",
            "",
            "| Verdict | critical | high | medium | low | all |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            "| fail | 3 | 1 | 1 | 1 | 6 |",
            "| indeterminate | 0 | 1 | 0 | 0 | 1 |",
            "| exempt | 0 | 1 | 0 | 0 | 1 |",
            "",
            "### Blocking",
            "",
            "| Severity | Policy | Resource | What was found | Verdict |",
            "| --- | --- | --- | --- | --- |",
            '| critical | `imdsv2-required` | `vault-server-1`<br>`metadataOptions.httpTokens` | `metadataOptions.httpTokens must be "required"; found "optional"` | fail |',
            "| critical | `server-role-cannot-tamper-audit` | `vault-server`<br>`inlinePolicies[0].policy` | `the role of vault-server-0 must not be allowed logs:DeleteLogStream; found it allowed on arn:aws:logs:eu-central-1:111122223333:log-group:/keyward/* by inline policy maintenance` | fail |",
        ]);
    });

    it("shows an exemption with its end", () => {
        const markdown = writeMarkdown(buildJudgedStack());
        assert.ok(
            markdown.includes(
                '| high | `volumes-encrypted-cmk` | `vault-data-2`<br>`kmsKeyId` | `kmsKeyId must name a customer-managed key; found "alias/aws/ebs"` | `2026-12-15` |',
            ),
        );
    });

    it("tells what was not read and what was assumed", () => {
        const markdown = writeMarkdown(buildJudgedStack());
        assert.ok(markdown.includes("- `aws:route53/record:Record`: 6"));
        assert.ok(markdown.includes("- `payments:index:Access named payments`: left unknown; "));
    });

    it("calls a stack clean only when there is neither failure nor doubt", () => {
        const title = (findings: Parameters<typeof buildJudgedStack>[0]): string | undefined =>
            writeMarkdown(buildJudgedStack(findings)).split("\n")[2];
        const doubt = finding(
            "sg-rules-described",
            "indeterminate",
            "advisory",
            urns.balancer,
            "",
            "x",
        );
        assert.equal(title({ findings: [] }), "## Keyward: clean — `payments-vault/production`");
        assert.equal(
            title({ findings: [doubt] }),
            "## Keyward: not blocked, with findings — `payments-vault/production`",
        );
    });

    it("fits into a comment with 10,000 findings and counts what was cut", () => {
        const markdown = writeMarkdown(buildJudgedStack({ findings: manyFindings(10_000) }));
        assert.ok(markdown.length <= longestComment, `${markdown.length} characters`);
        assert.ok(markdown.length > longestComment - 2_000, "the space is used");
        const shown = markdown.match(/^\| (critical|high|medium|low) /gm)?.length ?? 0;
        const [, cut] = /\*\*(\d+) more findings do not fit here\*\*/.exec(markdown) ?? [];
        assert.equal(shown + Number(cut), 10_000);
        assert.ok(markdown.includes(" more findings do not fit here** ("));
        assert.match(markdown.slice(0, 2_000), /### Blocking/);
    });

    it("fits into a comment when every other part is huge as well", () => {
        const long = "long ".repeat(2_000);
        const report = buildJudgedStack({
            findings: [...hostileFindings, ...manyFindings(5_000)],
            assumptions: Array.from({ length: 5_000 }, (_, index) => ({
                kind: "invoke",
                subject: `${long}${index}`,
                value: long,
                reason: long,
            })),
        });
        const coverage = {
            ...report.coverage,
            typesNotRead: Array.from({ length: 5_000 }, (_, index) => ({
                type: `${long}${index}`,
                count: 1,
            })),
        };
        assert.ok(writeMarkdown({ ...report, coverage, project: long }).length <= longestComment);
    });

    it("keeps every text of a program inside code", () => {
        for (const text of hostileTexts) {
            const report = buildJudgedStack({
                findings: hostileFindings.filter(({ path }) => path.includes(text)),
                project: text,
                stack: text,
                assumptions: [{ kind: "invoke", subject: text, value: text, reason: text }],
            });
            const outside = outsideCode(writeMarkdown(report)).replace(/<!--.*-->/, "");
            const tags = new Set([...outside.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag));
            const own =
                "h2 h3 p table thead tbody tr th td details summary ul li code br pre strong";
            assert.deepEqual(
                [...tags].filter((tag) => !own.split(" ").includes(tag ?? "")),
                [],
                text,
            );
            assert.doesNotMatch(outside, /attacker|octocat|pwned|security|javascript|esrever/);
        }
    });

    it("cannot be made to end its own marker", () => {
        const markdown = writeMarkdown(buildJudgedStack({ project: "--><script>x</script>" }));
        assert.equal(
            writeMarkdown(buildJudgedStack({ project: "\ud800" })).split("\n")[0],
            "<!-- keyward %EF%BF%BD/production -->",
        );
        assert.equal(
            markdown.split("\n")[0],
            "<!-- keyward --%3E%3Cscript%3Ex%3C%2Fscript%3E/production -->",
        );
    });

    it("keeps each finding in its own row of its table", () => {
        const html = render(writeMarkdown(buildJudgedStack({ findings: hostileFindings })));
        const [, table] = /<h3>Blocking<\/h3>\s*<table>([\s\S]*?)<\/table>/.exec(html) ?? [];
        const rows = [...(table ?? "").matchAll(/<tr>([\s\S]*?)<\/tr>/g)];
        assert.equal(rows.length, hostileFindings.length + 1);
        for (const [, row] of rows) {
            assert.equal(row?.match(/<t[hd]>/g)?.length, 5);
        }
    });

    it("gives the same bytes for the same report in any order", () => {
        const report = buildJudgedStack();
        const shuffled = buildJudgedStack({ findings: [...report.findings].reverse() });
        assert.equal(writeMarkdown(shuffled), writeMarkdown(report));
    });
});
