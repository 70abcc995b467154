import type { JSX } from "preact";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { nameOf } from "../../urn";
import { CutNote, mostRows, Section, Table } from "../parts/table";

const scopes = {
    auto: "where the stack marks key servers, they and what they depend on; otherwise every instance",
    all: "every resource",
    marked: "marked key servers and what they depend on",
} as const;

/** What was looked at, what was not, and what was taken for true: nothing looked at is not clean. */
export function CoverageTables({ report }: { report: JudgedStack }): JSX.Element {
    const { coverage, assumptions, remediations, resources } = report;
    return (
        <Section id="coverage" title="Coverage and assumptions">
            <p>
                Of {resources} resources {coverage.judged} were judged and {coverage.outOfScope} are
                out of scope. Scope “{coverage.scope}”: {scopes[coverage.scope]}. Key servers:{" "}
                {coverage.keyServers.length === 0
                    ? "none was recognised"
                    : coverage.keyServers.slice(0, 50).map(nameOf).join(", ")}
                {coverage.keyServers.length > 50
                    ? ` and ${coverage.keyServers.length - 50} more`
                    : ""}
                .
            </p>
            <h3>Types that no policy reads ({coverage.typesNotRead.length})</h3>
            {coverage.typesNotRead.length === 0 ? (
                <p>Every type of the stack is read by a policy.</p>
            ) : (
                <Table caption="Types that no policy reads" columns={["Type", "Resources"]}>
                    {coverage.typesNotRead.slice(0, mostRows).map(({ type, count }) => (
                        <tr key={type}>
                            <th scope="row">
                                <code>{type}</code>
                            </th>
                            <td class="number">{count}</td>
                        </tr>
                    ))}
                    <CutNote all={coverage.typesNotRead.length} columns={2} />
                </Table>
            )}
            <h3>Assumptions ({assumptions.length})</h3>
            {assumptions.length === 0 ? (
                <p>Nothing had to be assumed.</p>
            ) : (
                <Table
                    caption="Assumptions"
                    columns={["About", "Taken for true", "Why, and how to replace it"]}
                >
                    {assumptions
                        .slice(0, mostRows)
                        .map(({ kind, subject, value, reason }, index) => (
                            <tr key={index}>
                                <th scope="row">
                                    <code>{subject}</code>
                                    <br />
                                    <span class="meaning">{kind}</span>
                                </th>
                                <td>{value === "" ? "left unknown" : <code>{value}</code>}</td>
                                <td>{reason}</td>
                            </tr>
                        ))}
                    <CutNote all={assumptions.length} columns={3} />
                </Table>
            )}
            {remediations.length === 0 ? null : (
                <>
                    <h3>Remediations ({remediations.length})</h3>
                    <Table
                        caption="Remediations"
                        columns={["Resource", "Property", "Before", "After", "Policy"]}
                    >
                        {remediations.slice(0, mostRows).map((change, index) => (
                            <tr key={index}>
                                <th scope="row">{nameOf(change.urn)}</th>
                                <td>
                                    <code>{change.path}</code>
                                </td>
                                <td>
                                    <code>{change.before}</code>
                                </td>
                                <td>
                                    <code>{change.after}</code>
                                </td>
                                <td>
                                    <code>{change.policy}</code>
                                </td>
                            </tr>
                        ))}
                        <CutNote all={remediations.length} columns={5} />
                    </Table>
                </>
            )}
        </Section>
    );
}
