import type { JSX } from "preact";
import type { ControlState, JudgedStack } from "../../../catalog/records/judged-stack";
import { standards, type Standard } from "../../../catalog/references";
import type { CatalogTexts } from "../../catalog-texts";
import type { ViewState } from "../state/view-state";
import { Badge, FindingsLink } from "../parts/badges";
import { Section, Table } from "../parts/table";
import { countStates, states, type State } from "./control-states";

/** The verdicts seen from the article and from each standard: how its controls stand. */
export function ByStandard(properties: { report: JudgedStack; texts: CatalogTexts }): JSX.Element {
    const { report, texts } = properties;
    return (
        <Section
            id="standards"
            title="By paragraph and standard"
            lead="Each line counts the controls of a paragraph or requirement by their state. Identifiers only: the texts of the standards are their publishers'."
        >
            <h3>Paragraphs of the hardening article</h3>
            <Table caption="Controls by paragraph of the article" columns={columns("Paragraph")}>
                {texts.paragraphs.map(({ id, title }) => (
                    <Line
                        key={id}
                        title={title}
                        controls={report.controls.filter(({ paragraph }) => paragraph === id)}
                        report={report}
                        state={{ paragraph: id }}
                    />
                ))}
            </Table>
            {standards.map((standard) => (
                <OneStandard
                    key={standard.field}
                    standard={standard}
                    report={report}
                    texts={texts}
                />
            ))}
        </Section>
    );
}

function columns(first: string): string[] {
    return [first, "Controls", "State of the controls", "Findings"];
}

function OneStandard(properties: {
    standard: Standard;
    report: JudgedStack;
    texts: CatalogTexts;
}): JSX.Element {
    const { standard, report, texts } = properties;
    const states = new Map(report.controls.map((control) => [control.id, control]));
    const byId = new Map<string, ControlState[]>();
    for (const control of texts.controls) {
        const state = states.get(control.id);
        for (const id of control.references[standard.field]) {
            byId.set(id, [...(byId.get(id) ?? []), ...(state === undefined ? [] : [state])]);
        }
    }
    const ids = [...byId.keys()].sort(new Intl.Collator("en", { numeric: true }).compare);
    return (
        <details class="standard" open={standard === standards[0]}>
            <summary>
                <h3>{standard.title}</h3> <span class="meaning">{ids.length} identifiers</span>
            </summary>
            <Table caption={`Controls by ${standard.title}`} columns={columns("Identifier")}>
                {ids.map((id) => (
                    <Line
                        key={id}
                        title={id}
                        controls={byId.get(id) ?? []}
                        report={report}
                        state={{ reference: `${standard.field} ${id}` }}
                    />
                ))}
            </Table>
        </details>
    );
}

function Line(properties: {
    title: string;
    controls: readonly ControlState[];
    report: JudgedStack;
    state: ViewState;
}): JSX.Element {
    const { title, controls, report, state } = properties;
    const ids = new Set(controls.map(({ id }) => id));
    const findings = report.findings.filter((finding) =>
        finding.controls.some((id) => ids.has(id)),
    );
    return (
        <tr>
            <th scope="row">{title}</th>
            <td class="number">{controls.length}</td>
            <td>
                <StateBar counts={countStates(controls)} all={controls.length} />
            </td>
            <td class="number">
                <FindingsLink count={findings.length} state={state} of={title} />
            </td>
        </tr>
    );
}

/** A bar of coloured parts with the words and counts beside it. */
function StateBar(properties: {
    counts: Readonly<Record<State, number>>;
    all: number;
}): JSX.Element {
    const { counts, all } = properties;
    const parts = states.filter((state) => counts[state] > 0);
    let x = 0;
    return (
        <span class="state-bar">
            <svg viewBox="0 0 120 10" width="120" height="10" aria-hidden="true">
                {parts.map((state) => {
                    const width = (120 * counts[state]) / all;
                    const start = x;
                    x += width;
                    return (
                        <rect
                            key={state}
                            class={`bar-${state}`}
                            x={start.toFixed(1)}
                            y="0"
                            width={width.toFixed(1)}
                            height="10"
                        />
                    );
                })}
            </svg>
            {parts.map((state) => (
                <Badge key={state} kind={state}>
                    {counts[state]} {state}
                </Badge>
            ))}
        </span>
    );
}
