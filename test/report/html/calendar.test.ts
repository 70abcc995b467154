import assert from "node:assert/strict";
import { writeHtml } from "../../../report/html/write";
import { buildJudgedStack, sampleTexts } from "../../support/judged-stack";
import { samplePatchPlan } from "../../support/judged-stack/patch-plan";

const day = 86_400_000;

interface Drawn {
    readonly title: string;
    readonly role: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
}

/** The windows in the picture of the calendar. */
function drawn(page: string): readonly Drawn[] {
    const start = page.indexOf('<svg class="calendar"');
    const picture = page.slice(start, page.indexOf("</svg>", start));
    const pattern =
        /<rect class="window window-(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]*><title>([^<]*)<\/title>/g;
    return [...picture.matchAll(pattern)].map(([, role = "", x, y, width, title = ""]) => ({
        title,
        role,
        x: Number(x),
        y: Number(y),
        width: Number(width),
    }));
}

describe("the picture of the patch calendar", () => {
    const windows = drawn(writeHtml(buildJudgedStack({ patchPlan: samplePatchPlan }), sampleTexts));

    it("shows every window of the next 90 days once, named by ring, beginning and end", () => {
        assert.deepEqual(
            windows.map(({ title }) => title).sort(),
            samplePatchPlan.calendar
                .map(({ ring, starts, ends }) => `${ring}: ${starts} to ${ends}`)
                .sort(),
        );
    });

    it("gives each ring a row of its own, the canary first", () => {
        const rows = new Map(windows.map(({ role, y }) => [role, y]));
        assert.equal(new Set(windows.map(({ y }) => y)).size, 2);
        assert.ok((rows.get("canary") ?? NaN) < (rows.get("production") ?? NaN));
    });

    it("places windows by their time, a week apart at the same distance", () => {
        const [first] = samplePatchPlan.calendar;
        const begin = Math.floor(Date.parse(first?.starts ?? "") / day);
        const canary = windows.filter(({ role }) => role === "canary");
        const week = ((canary.at(-1)?.x ?? NaN) - (canary[0]?.x ?? NaN)) / (canary.length - 1);
        for (const { title, x } of windows) {
            const starts = Date.parse(/: (\S+) to/.exec(title)?.[1] ?? "");
            const days = starts / day - begin;
            const expected = (canary[0]?.x ?? NaN) + ((days - 1 / 24) / 7) * week;
            assert.ok(Math.abs(x - expected) < 0.2, `${title} is at ${x}, not at ${expected}`);
        }
    });

    it("is left out, with a sentence, when no window opens", () => {
        const page = writeHtml(
            buildJudgedStack({ patchPlan: { ...samplePatchPlan, calendar: [] } }),
            sampleTexts,
        );
        assert.deepEqual(drawn(page), []);
        assert.match(page, /No window opens in the next 90 days\./);
    });
});
