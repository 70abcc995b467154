import assert from "node:assert/strict";
import { PhaseClock } from "../../preview/phase-clock";

describe("the clock of a preview", () => {
    it("gives each phase the time until the next, and the last the time until now", () => {
        let now = 0;
        const clock = new PhaseClock(() => now);
        now = 0.2;
        clock.begin("evaluate");
        now = 1.7004;
        clock.begin("judge");
        now = 2;
        clock.begin("report");
        now = 2.25;
        assert.deepEqual(JSON.parse(clock.write()), {
            seconds: { start: 0.2, evaluate: 1.5, judge: 0.3, report: 0.25 },
        });
    });

    it("begins with the process", () => {
        const { seconds } = JSON.parse(new PhaseClock().write()) as {
            readonly seconds: Readonly<Record<string, number>>;
        };
        const alive = process.uptime();
        assert.ok(Math.abs(Number(seconds["start"]) - alive) < alive / 10, String(alive));
    });
});
