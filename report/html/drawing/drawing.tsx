import type { JSX } from "preact";
import type { Finding } from "../../../catalog/records/finding";
import type { JudgedStack, TopologyNode } from "../../../catalog/records/judged-stack";
import { severities } from "../../../catalog/severity";
import { groupBy } from "../../group-by";
import { formatState } from "../state/view-state";
import { headerHeight, type Box } from "./boxes";
import { drawLines, rightEnd, type Line } from "./edges";
import { layOut, type Layout } from "./layout";

/** A drawing that is wider than this, in pixels, is scrolled on a narrower screen: its text would be too small. */
const scrolledBelow = 736;

/** Facts that only the tooltip of a box tells: too long for it, or what its name says. */
const inTooltip: ReadonlySet<string> = new Set(["name", "image", "description", "type"]);

/** The drawing of a deployment. Every resource is a link that chooses it; lines carry the numbers of their ends for the script. */
export function Drawing({ report }: { report: JudgedStack }): JSX.Element {
    const findings = groupBy(report.findings, ({ urn }) => urn);
    const layout = layOut(report.topology, byTrouble(findings));
    const lines = drawLines(report.topology.edges, layout);
    const width = Math.max(layout.width, Math.ceil(rightEnd(lines)));
    const numbers = new Map(layout.boxes.map(({ id }, index) => [id, index]));
    const nodes = new Map(report.topology.nodes.map((node) => [node.urn, node]));
    const draw = (box: Box): JSX.Element => (
        <DrawnBox
            key={box.id}
            box={box}
            number={numbers.get(box.id) ?? -1}
            node={nodes.get(box.id)}
            title={layout.laneTitles[box.id] ?? box.id}
            findings={findings.get(box.id) ?? []}
        />
    );
    const isFrame = ({ kind }: Box): boolean => kind === "container" || kind === "lane";
    return (
        <svg
            class={`drawing${width > scrolledBelow ? " drawing-wide" : ""}`}
            viewBox={`0 0 ${width} ${layout.height}`}
            width={width}
            height={layout.height}
            role="group"
            aria-label={describe(report, layout)}
        >
            <defs>
                <marker
                    id="arrow"
                    viewBox="0 0 8 8"
                    refX="7"
                    refY="4"
                    markerWidth="7"
                    markerHeight="7"
                    orient="auto-start-reverse"
                >
                    <path d="M0 0L8 4L0 8z" />
                </marker>
            </defs>
            {layout.boxes.filter(isFrame).map(draw)}
            <g class="lines" aria-hidden="true">
                {lines.map((line, index) => (
                    <DrawnLine key={index} line={line} numbers={numbers} />
                ))}
            </g>
            {layout.boxes.filter((box) => !isFrame(box)).map(draw)}
        </svg>
    );
}

function describe({ topology }: JudgedStack, layout: Layout): string {
    const cards = layout.boxes.filter(({ kind }) => kind === "card").length;
    return `Drawing of the deployment: ${topology.nodes.length} resources, ${cards} boxes. The table of resources has the same content.`;
}

/** Orders nodes by the trouble they have, the most severe first. */
function byTrouble(
    findings: ReadonlyMap<string, readonly Finding[]>,
): (a: TopologyNode, b: TopologyNode) => number {
    const weights = new Map(
        [...findings].map(([urn, own]) => [
            urn,
            own.reduce(
                (sum, { level, severity }) =>
                    sum + (level === "mandatory" ? 1000 : 1) * (4 - severities.indexOf(severity)),
                0,
            ),
        ]),
    );
    const weightOf = ({ urn }: TopologyNode): number => weights.get(urn) ?? 0;
    return (a, b) => weightOf(b) - weightOf(a) || (a.urn < b.urn ? -1 : 1);
}

function DrawnLine(properties: { line: Line; numbers: ReadonlyMap<string, number> }): JSX.Element {
    const { line, numbers } = properties;
    return (
        <g
            class={`line line-${line.kind}`}
            data-from={numbers.get(line.from)}
            data-to={numbers.get(line.to)}
        >
            <path d={line.path} marker-end="url(#arrow)" />
            {line.label === "" ? null : (
                <text x={line.labelX} y={line.labelY - 4}>
                    {shorten(line.label, 24)}
                </text>
            )}
        </g>
    );
}

function DrawnBox(properties: {
    box: Box;
    number: number;
    node: TopologyNode | undefined;
    title: string;
    findings: readonly Finding[];
}): JSX.Element {
    const { box, number, node, title, findings } = properties;
    const { x, y, width, height, kind } = box;
    if (kind === "lane") {
        return (
            <g class="lane">
                <rect x={x} y={y} width={width} height={height} rx="10" />
                <text x={x + 16} y={y + 30}>
                    {title}
                </text>
            </g>
        );
    }
    if (kind === "more") {
        return (
            <a class="node more" href="#resources" data-node={number}>
                <rect x={x} y={y} width={width} height={height} rx="8" />
                <text x={x + 14} y={y + 32}>{`${box.count} more in the table`}</text>
            </a>
        );
    }
    if (node === undefined) {
        return (
            <g
                class={`node peer${isEverywhere(box.id) ? " peer-internet" : ""}`}
                data-node={number}
            >
                <rect x={x} y={y} width={width} height={height} rx="27" />
                <text class="name" x={x + 20} y={y + 24}>
                    {shorten(box.id, 20)}
                </text>
                <text class="kind" x={x + 20} y={y + 41}>
                    {isEverywhere(box.id) ? "the whole internet" : "peer"}
                </text>
            </g>
        );
    }
    return <DrawnNode box={box} number={number} node={node} findings={findings} />;
}

function DrawnNode(properties: {
    box: Box;
    number: number;
    node: TopologyNode;
    findings: readonly Finding[];
}): JSX.Element {
    const { box, number, node, findings } = properties;
    const { x, y, width, height, kind } = box;
    const isContainer = kind === "container";
    const hasOpen = findings.some(({ verdict }) => verdict !== "exempt");
    const facts = Object.entries(node.facts);
    const room = Math.floor((width - (findings.length > 0 ? 60 : 28)) / 7.3);
    return (
        <a
            class={`node kind-${node.kind}${isContainer ? " container" : ""}${hasOpen ? " has-findings" : ""}`}
            href={formatState({ resource: node.urn })}
            data-node={number}
        >
            <rect x={x} y={y} width={width} height={height} rx="8" />
            <rect
                class="stripe"
                x={x}
                y={y}
                width="6"
                height={isContainer ? headerHeight - 6 : height}
                rx="3"
            />
            <text class="name" x={x + 16} y={y + 22}>
                {shorten(node.name, room)}
            </text>
            <text class="kind" x={x + 16} y={y + 39}>
                {subtitle(node, room + 5)}
            </text>
            {findings.length > 0 ? <Count box={box} findings={findings} /> : null}
            <title>{`${node.kind} ${node.name}: ${findings.length} findings${facts.length === 0 ? "" : ` (${facts.map(describeFact).join(", ")})`}`}</title>
        </a>
    );
}

/** How many findings a node has, in the colour of the worst; a granted exception alone is shown hollow. */
function Count({ box, findings }: { box: Box; findings: readonly Finding[] }): JSX.Element {
    const open = findings.filter(({ verdict }) => verdict !== "exempt");
    const worst = severities.find((severity) =>
        open.some((finding) => finding.severity === severity),
    );
    const x = box.x + box.width - 20;
    const y = box.y + 20;
    return (
        <g class={`count ${worst === undefined ? "count-exempt" : `count-${worst}`}`}>
            <circle cx={x} cy={y} r="12" />
            <text x={x} y={y + 4.5} text-anchor="middle">
                {open.length > 0 ? open.length : findings.length}
            </text>
        </g>
    );
}

function isEverywhere(peer: string): boolean {
    return peer === "0.0.0.0/0" || peer === "::/0";
}

/** What a box says below its name: its kind and the facts that have room; the facts alone where they leave none for the kind. */
function subtitle({ kind, facts }: TopologyNode, longest: number): string {
    const told = Object.entries(facts)
        .filter(([name]) => !inTooltip.has(name))
        .map(describeFact)
        .join(", ");
    const whole = [kind, told].filter(Boolean).join(" · ");
    return whole.length > longest && told.length <= longest ? told : shorten(whole, longest);
}

/** A value says enough by itself, unless it is a number or false; what is true, by its name; a service, by what follows its region. */
function describeFact([name, value]: readonly [string, string]): string {
    if (name.endsWith("Days")) {
        return `${value} days`;
    }
    if (value === "true") {
        return name;
    }
    return /^(false|[\d.]+)$/.test(value)
        ? `${name} ${value}`
        : value.replace(/^com\.amazonaws\.[a-z0-9-]+\./, "");
}

/** Cuts the middle out of a long text: names of one deployment often differ at their end. */
function shorten(text: string, longest: number): string {
    const kept = longest - 1;
    const end = Math.floor(kept / 2);
    return text.length <= longest
        ? text
        : `${text.slice(0, kept - end)}…${text.slice(text.length - end)}`;
}
