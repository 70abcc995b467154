import type { JSX } from "preact";
import type { PatchPlan } from "../../../catalog/records/judged-stack";
import { latencySentence } from "../../patch-latency";
import { nameOf } from "../../urn";
import { Scroll, Section, Table } from "../parts/table";
import { Calendar, WorstCase } from "./patch-drawings";

/** How patches arrive: the worst case against the deadline, the rings, the windows of the next 90 days. */
export function Patches({ plan }: { plan: PatchPlan | null }): JSX.Element {
    if (plan === null) {
        return (
            <Section id="patches" title="Patches">
                <p>This stack holds no patch plan: nothing shows when its servers are patched.</p>
            </Section>
        );
    }
    const isLate = plan.worstCaseHours === null || plan.worstCaseHours > plan.deadlineDays * 24;
    return (
        <Section id="patches" title="Patches">
            <div class={`headline headline-${isLate ? "blocked" : "clean"}`}>
                <p>{latencySentence(plan)}</p>
                <p>
                    {plan.promotionGated
                        ? `Production installs only what a promotion proved on the canary, after ${plan.soakHours} hours.`
                        : "Nothing shows that production installs what the canary proved."}{" "}
                    {plan.scanSchedule === ""
                        ? "No scan is scheduled."
                        : `Patches are scanned for by ${plan.scanSchedule}.`}
                </p>
            </div>
            <h3>The worst case, step by step</h3>
            <Scroll label="Drawing of the worst case">
                <WorstCase plan={plan} />
            </Scroll>
            <Table caption="Steps of the worst case" columns={["Step", "When", "What"]}>
                {plan.worstCase.map(({ at, what }, index) => (
                    <tr key={index}>
                        <td class="number">{index + 1}</td>
                        <th scope="row">{at === "" ? "never" : at}</th>
                        <td>{what}</td>
                    </tr>
                ))}
            </Table>
            <h3>Rings</h3>
            <Table
                caption="Rings"
                columns={["Ring", "Role", "Servers", "Schedule", "Time zone", "Hours", "At a time"]}
            >
                {plan.rings.map((ring) => (
                    <tr key={ring.name}>
                        <th scope="row">{ring.name}</th>
                        <td>{ring.role}</td>
                        <td>{ring.servers.map(nameOf).slice(0, 20).join(", ")}</td>
                        <td>
                            <code>{ring.schedule}</code>
                        </td>
                        <td>{ring.timeZone}</td>
                        <td class="number">{ring.durationHours}</td>
                        <td class="number">{ring.maxConcurrency}</td>
                    </tr>
                ))}
            </Table>
            <h3>Calendar of the next 90 days</h3>
            <Scroll label="Drawing of the calendar">
                <Calendar plan={plan} />
            </Scroll>
            <details>
                <summary>All {plan.calendar.length} windows</summary>
                <Table caption="Maintenance windows" columns={["Opens", "Closes", "Ring"]}>
                    {plan.calendar.map(({ ring, starts, ends }) => (
                        <tr key={`${ring}${starts}`}>
                            <th scope="row">{starts}</th>
                            <td>{ends}</td>
                            <td>{ring}</td>
                        </tr>
                    ))}
                </Table>
            </details>
        </Section>
    );
}
