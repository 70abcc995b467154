import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeHtml } from "../../../report/html/write";
import { buildJudgedStack, sampleTexts } from "../../support/judged-stack";
import { hostileFindings, hostileTexts } from "../../support/judged-stack/hostile";

function html(changes: Parameters<typeof buildJudgedStack>[0] = {}): string {
    return writeHtml(buildJudgedStack(changes), sampleTexts);
}

/** The texts of the elements of a name. */
function contentsOf(page: string, element: string): string[] {
    const pattern = new RegExp(`<${element}(?: [^>]*)?>([\\s\\S]*?)</${element}>`, "g");
    return [...page.matchAll(pattern)].map(([, content]) => content ?? "");
}

/** The visible text of a section. */
function sectionText(page: string, id: string): string {
    const start = page.indexOf(`<section id="${id}"`);
    return page
        .slice(start, page.indexOf("</section>", start))
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " ");
}

describe("writing the HTML report", () => {
    it("gives the same bytes for the same report in any order", () => {
        const { findings } = buildJudgedStack();
        assert.equal(html({ findings: [...findings].reverse() }), html());
    });

    it("lets only its own script and style sheet in", () => {
        const page = html();
        const [, policy = ""] =
            /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
        const hash = (text = ""): string => createHash("sha256").update(text).digest("base64");
        const [, script] = contentsOf(page, "script");
        const [style] = contentsOf(page, "style");
        assert.deepEqual(policy.split("; "), [
            "default-src 'none'",
            `script-src 'sha256-${hash(script)}'`,
            `style-src 'sha256-${hash(style)}'`,
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]);
    });

    it("names no address that could be asked for", () => {
        const page = html().replace(/urn:pulumi:[^"<]*/g, "");
        assert.deepEqual(
            [...page.matchAll(/(?:src|href|action|data|poster|srcset)="([^"#][^"]*)"/g)].map(
                ([, address]) => address,
            ),
            [],
        );
        assert.doesNotMatch(page, /@import|url\((?!#)/);
        assert.doesNotMatch(page, / style="| on[a-z]+="/);
    });

    it("keeps the data of the page inside their element", () => {
        for (const [index, text] of hostileTexts.entries()) {
            const findings = hostileFindings.slice(index, index + 1);
            const page = html({ project: text, findings });
            const scripts = contentsOf(page, "script");
            assert.equal(scripts.length, 2);
            const data = JSON.parse(scripts[0] ?? "") as { findings: { message: string }[] };
            assert.deepEqual(
                data.findings.map(({ message }) => message),
                findings.map(({ message }) => message),
            );
        }
    });

    it("says in the title whether the stack is blocked", () => {
        const titleOf = (page: string): string | undefined => contentsOf(page, "title")[0];
        assert.equal(titleOf(html()), "payments-vault/production: blocked");
        assert.equal(titleOf(html({ findings: [] })), "payments-vault/production: clean");
    });

    it("shows what was looked at and what was not", () => {
        const text = sectionText(html(), "coverage");
        assert.match(text, /Of 148 resources 121 were judged and 18 are out of scope/);
        assert.match(text, /aws:route53\/record:Record 6/);
        assert.match(text, /payments:index:Access named payments not-evaluated left unknown/);
    });

    it("shows exemptions with their ends and the days left", () => {
        const text = sectionText(html(), "exemptions");
        assert.match(text, /legacy-data-volume .* active 2026-12-15 21 days left/);
        assert.match(text, /old-session-limit .* expired 2026-06-01 ended 176 days ago/);
    });

    it("shows manual controls as open, overdue and evidenced", () => {
        const text = sectionText(html(), "controls");
        assert.match(
            text,
            /patch-process-review .* open manual 0 wanted every 90 days: the minutes/,
        );
        assert.match(
            text,
            /penetration-test .* overdue manual 0 2025-06-10 , security engineering/,
        );
        assert.match(text, /configuration-review .* evidenced manual 0 2026-08-03 ,/);
    });

    it("shows the worst case of patches and whether it is in time", () => {
        assert.match(
            sectionText(html(), "patches"),
            /18 days 8 hours after their release at the latest, inside the deadline of 30 days/,
        );
        const { patchPlan } = buildJudgedStack();
        assert.ok(patchPlan);
        assert.match(
            sectionText(html({ patchPlan: { ...patchPlan, deadlineDays: 14 } }), "patches"),
            /at the latest, after the deadline of 14 days/,
        );
        const never = {
            ...patchPlan,
            worstCaseHours: null,
            worstCase: [{ at: "", what: "the window of production never opens" }],
        };
        assert.match(
            sectionText(html({ patchPlan: never }), "patches"),
            /never reach every server.* never the window of production never opens/,
        );
        assert.match(sectionText(html({ patchPlan: null }), "patches"), /holds no patch plan/);
    });

    it("counts the controls of every paragraph and standard by state", () => {
        const text = sectionText(html(), "standards");
        assert.match(
            text,
            /Remove all non-essential services and programs 4 2 violated 2 not-judged 3/,
        );
        assert.match(text, /NIST SP 800-53 revision 5 .* AU-9 1 1 violated 1/);
        assert.match(text, /PCI DSS 4\.0\.1 .* 6\.3\.3 2 2 met 0/);
        assert.match(text, /CIS .* Controls8 4\.4 1 1 violated 2/);
    });

    it("is whole for a stack with nothing in it", () => {
        const page = html({
            findings: [],
            exemptions: [],
            assumptions: [],
            remediations: [],
            controls: [],
            topology: { nodes: [], edges: [] },
            exposure: { paths: [], access: [] },
            patchPlan: null,
        });
        assert.match(sectionText(page, "drawing"), /holds nothing to draw/);
        assert.match(sectionText(page, "exposure"), /No path to or from a key server was found/);
        assert.match(sectionText(page, "findings"), /0 of 0 findings/);
    });
});
