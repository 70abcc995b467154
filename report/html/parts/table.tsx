import type { ComponentChildren, JSX } from "preact";

/** A table that scrolls by itself on narrow screens, with a caption for people who do not see it. */
export function Table(properties: {
    caption: string;
    columns: readonly string[];
    children: ComponentChildren;
}): JSX.Element {
    const { caption, columns, children } = properties;
    return (
        <Scroll label={caption}>
            <table>
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        {columns.map((column) => (
                            <th key={column} scope="col">
                                {column}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>{children}</tbody>
            </table>
        </Scroll>
    );
}

/** A part that scrolls sideways by itself, with the keyboard as well. */
export function Scroll(properties: { label: string; children: ComponentChildren }): JSX.Element {
    return (
        <div class="scroll" role="region" aria-label={properties.label} tabIndex={0}>
            {properties.children}
        </div>
    );
}

/** A section of the page; its heading can be gone to. */
export function Section(properties: {
    id: string;
    title: string;
    lead?: string;
    children: ComponentChildren;
}): JSX.Element {
    const { id, title, lead, children } = properties;
    return (
        <section id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`} tabIndex={-1}>
                {title}
            </h2>
            {lead === undefined ? null : <p class="lead">{lead}</p>}
            {children}
        </section>
    );
}

/** So many rows of a table that has no pages of its own. */
export const mostRows = 500;

/** Says how many rows were cut, and where they are. */
export function CutNote(properties: { all: number; columns: number }): JSX.Element | null {
    const { all, columns } = properties;
    return all <= mostRows ? null : (
        <tr>
            <td colSpan={columns}>{all - mostRows} more rows are in the JSON report.</td>
        </tr>
    );
}
