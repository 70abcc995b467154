import type { JSX } from "preact";
import type { JudgedExemption } from "../../../catalog/records/exemption";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { Badge, FindingsLink } from "../parts/badges";
import { Section, Table } from "../parts/table";

const dayMs = 86_400_000;

/** The exemption records with who answers for them, until when, and what became of them. */
export function Exemptions({ report }: { report: JudgedStack }): JSX.Element {
    const { exemptions, evaluatedAt } = report;
    return (
        <Section id="exemptions" title={`Exemptions (${exemptions.length})`}>
            {exemptions.length === 0 ? (
                <p>No exemption record was given.</p>
            ) : (
                <Table
                    caption="Exemptions"
                    columns={["Exemption", "State", "Ends", "Reason", "Who", "Ticket", "Findings"]}
                >
                    {exemptions.map((exemption, index) => (
                        <Row key={index} exemption={exemption} evaluatedAt={evaluatedAt} />
                    ))}
                </Table>
            )}
        </Section>
    );
}

function Row(properties: { exemption: JudgedExemption; evaluatedAt: string }): JSX.Element {
    const { exemption, evaluatedAt } = properties;
    const { scope } = exemption;
    return (
        <tr>
            <th scope="row">
                {exemption.id}
                <br />
                <code>{exemption.policy}</code>
                <br />
                <span class="meaning">
                    {[scope.urn, scope.path, scope.fingerprint].filter(Boolean).join(" ")}
                </span>
            </th>
            <td>
                <Badge kind={exemption.state}>{exemption.state}</Badge>
            </td>
            <td class="date">
                {exemption.expires}
                <br />
                <span class="meaning">{daysLeft(exemption.expires, evaluatedAt)}</span>
            </td>
            <td class="prose">
                {exemption.reason}
                {exemption.compensatingControl === undefined ? null : (
                    <p class="meaning">Meanwhile: {exemption.compensatingControl}</p>
                )}
            </td>
            <td>
                {exemption.owner}
                <br />
                <span class="meaning">approved by {exemption.approver}</span>
            </td>
            <td>{exemption.ticket}</td>
            <td class="number">
                <FindingsLink
                    count={exemption.findings.length}
                    state={{ verdict: "exempt", text: exemption.id }}
                    of={`exempt by ${exemption.id}`}
                />
            </td>
        </tr>
    );
}

function daysLeft(expires: string, evaluatedAt: string): string {
    const days = Math.ceil((Date.parse(expires) - Date.parse(evaluatedAt)) / dayMs);
    if (!Number.isFinite(days)) {
        return "no day that can be read";
    }
    return days > 0 ? `${days} days left` : `ended ${-days} days ago`;
}
