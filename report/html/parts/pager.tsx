import type { JSX } from "preact";

/** How many rows a list shows at a time. */
export const pageSize = 50;

/** The page of a list that exists, the rows on it, and how many pages there are. */
export function slicePage<T>(
    rows: readonly T[],
    wanted: number,
    size = pageSize,
): { page: number; pages: number; rows: readonly T[] } {
    const pages = Math.max(1, Math.ceil(rows.length / size));
    const page = Math.min(wanted, pages);
    return { page, pages, rows: rows.slice((page - 1) * size, page * size) };
}

/** Buttons to the other pages of a list. */
export function Pager(properties: {
    page: number;
    pages: number;
    of: string;
    go: (page: number) => void;
}): JSX.Element | null {
    const { page, pages, of, go } = properties;
    if (pages === 1) {
        return null;
    }
    return (
        <nav class="pager" aria-label={`Pages of ${of}`}>
            <button type="button" disabled={page === 1} onClick={() => go(1)}>
                First
            </button>
            <button type="button" disabled={page === 1} onClick={() => go(page - 1)}>
                Previous
            </button>
            <span>
                Page {page} of {pages}
            </span>
            <button type="button" disabled={page === pages} onClick={() => go(page + 1)}>
                Next
            </button>
            <button type="button" disabled={page === pages} onClick={() => go(pages)}>
                Last
            </button>
        </nav>
    );
}
