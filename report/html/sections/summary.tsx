import type { JSX } from "preact";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import type { FindingVerdict } from "../../../catalog/records/verdict";
import { severities } from "../../../catalog/severity";
import { formatDuration } from "../../duration";
import { countFindings, headline } from "../../headline";
import { FindingsLink } from "../parts/badges";
import { Section, Table } from "../parts/table";

const meanings: Readonly<Record<FindingVerdict, string>> = {
    fail: "found weak",
    indeterminate: "cannot be decided yet: never taken for good",
    exempt: "weak, accepted by a record with an end date",
};

/** The verdict, the figures behind it, and the findings by verdict and severity. */
export function Summary({ report }: { report: JudgedStack }): JSX.Element {
    const { state, title, sentence } = headline(report);
    return (
        <Section id="summary" title="Summary">
            <div class={`headline headline-${state}`}>
                <p class="verdict">{title}</p>
                <p>{sentence}</p>
            </div>
            <Figures report={report} />
            <Table
                caption="Findings by verdict and severity"
                columns={["Verdict", ...severities, "all"]}
            >
                {(["fail", "indeterminate", "exempt"] as const).map((verdict) => (
                    <tr key={verdict}>
                        <th scope="row">
                            {verdict} <span class="meaning">{meanings[verdict]}</span>
                        </th>
                        {severities.map((severity) => (
                            <td key={severity} class={`number cell-${severity}`}>
                                <FindingsLink
                                    count={report.summary[verdict][severity]}
                                    state={{ verdict, severity }}
                                    of={`${verdict}, ${severity}`}
                                />
                            </td>
                        ))}
                        <td class="number">
                            <FindingsLink
                                count={countFindings(report, verdict)}
                                state={{ verdict }}
                                of={verdict}
                            />
                        </td>
                    </tr>
                ))}
            </Table>
        </Section>
    );
}

function Figures({ report }: { report: JudgedStack }): JSX.Element {
    const { coverage, patchPlan, policies, controls, resources } = report;
    const judging = policies.filter(({ counts }) =>
        Object.entries(counts).some(
            ([verdict, count]) => verdict !== "not-applicable" && count > 0,
        ),
    ).length;
    const manual = controls.filter(({ state }) => state === "open" || state === "overdue").length;
    const figures: readonly (readonly [value: string, what: string])[] = [
        [
            String(coverage.keyServers.length),
            coverage.keyServers.length === 1 ? "key server" : "key servers",
        ],
        [`${coverage.judged} of ${resources}`, "resources judged"],
        [`${judging} of ${policies.length}`, "policies had something to judge"],
        [
            `${controls.filter(({ state }) => state === "met" || state === "evidenced").length} of ${controls.length}`,
            "controls met or evidenced",
        ],
        [String(manual), "manual controls open or overdue"],
        [
            patchPlan === null
                ? "none"
                : patchPlan.worstCaseHours === null
                  ? "never"
                  : formatDuration(patchPlan.worstCaseHours),
            patchPlan === null
                ? "patch plan in this stack"
                : `worst case of a patch (deadline ${patchPlan.deadlineDays} days)`,
        ],
    ];
    return (
        <dl class="figures">
            {figures.map(([value, what]) => (
                <div key={what}>
                    <dt>{what}</dt>
                    <dd>{value}</dd>
                </div>
            ))}
        </dl>
    );
}
