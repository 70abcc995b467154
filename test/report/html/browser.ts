import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** Switches that keep a fresh Chromium from talking to anybody. */
const quietly = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** Starts the Chromium of KEYWARD_CHROMIUM, or Debian's. */
export async function startBrowser(): Promise<Browser> {
    const executablePath = process.env["KEYWARD_CHROMIUM"] ?? "/usr/bin/chromium";
    if (!existsSync(executablePath)) {
        throw new Error(
            `there is no browser at ${executablePath}: install chromium, or name another one in KEYWARD_CHROMIUM`,
        );
    }
    return chromium.launch({ executablePath, headless: true, args: quietly });
}

/** An opened page with all that went wrong on it. */
export interface Visit {
    readonly page: Page;
    /** Messages of the console, errors of scripts, violations of the security policy. */
    readonly complaints: readonly string[];
    /** Every address that the page asked for besides itself. */
    readonly requests: readonly string[];
    /** Milliseconds until the findings stood there and answered. */
    readonly openMs: number;
}

/** Opens an HTML text as a file, as people open a report. */
export async function visit(
    browser: Browser,
    html: string,
    fragment = "",
    options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Visit> {
    const folder = mkdtempSync(join(tmpdir(), "keyward-page-"));
    const file = join(folder, "report.html");
    writeFileSync(file, html);
    const context = await browser.newContext({
        viewport: { width: 1400, height: 1000 },
        ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    const address = pathToFileURL(file).href;
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
        if (request.url().split("#")[0] !== address) {
            requests.push(request.url());
        }
    });
    await watchPolicy(context);
    const started = performance.now();
    await page.goto(`${address}${fragment}`, { waitUntil: "load" });
    await page.waitForSelector('[data-island="findings"] .result');
    const openMs = performance.now() - started;
    page.on("close", () => rmSync(folder, { recursive: true, force: true }));
    return { page, complaints, requests, openMs };
}

/** Writes violations of the security policy to the console, where the visit hears of them. */
async function watchPolicy(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
            console.error(`violates ${violatedDirective}: ${blockedURI}`),
        );
    });
}
