import type { JSX } from "preact";
import type { TopologyEdge } from "../../../catalog/records/judged-stack";
import { nameOf } from "../../urn";
import type { PageData } from "../page-data";
import { FindingBadges, StateLink } from "../parts/badges";
import type { Reactive } from "../parts/findings-explorer";
import { findingsByUrn } from "../parts/resource-list";

/** How edges read from their start and from their end. */
const wordings: Readonly<Record<string, readonly [forward: string, backward: string]>> = {
    allows: ["may reach", "may be reached by"],
    "logs-to": ["logs to", "gets logs of"],
    encrypts: ["encrypts", "is encrypted by"],
    attached: ["is attached to", "has attached"],
    alarms: ["alarms", "gets alarms of"],
    "backs-up": ["backs up", "is backed up by"],
};

/** What is known of the chosen resource: facts, findings, neighbours. */
export function NodePanel({ data, state, change }: Omit<Reactive, "isPrinting">): JSX.Element {
    const node = data.nodes.find(({ urn }) => urn === state.resource);
    if (node === undefined) {
        return (
            <p class="hint">
                {state.resource === undefined
                    ? "Choose a resource in the drawing to see its findings and connections."
                    : `The report has no resource ${state.resource}.`}
            </p>
        );
    }
    const findings = findingsByUrn(data).get(node.urn) ?? [];
    return (
        <div class="panel">
            <h3>{node.name}</h3>
            <p>
                {node.kind}
                {node.inside === "" ? "" : ` in ${nameOf(node.inside)}`}
            </p>
            <dl>
                {Object.entries(node.facts).map(([name, value]) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>{value}</dd>
                    </div>
                ))}
            </dl>
            <h4>{findings.length === 0 ? "No findings" : `Findings (${findings.length})`}</h4>
            <ul class="panel-findings">
                {findings.slice(0, 20).map((finding) => (
                    <li key={finding.fingerprint}>
                        <FindingBadges finding={finding} />
                        <strong>{data.policyTitles[finding.policy] ?? finding.policy}</strong>
                        <span>{finding.message}</span>
                    </li>
                ))}
            </ul>
            {findings.length === 0 ? null : (
                <p>
                    <StateLink state={{ at: "findings", on: node.urn }}>
                        What to write instead
                    </StateLink>
                </p>
            )}
            <Neighbours data={data} urn={node.urn} />
            <p>
                <button type="button" onClick={() => change({ ...state, resource: "" })}>
                    Choose none
                </button>
            </p>
        </div>
    );
}

function Neighbours({ data, urn }: { data: PageData; urn: string }): JSX.Element | null {
    const own = data.edges.filter(({ from, to }) => from === urn || to === urn);
    if (own.length === 0) {
        return null;
    }
    const known = new Set(data.nodes.map((node) => node.urn));
    return (
        <>
            <h4>Connections ({own.length})</h4>
            <ul class="neighbours">
                {own.slice(0, 40).map((edge, index) => (
                    <li key={index}>
                        <Neighbour edge={edge} urn={urn} known={known} />
                    </li>
                ))}
                {own.length > 40 ? <li>and {own.length - 40} more</li> : null}
            </ul>
        </>
    );
}

function Neighbour(properties: {
    edge: TopologyEdge;
    urn: string;
    known: ReadonlySet<string>;
}): JSX.Element {
    const { edge, urn, known } = properties;
    const isForward = edge.from === urn;
    const other = isForward ? edge.to : edge.from;
    const wording = wordings[edge.kind]?.[isForward ? 0 : 1] ?? edge.kind;
    return (
        <>
            {wording}{" "}
            {known.has(other) ? (
                <StateLink state={{ resource: other }}>{nameOf(other)}</StateLink>
            ) : (
                <code>{other}</code>
            )}
            {edge.label === "" ? null : <span class="label"> {edge.label}</span>}
        </>
    );
}
