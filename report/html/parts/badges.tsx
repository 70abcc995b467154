import type { ComponentChildren, JSX } from "preact";
import type { Finding } from "../../../catalog/records/finding";
import { formatState, type ViewState } from "../state/view-state";

/** A word on a coloured ground; the word carries the meaning, the colour only repeats it. */
export function Badge(properties: { kind: string; children: ComponentChildren }): JSX.Element {
    return <span class={`badge badge-${properties.kind}`}>{properties.children}</span>;
}

/** Severity, verdict and whether it blocks. */
export function FindingBadges({ finding }: { finding: Finding }): JSX.Element {
    return (
        <span class="badges">
            <Badge kind={finding.severity}>{finding.severity}</Badge>
            <Badge kind={finding.verdict}>{finding.verdict}</Badge>
            {finding.level === "mandatory" ? <Badge kind="blocks">blocks</Badge> : null}
        </span>
    );
}

/** A link that changes what the page shows. */
export function StateLink(properties: {
    state: ViewState;
    label?: string;
    children: ComponentChildren;
}): JSX.Element {
    return (
        <a href={formatState(properties.state)} aria-label={properties.label}>
            {properties.children}
        </a>
    );
}

/** The count of findings as a link to them; nothing to go to for none. */
export function FindingsLink(properties: {
    count: number;
    state: ViewState;
    of: string;
}): JSX.Element {
    const { count, state, of } = properties;
    return count === 0 ? (
        <span class="none">0</span>
    ) : (
        <StateLink state={{ at: "findings", ...state }} label={`${count} findings: ${of}`}>
            {count}
        </StateLink>
    );
}
