import { createHash } from "node:crypto";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { catalogTexts, type CatalogTexts } from "../catalog-texts";
import { headline } from "../headline";
import { canonicalReport } from "../json/write";
import { script, style } from "./dist/client";
import { Page } from "./page";
import { gatherPageData } from "./page-data";

/**
 * Writes a report as one HTML page that holds everything it needs: it loads nothing, sends nothing, and its security policy allows
 * only the one script and the one style sheet that Keyward ships. The same report gives the same bytes.
 */
export function writeHtml(given: JudgedStack, texts: CatalogTexts = catalogTexts): string {
    const report = canonicalReport(given);
    const data = gatherPageData(report, texts);
    const title = `${report.project}/${report.stack}: ${headline(report).title}`;
    return [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${securityPolicy()}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        renderToString(h("title", null, title)),
        `<style>${style}</style>`,
        "</head>",
        `<body>${renderToString(h(Page, { report, texts, data }))}`,
        `<script type="application/json" id="page-data">${embed(data)}</script>`,
        `<script>${script}</script>`,
        "</body>",
        "</html>",
        "",
    ].join("\n");
}

function securityPolicy(): string {
    return [
        "default-src 'none'",
        `script-src '${hashOf(script)}'`,
        `style-src '${hashOf(style)}'`,
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].join("; ");
}

function hashOf(text: string): string {
    return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** JSON inside a script element: a `<` could end the element or open a comment. */
function embed(data: unknown): string {
    return JSON.stringify(data).replaceAll("<", "\\u003c");
}
