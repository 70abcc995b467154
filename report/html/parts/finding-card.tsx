import type { JSX } from "preact";
import type { Finding } from "../../../catalog/records/finding";
import { nameOf } from "../../urn";
import type { PageData } from "../page-data";
import { FindingBadges } from "./badges";

/** One finding: what, where, what to write instead, which controls it concerns. */
export function FindingCard(properties: {
    finding: Finding;
    data: PageData;
    isOpen: boolean;
}): JSX.Element {
    const { finding, data, isOpen } = properties;
    return (
        <article class={`finding finding-${finding.severity} is-${finding.verdict}`}>
            <header>
                <FindingBadges finding={finding} />
                <h3>{data.policyTitles[finding.policy] ?? finding.policy}</h3>
                <code class="policy">{finding.policy}</code>
            </header>
            <p class="place">
                <strong>{nameOf(finding.urn)}</strong>
                {finding.path === "" ? null : <code>{finding.path}</code>}
                <span class="type">{finding.type}</span>
            </p>
            <p class="message">{finding.message}</p>
            {finding.verdict === "exempt" ? (
                <p class="until">
                    Exempt by <code>{finding.exemption}</code> until{" "}
                    {data.expiries[finding.exemption ?? ""] ?? "an unknown day"}.
                </p>
            ) : null}
            <details open={isOpen}>
                <summary>What to write instead, controls, fingerprint</summary>
                {finding.remediation === "" ? null : <pre>{finding.remediation}</pre>}
                <ul class="controls">
                    {finding.controls.map((id) => (
                        <ControlLine key={id} id={id} control={data.controls[id]} />
                    ))}
                </ul>
                <p class="identity">
                    <code>{finding.urn}</code>
                    <br />
                    fingerprint <code>{finding.fingerprint}</code>
                </p>
            </details>
        </article>
    );
}

function ControlLine(properties: {
    id: string;
    control: PageData["controls"][string] | undefined;
}): JSX.Element {
    const { id, control } = properties;
    const references = (control?.references ?? []).map((reference) =>
        reference.slice(reference.indexOf(" ") + 1),
    );
    return (
        <li>
            {control?.title ?? id} <code>{id}</code>
            {references.length === 0 ? null : <span> ({references.join(", ")})</span>}
        </li>
    );
}
