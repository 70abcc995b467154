import { patchedServers, readPlan } from "../patch-plan/read-plan";
import { planReads, stuck } from "../patch-plan/stuck";
import { failed, notApplicable, passed } from "../reading/observations";
import type { Observation, Rule } from "./rule";

/** Production installs the promoted list only, and a promotion that decides stands between it and the canary. */
export const patchPromotionGated: Rule = {
    name: "patch-promotion-gated",
    reads: planReads,
    *judge({ graph, scope, asOf }) {
        const reading = readPlan(graph, scope, asOf);
        if (reading.kind === "open" || reading.kind === "bad") {
            yield stuck(reading);
            return;
        }
        if (reading.kind !== "plan") {
            return;
        }
        const [canary, ...production] = reading.rings;
        if (production.length === 0 && canary !== undefined) {
            yield patchedServers(graph, scope).length === 1
                ? notApplicable(canary.window)
                : failed(
                      canary.window,
                      [],
                      "all servers are patched in one window: no canary proves what the others get",
                      "no-canary",
                  );
        }
        for (const { window, tasks, gated } of production) {
            const found: Observation[] = gated
                ? []
                : tasks.map(({ task }) =>
                      failed(
                          task,
                          ["taskInvocationParameters"],
                          `the window "${window.name}" installs whatever is approved by then: its task passes no InstallOverrideList`,
                          "no-list",
                      ),
                  );
            if (reading.gate === undefined) {
                found.push(
                    failed(
                        window,
                        [],
                        "no Automation document of this stack decides on the canary before the window",
                        "no-promotion",
                    ),
                );
            }
            yield* found.length === 0 ? [passed(window)] : found;
        }
    },
};
