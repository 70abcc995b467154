import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { writeHtml } from "../../../report/html/write";
import { buildJudgedStack, sampleTexts, urns } from "../../support/judged-stack";
import { hostileFindings, hostileTexts } from "../../support/judged-stack/hostile";
import { largeTopology, manyFindings } from "../../support/judged-stack/large";
import { startBrowser, visit, type Visit } from "./browser";

const sample = writeHtml(buildJudgedStack(), sampleTexts);

/** The titles of the findings that the page shows. */
function shownPolicies(page: Page): Promise<string[]> {
    return page.locator("#findings .finding .policy").allTextContents();
}

function result(page: Page): Promise<string | null> {
    return page.locator("#findings .result").textContent();
}

function fragmentOf(page: Page): string {
    return decodeURIComponent(new URL(page.url()).hash);
}

/** Saves a picture when KEYWARD_SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env["KEYWARD_SCREENSHOTS"];
    if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    }
}

/** What axe finds, of every weight, as short lines. */
async function accessibilityFaults(page: Page): Promise<string[]> {
    // The security policy lets no script in, so axe comes through the debugger, which is not the page's.
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    return violations.map(
        ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
}

describe("the HTML report in a browser", () => {
    let browser: Browser;
    let visits: Visit[];

    async function open(
        ...args: Parameters<typeof visit> extends [Browser, ...infer R] ? R : never
    ): Promise<Visit> {
        const opened = await visit(browser, ...args);
        visits.push(opened);
        return opened;
    }

    before(async () => {
        browser = await startBrowser();
    });

    beforeEach(() => {
        visits = [];
    });

    // Whatever a test does: nothing is written to the console, no policy is violated, nothing is asked for.
    afterEach(async () => {
        for (const { page, complaints, requests } of visits) {
            assert.deepEqual(complaints, []);
            assert.deepEqual(requests, []);
            await page.context().close();
        }
    });

    after(async () => {
        await browser.close();
    });

    describe("filters", () => {
        it("leave the findings of a verdict and a severity", async () => {
            const { page } = await open(sample);
            assert.equal(await result(page), "8 of 8 findings");
            await page.getByRole("checkbox", { name: "indeterminate" }).check();
            assert.deepEqual(await shownPolicies(page), ["iam-no-wildcard-actions"]);
            await page.getByRole("checkbox", { name: "fail" }).check();
            await page.getByRole("checkbox", { name: "high" }).check();
            assert.deepEqual(await shownPolicies(page), [
                "log-group-retention-and-cmk",
                "iam-no-wildcard-actions",
            ]);
            assert.equal(fragmentOf(page), "#verdict=indeterminate,fail&severity=high");
        });

        it("search every word in names, messages and fingerprints", async () => {
            const { page } = await open(sample);
            const box = page.getByRole("searchbox", { name: "Search", exact: true });
            await box.fill("internet VAULT-servers");
            assert.deepEqual(await shownPolicies(page), ["sg-no-public-ingress"]);
            await box.fill("d8d36bab");
            assert.deepEqual(await shownPolicies(page), ["log-group-retention-and-cmk"]);
            await box.fill("no such thing");
            assert.equal(await result(page), "0 of 8 findings");
        });

        it("leave the findings of a paragraph, a policy and a standard", async () => {
            const { page } = await open(sample);
            await page.locator('select[name="paragraph"]').selectOption("logging");
            assert.deepEqual(await shownPolicies(page), [
                "server-role-cannot-tamper-audit",
                "log-group-retention-and-cmk",
            ]);
            await page.locator('select[name="policy"]').selectOption("log-group-retention-and-cmk");
            assert.equal(await result(page), "1 of 8 findings");
            await page.getByRole("button", { name: "Clear all filters" }).click();
            assert.equal(await result(page), "8 of 8 findings");
            await page.getByRole("heading", { name: "PCI DSS 4.0.1" }).click();
            await page.getByRole("link", { name: "1 findings: 10.5.1" }).click();
            assert.deepEqual(await shownPolicies(page), ["log-group-retention-and-cmk"]);
            await page.getByRole("button", { name: /Standard: 10\.5\.1/ }).click();
            assert.equal(await result(page), "8 of 8 findings");
        });

        it("survive in the address, a reload and the way back", async () => {
            const { page } = await open(sample, "#severity=critical&text=audit");
            assert.deepEqual(await shownPolicies(page), ["server-role-cannot-tamper-audit"]);
            assert.equal(await page.getByRole("checkbox", { name: "critical" }).isChecked(), true);
            await page.reload();
            assert.deepEqual(await shownPolicies(page), ["server-role-cannot-tamper-audit"]);
            await page.getByRole("link", { name: "1 findings: fail, medium" }).click();
            assert.deepEqual(await shownPolicies(page), ["session-preferences-hardened"]);
            await page.goBack();
            assert.deepEqual(await shownPolicies(page), ["server-role-cannot-tamper-audit"]);
        });

        it("stay when one goes to another section", async () => {
            const { page } = await open(sample, "#severity=low");
            await page.getByRole("navigation", { name: "Sections" }).getByText("Patches").click();
            assert.equal(await result(page), "1 of 8 findings");
            assert.equal(fragmentOf(page), "#at=patches&severity=low");
            assert.equal(await page.evaluate(() => document.activeElement?.id), "patches-title");
        });

        it("show the controls of a state", async () => {
            const { page } = await open(sample);
            await page.getByRole("link", { name: "1 overdue" }).click();
            assert.deepEqual(
                await page.locator("#controls tbody tr:visible th code").allTextContents(),
                ["penetration-test"],
            );
        });

        it("take nonsense in the address for nothing", async () => {
            const { page } = await open(sample, "#page=-3&verdict=&__proto__=x&severity=%FF&%%%");
            assert.equal(await result(page), "0 of 8 findings");
            const { page: other } = await open(sample, "#page=99&row=x&resource=urn%3Anone");
            assert.equal(await result(other), "8 of 8 findings");
        });
    });

    describe("the drawing", () => {
        it("shows the findings and connections of a resource that is clicked", async () => {
            const { page } = await open(sample);
            await page
                .getByRole("link", { name: "security-group vault-servers: 1 findings" })
                .click();
            const panel = page.getByRole("complementary", { name: "Chosen resource" });
            assert.equal(await panel.locator("h3").textContent(), "vault-servers");
            assert.match(
                (await panel.locator(".panel-findings").textContent()) ?? "",
                /No way in from the internet.*found "0\.0\.0\.0\/0"/,
            );
            assert.deepEqual(
                (await panel.locator(".neighbours li").allTextContents()).slice(0, 2),
                [
                    "may be reached by 0.0.0.0/0 tcp/8200",
                    "may be reached by vault-balancer tcp/8200",
                ],
            );
            assert.equal(fragmentOf(page), `#resource=${urns.serverGroup}`);
            await panel.getByRole("link", { name: "What to write instead" }).click();
            assert.deepEqual(await shownPolicies(page), ["sg-no-public-ingress"]);
            await page.goBack();
            await panel.getByRole("button", { name: "Choose none" }).click();
            assert.equal(fragmentOf(page), "");
        });

        it("emphasises the chosen resource with its lines", async () => {
            const { page } = await open(
                sample,
                `#resource=${encodeURIComponent(urns.balancerGroup)}`,
            );
            assert.deepEqual(await page.locator(".drawing .chosen-node .name").allTextContents(), [
                "vault-balancer",
            ]);
            assert.equal(await page.locator(".drawing .line.linked").count(), 3);
        });

        it("shows and hides kinds of lines, and remembers which", async () => {
            const { page } = await open(sample);
            const keys = page.locator(".drawing .line-encrypts");
            assert.equal(await keys.first().isVisible(), false);
            await page.getByRole("checkbox", { name: "encrypts", exact: true }).check();
            assert.equal(await keys.first().isVisible(), true);
            assert.equal(fragmentOf(page), "#lines=allows,logs-to,encrypts");
            await page.reload();
            assert.equal(await keys.first().isVisible(), true);
        });

        it("draws every resource of a small stack exactly once", async () => {
            const { page } = await open(sample);
            const links = page.locator(".drawing a[data-node]");
            assert.equal(await links.count(), buildJudgedStack().topology.nodes.length);
        });
    });

    describe("the keyboard", () => {
        it("reaches the findings first, then every resource of the drawing", async () => {
            const { page } = await open(sample);
            await page.keyboard.press("Tab");
            assert.equal(
                await page.evaluate(() => document.activeElement?.textContent?.trim()),
                "Skip to the findings",
            );
            await page.keyboard.press("Enter");
            assert.equal(await page.evaluate(() => document.activeElement?.id), "findings-title");
            await page.locator(".canvas").focus();
            await page.keyboard.press("Tab");
            await page.keyboard.press("Enter");
            assert.notEqual(await page.locator(".panel h3").count(), 0);
        });

        it("turns the pages of a list and toggles filters", async () => {
            const html = writeHtml(buildJudgedStack({ findings: manyFindings(120) }), sampleTexts);
            const { page } = await open(html);
            await page
                .getByRole("navigation", { name: "Pages of findings" })
                .getByText("Next")
                .focus();
            await page.keyboard.press("Enter");
            assert.equal(await page.locator(".pager span").first().textContent(), "Page 2 of 3");
            assert.equal(fragmentOf(page), "#page=2");
            await page.getByRole("checkbox", { name: "critical" }).focus();
            await page.keyboard.press("Space");
            assert.equal(fragmentOf(page), "#severity=critical");
        });
    });

    describe("accessibility", () => {
        for (const colorScheme of ["light", "dark"] as const) {
            it(`has no fault that axe finds, ${colorScheme}`, async () => {
                const { page } = await open(
                    sample,
                    `#resource=${encodeURIComponent(urns.serverGroup)}`,
                    { colorScheme },
                );
                await page.evaluate(() =>
                    document
                        .querySelectorAll("details")
                        .forEach((details) => (details.open = true)),
                );
                await picture(page, colorScheme);
                assert.deepEqual(await accessibilityFaults(page), []);
            });
        }

        it("has no fault on a narrow screen, and nothing that sticks out", async () => {
            const { page } = await open(sample, "", { viewport: { width: 360, height: 800 } });
            await picture(page, "narrow");
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
            assert.deepEqual(await accessibilityFaults(page), []);
        });

        it("can be read without scripts", async () => {
            const context = await browser.newContext({ javaScriptEnabled: false });
            const page = await context.newPage();
            await page.setContent(sample);
            assert.equal(await page.locator("#findings .finding").count(), 8);
            assert.match((await page.locator("#findings").textContent()) ?? "", /Without scripts/);
            await context.close();
        });
    });

    it("prints every finding with what to write instead", async () => {
        const html = writeHtml(buildJudgedStack({ findings: manyFindings(120) }), sampleTexts);
        const { page } = await open(html);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        assert.equal(await page.locator("#findings .finding details[open]").count(), 120);
        assert.equal(await page.locator("details:not([open])").count(), 0);
        assert.equal(await page.locator("#findings .filters").isVisible(), false);
        await picture(page, "print");
        await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
        assert.equal(await page.locator("#findings .finding").count(), 50);
        assert.equal(await page.locator("details[open]").count(), 1);
    });

    it("runs no text of a program", async () => {
        const report = buildJudgedStack({ findings: hostileFindings });
        const [script = "", image = "", end = ""] = hostileTexts;
        const html = writeHtml(
            {
                ...report,
                project: script,
                stack: end,
                topology: {
                    nodes: hostileTexts.map((text) => ({
                        urn: text,
                        kind: "server",
                        name: text,
                        inside: "",
                        facts: { tag: text },
                    })),
                    edges: hostileTexts.map((text) => ({
                        from: text,
                        to: image,
                        kind: "allows",
                        label: text,
                    })),
                },
                assumptions: hostileTexts.map((text) => ({
                    kind: text,
                    subject: text,
                    value: text,
                    reason: text,
                })),
            },
            sampleTexts,
        );
        const { page } = await open(html, `#resource=${encodeURIComponent(image)}`);
        assert.equal(await page.locator(".panel h3").textContent(), image);
        assert.equal(await page.evaluate(() => "pwned" in globalThis), false);
        assert.equal(await page.locator("script").count(), 2);
        assert.equal(await page.locator("img, iframe, object, embed, form[action]").count(), 0);
        assert.equal(await page.locator('a[href]:not([href^="#"])').count(), 0);
        assert.equal(await page.locator("#findings .finding").count(), hostileFindings.length);
    });

    it("lets no other script in", async () => {
        const injected = sample.replace("</body>", "<script>globalThis.pwned = 1</script></body>");
        const { page, complaints } = await visit(browser, injected);
        assert.equal(await page.evaluate(() => "pwned" in globalThis), false);
        assert.ok(complaints.includes("violates script-src-elem: inline"), complaints.join("\n"));
        await page.context().close();
    });

    it("opens with 10,000 resources and 10,000 findings", async () => {
        const html = writeHtml(
            buildJudgedStack({
                resources: 10_000,
                findings: manyFindings(10_000),
                topology: largeTopology(10_000),
            }),
            sampleTexts,
        );
        const { page, openMs } = await open(html);
        console.log(
            `        opened ${(html.length / 1e6).toFixed(1)} MB in ${Math.round(openMs)} ms`,
        );
        assert.ok(openMs < 20_000);
        assert.equal(await result(page), "10000 of 10000 findings");
        assert.equal(await page.locator("#findings .finding").count(), 50);
        assert.equal(await page.locator("#resources tbody tr").count(), 50);
        await page.getByRole("searchbox", { name: "Search resources" }).fill("fleet-server-9876");
        assert.deepEqual(await page.locator("#resources tbody th").allTextContents(), [
            "fleet-server-9876",
        ]);
        await page.getByRole("link", { name: "1 findings: fleet-server-9876" }).click();
        assert.equal(await result(page), "1 of 10000 findings");
        assert.match(
            (await page.locator(".drawing .more").first().textContent()) ?? "",
            /^\d+ more in the table$/,
        );
        await picture(page, "large");
        assert.deepEqual(await accessibilityFaults(page), []);
    });
});
