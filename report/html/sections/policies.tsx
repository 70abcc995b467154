import type { JSX } from "preact";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { verdicts } from "../../../catalog/records/verdict";
import { Badge, StateLink } from "../parts/badges";
import { Section, Table } from "../parts/table";

/** Every policy with its level and the count of every verdict. */
export function Policies({ report }: { report: JudgedStack }): JSX.Element {
    return (
        <Section id="policies" title={`Policies (${report.policies.length})`}>
            <Table
                caption="Policies with their verdicts"
                columns={["Policy", "Severity", "Level", ...verdicts]}
            >
                {report.policies.map(({ name, displayName, severity, level, counts }) => (
                    <tr key={name}>
                        <th scope="row">
                            <StateLink state={{ at: "findings", policy: name }}>
                                {displayName === "" ? name : displayName}
                            </StateLink>
                            <br />
                            <code>{name}</code>
                        </th>
                        <td>
                            <Badge kind={severity}>{severity}</Badge>
                        </td>
                        <td>{level}</td>
                        {verdicts.map((verdict) => (
                            <td key={verdict} class="number">
                                {counts[verdict] === 0 ? (
                                    <span class="none">0</span>
                                ) : (
                                    counts[verdict]
                                )}
                            </td>
                        ))}
                    </tr>
                ))}
            </Table>
        </Section>
    );
}
