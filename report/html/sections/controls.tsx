import type { JSX } from "preact";
import type { ControlState, JudgedStack } from "../../../catalog/records/judged-stack";
import type { CatalogTexts } from "../../catalog-texts";
import { Badge, StateLink } from "../parts/badges";
import { Section, Table } from "../parts/table";
import { countStates, stateMeanings, states } from "./control-states";

/** The hardening checklist with the state of every control, manual ones with their evidence. */
export function Controls(properties: { report: JudgedStack; texts: CatalogTexts }): JSX.Element {
    const { report, texts } = properties;
    const counts = countStates(report.controls);
    const paragraphs = new Map(texts.paragraphs.map(({ id, title }) => [id, title]));
    return (
        <Section id="controls" title={`Controls (${report.controls.length})`}>
            <ul class="state-filter">
                <li>
                    <StateLink state={{ at: "controls", control: "all" }}>all</StateLink>
                </li>
                {states
                    .filter((state) => counts[state] > 0)
                    .map((state) => (
                        <li key={state}>
                            <StateLink state={{ at: "controls", control: state }}>
                                {counts[state]} {state}
                            </StateLink>{" "}
                            <span class="meaning">{stateMeanings[state]}</span>
                        </li>
                    ))}
            </ul>
            <Table
                caption="Controls with their state"
                columns={["Control", "Paragraph", "State", "Enforced by", "Findings", "Evidence"]}
            >
                {report.controls.map((control) => (
                    <Row
                        key={control.id}
                        control={control}
                        paragraph={paragraphs.get(control.paragraph) ?? control.paragraph}
                        texts={texts}
                    />
                ))}
            </Table>
        </Section>
    );
}

function Row(properties: {
    control: ControlState;
    paragraph: string;
    texts: CatalogTexts;
}): JSX.Element {
    const { control, paragraph, texts } = properties;
    const manual = texts.controls.find(({ id }) => id === control.id)?.enforcement.manual;
    return (
        <tr data-control-state={control.state}>
            <th scope="row">
                {control.title}
                <br />
                <code>{control.id}</code>
            </th>
            <td>{paragraph}</td>
            <td>
                <Badge kind={control.state}>{control.state}</Badge>
            </td>
            <td>{control.enforcedBy.join(", ")}</td>
            <td class="number">
                {control.findings === 0 ? (
                    <span class="none">0</span>
                ) : (
                    <StateLink
                        state={{ at: "findings", text: control.id }}
                        label={`${control.findings} findings: ${control.title}`}
                    >
                        {control.findings}
                    </StateLink>
                )}
            </td>
            <td class={manual === undefined ? "" : "prose"}>
                {control.evidence.map(({ who, when, checked, nextDue }) => (
                    <p key={`${who}${when}`}>
                        <span class="date">{when}</span>, {who}: {checked}; next due{" "}
                        <span class="date">{nextDue}</span>
                    </p>
                ))}
                {control.evidence.length === 0 && manual !== undefined ? (
                    <p>
                        wanted every {manual.periodDays} days: {manual.evidence}
                    </p>
                ) : null}
            </td>
        </tr>
    );
}
