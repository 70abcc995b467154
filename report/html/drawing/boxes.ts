/** A placed rectangle of the drawing. Units are those of the SVG's view box. */
export interface Box {
    readonly id: string;
    readonly kind: "card" | "container" | "lane" | "more";
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** For `more`: how many nodes it stands for. */
    readonly count: number;
}

/** Boxes placed relative to a corner, with their common size. */
export interface Block {
    readonly width: number;
    readonly height: number;
    readonly boxes: readonly Box[];
}

export const card = { width: 186, height: 54 } as const;
export const gap = 18;
const padding = 16;
export const headerHeight = 52;

export const emptyBlock: Block = { width: 0, height: 0, boxes: [] };

/** One box as a block. */
export function single(id: string, kind: "card" | "more", count = 0): Block {
    return { ...card, boxes: [{ id, kind, x: 0, y: 0, ...card, count }] };
}

/** Moves a block. */
function shift({ boxes }: Block, x: number, y: number): readonly Box[] {
    return boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y }));
}

/** Puts blocks side by side. */
export function row(blocks: readonly Block[], space: number = gap): Block {
    return blocks
        .filter(({ width }) => width > 0)
        .reduce((left, right) => {
            const x = left.width === 0 ? 0 : left.width + space;
            return {
                width: x + right.width,
                height: Math.max(left.height, right.height),
                boxes: [...left.boxes, ...shift(right, x, 0)],
            };
        }, emptyBlock);
}

/** Puts blocks one under the other. */
export function column(blocks: readonly Block[], space: number = gap): Block {
    return blocks
        .filter(({ height }) => height > 0)
        .reduce((upper, lower) => {
            const y = upper.height === 0 ? 0 : upper.height + space;
            return {
                width: Math.max(upper.width, lower.width),
                height: y + lower.height,
                boxes: [...upper.boxes, ...shift(lower, 0, y)],
            };
        }, emptyBlock);
}

/** Puts blocks into rows of so many columns. */
export function grid(blocks: readonly Block[], columns: number): Block {
    const rows: Block[] = [];
    for (let start = 0; start < blocks.length; start += columns) {
        rows.push(row(blocks.slice(start, start + columns)));
    }
    return column(rows);
}

/** Draws a frame with a header around a block. */
export function frame(id: string, kind: "container" | "lane", inner: Block): Block {
    const width = Math.max(inner.width, card.width) + 2 * padding;
    const height = headerHeight + inner.height + (inner.height === 0 ? 0 : padding);
    return {
        width,
        height,
        boxes: [
            { id, kind, x: 0, y: 0, width, height, count: 0 },
            ...shift(inner, padding, headerHeight),
        ],
    };
}
