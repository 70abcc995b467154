import type { TopologyEdge } from "../../../catalog/records/judged-stack";
import { groupBy } from "../../group-by";
import type { Box } from "./boxes";
import type { Layout } from "./layout";

/** A line of the drawing. */
export interface Line {
    readonly kind: string;
    readonly label: string;
    /** Ids of the boxes at its ends. */
    readonly from: string;
    readonly to: string;
    /** Path data of an SVG path. */
    readonly path: string;
    readonly labelX: number;
    readonly labelY: number;
}

/** Draws the edges between boxes that are drawn: one line for all edges of a kind and label between two boxes, side by side. */
export function drawLines(edges: readonly TopologyEdge[], { boxOf }: Layout): Line[] {
    const drawn = edges.flatMap(({ from, to, kind, label }) => {
        const start = boxOf.get(from);
        const end = boxOf.get(to);
        return start === undefined || end === undefined ? [] : [{ start, end, kind, label }];
    });
    const single = groupBy(drawn, ({ start, end, kind, label }) =>
        [start.id, end.id, kind, label].join("\n"),
    );
    const pairs = groupBy(
        [...single.values()].flatMap((same) => same.slice(0, 1)),
        ({ start, end }) => [start.id, end.id].sort().join("\n"),
    );
    return [...pairs.values()].flatMap((pair) =>
        pair.map(({ start, end, kind, label }, index) => ({
            kind,
            label,
            from: start.id,
            to: end.id,
            ...connect(start, end, shiftOf(index, pair.length)),
        })),
    );
}

/** How far right of the drawing's boxes lines and their labels go. */
export function rightEnd(lines: readonly Line[]): number {
    return lines.reduce(
        (right, { labelX, label }) => Math.max(right, labelX + (label.length * labelCharacter) / 2),
        0,
    );
}

/** Width of a character of a label, at most. */
const labelCharacter = 7;
/** Room for a label between two lines, and for all lines at one side of a box. */
const lineDistance = 16;
const widestBundle = 32;

function shiftOf(index: number, count: number): number {
    const distance = Math.min(lineDistance, widestBundle / Math.max(1, count - 1));
    return (index - (count - 1) / 2) * distance;
}

type Route = Pick<Line, "path" | "labelX" | "labelY">;

/** The line from one box to another; `shift` moves it aside, where there are several. */
function connect(start: Box, end: Box, shift: number): Route {
    if (start.id === end.id) {
        return loop(start);
    }
    if (start.x === end.x && Math.abs(start.y - end.y) > 2 * start.height) {
        return detour(start, end);
    }
    const isRight = end.x >= start.x + start.width;
    const isLeft = end.x + end.width <= start.x;
    if (isRight || isLeft) {
        const move = ({ x, y }: Point): Point => ({ x, y: y + shift });
        return curve(
            move(side(start, isRight ? 1 : -1)),
            move(side(end, isRight ? -1 : 1)),
            "across",
        );
    }
    const isBelow = middleY(end) >= middleY(start);
    const move = ({ x, y }: Point): Point => ({ x: x + shift, y });
    return curve(move(edge(start, isBelow ? 1 : -1)), move(edge(end, isBelow ? -1 : 1)), "along");
}

interface Point {
    readonly x: number;
    readonly y: number;
}

function middleY({ y, height }: Box): number {
    return y + height / 2;
}

/** The middle of the left (-1) or right (1) side; containers are taken hold of at their header. */
function side(box: Box, direction: 1 | -1): Point {
    return {
        x: direction === 1 ? box.x + box.width : box.x,
        y: box.kind === "container" ? box.y + 24 : middleY(box),
    };
}

/** The middle of the upper (-1) or lower (1) side. */
function edge(box: Box, direction: 1 | -1): Point {
    return { x: box.x + box.width / 2, y: direction === 1 ? box.y + box.height : box.y };
}

function curve(start: Point, end: Point, way: "across" | "along"): Route {
    const reach = (distance: number): number =>
        Math.sign(distance) * Math.max(24, Math.abs(distance) / 2);
    const pull =
        way === "across"
            ? { x: reach(end.x - start.x), y: 0 }
            : { x: 0, y: reach(end.y - start.y || 1) };
    const points = [
        start,
        { x: start.x + pull.x, y: start.y + pull.y },
        { x: end.x - pull.x, y: end.y - pull.y },
        end,
    ].map(({ x, y }) => `${round(x)} ${round(y)}`);
    return {
        path: `M${points[0]}C${points[1]} ${points[2]} ${points[3]}`,
        labelX: round((start.x + end.x) / 2),
        labelY: round((start.y + end.y) / 2),
    };
}

/** Around the boxes between two boxes of one column. */
function detour(start: Box, end: Box): Route {
    const right = Math.max(start.x + start.width, end.x + end.width);
    const from = middleY(start);
    const to = middleY(end);
    return {
        path: `M${start.x + start.width} ${from}C${right + 26} ${from} ${right + 26} ${to} ${end.x + end.width} ${to}`,
        labelX: right + 30,
        labelY: round((from + to) / 2),
    };
}

function loop({ x, y, width, height }: Box): Route {
    const right = x + width;
    const top = y + height * 0.3;
    const bottom = y + height * 0.7;
    return {
        path: `M${right} ${round(top)}C${right + 34} ${round(top - 8)} ${right + 34} ${round(bottom + 8)} ${right} ${round(bottom)}`,
        labelX: right + 30,
        labelY: round(y + height / 2),
    };
}

function round(value: number): number {
    return Math.round(value * 10) / 10;
}
