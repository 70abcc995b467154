import type { Topology, TopologyNode } from "../../../catalog/records/judged-stack";
import { groupBy } from "../../group-by";
import {
    card,
    column,
    emptyBlock,
    frame,
    gap,
    grid,
    row,
    single,
    type Block,
    type Box,
} from "./boxes";
import { drawableTree, type Tree } from "./tree";

/** A placed drawing. */
export interface Layout {
    readonly width: number;
    readonly height: number;
    /** Containers before what they contain. */
    readonly boxes: readonly Box[];
    /** Names of lanes by box id. */
    readonly laneTitles: Readonly<Record<string, string>>;
    /** The box that stands for a node, by URN: its own, or that of "n more". */
    readonly boxOf: ReadonlyMap<string, Box>;
    /** Peers of edges that are no resources, such as `0.0.0.0/0`. */
    readonly peers: readonly string[];
}

/** So many boxes of one place are drawn; the rest becomes one box that says how many more there are. */
const mostPerPlace = 12;

/** Columns of what stands outside, where there is no network. */
const columnsAlone = 4;

const margin = 16;
/** Room between lanes for lines and their labels. */
const laneGap = 72;

/** Kinds of the lanes beside the networks. What stands in no lane comes with the clients. */
const lanes = [
    {
        id: "lane logs",
        title: "Logs and evidence",
        kinds: ["log-group", "bucket", "trail", "topic"],
    },
    { id: "lane keys", title: "Keys", kinds: ["key"] },
] as const;

const clients = { id: "lane clients", title: "Outside the networks" } as const;

/**
 * Places a deployment: who comes from outside on the left, networks with subnets and servers in the middle, logs and keys on the
 * right.
 *
 * @param isWorse Orders nodes of one place, the worst first; decides which are drawn when there are too many.
 */
export function layOut(
    topology: Topology,
    isWorse: (a: TopologyNode, b: TopologyNode) => number,
): Layout {
    const tree = drawableTree(topology.nodes);
    const stands = new Map<string, string>();
    const place = placer(tree, isWorse, stands);
    const isNetwork = ({ urn, kind }: TopologyNode): boolean =>
        kind === "network" || kind === "subnet" || (tree.children.get(urn)?.length ?? 0) > 0;
    const networks = tree.roots.filter(isNetwork);
    const others = tree.roots.filter((node) => !isNetwork(node));
    const known = new Set(topology.nodes.map(({ urn }) => urn));
    const peers = [...new Set(topology.edges.flatMap(({ from, to }) => [from, to]))].filter(
        (end) => !known.has(end),
    );
    const inLane = (kind: string): string =>
        lanes.find(({ kinds }) => kinds.some((own) => own === kind))?.id ?? clients.id;
    const byLane = groupBy(others, ({ kind }) => inLane(kind));
    const outside = [
        ...peers.slice(0, mostPerPlace).map((peer) => single(peer, "card")),
        ...place(clients.id, byLane.get(clients.id) ?? []),
    ];
    const laneOf = (id: LaneId, columns: number): Block => {
        const blocks = place(id, byLane.get(id) ?? []);
        return blocks.length === 0 ? emptyBlock : frame(id, "lane", grid(blocks, columns));
    };
    const drawnNetworks = column(place("networks", networks), 2 * gap);
    // Beside networks their lines need one column; alone they may take the room.
    const rows = grid(outside, networks.length === 0 ? columnsAlone : 1);
    const left = outside.length === 0 ? emptyBlock : frame(clients.id, "lane", rows);
    const columns = Math.max(1, Math.floor(drawnNetworks.width / (card.width + gap)));
    const middle = column([drawnNetworks, laneOf("lane keys", columns)], 2 * gap);
    const all = row([left, middle, laneOf("lane logs", 1)], laneGap);
    const boxes = all.boxes.map((box) => ({ ...box, x: box.x + margin, y: box.y + margin }));
    const byId = new Map(boxes.map((box) => [box.id, box]));
    return {
        width: all.width + 2 * margin,
        height: all.height + 2 * margin,
        boxes,
        laneTitles: Object.fromEntries([...lanes, clients].map(({ id, title }) => [id, title])),
        boxOf: resolve(topology, peers, stands, byId),
        peers,
    };
}

type LaneId = (typeof lanes)[number]["id"];

type Placer = (place: string, nodes: readonly TopologyNode[]) => readonly Block[];

/** Places the nodes of one place, each with what is inside it. Notes in `stands` which box stands for a node that is not drawn. */
function placer(
    tree: Tree,
    isWorse: (a: TopologyNode, b: TopologyNode) => number,
    stands: Map<string, string>,
): Placer {
    const standFor = (node: TopologyNode, box: string): void => {
        stands.set(node.urn, box);
        for (const child of tree.children.get(node.urn) ?? []) {
            standFor(child, box);
        }
    };
    const place: Placer = (where, nodes) => {
        const isTooMany = nodes.length > mostPerPlace;
        const drawn = isTooMany ? [...nodes].sort(isWorse).slice(0, mostPerPlace - 1) : nodes;
        const kept = new Set(drawn);
        const rest = nodes.filter((node) => !kept.has(node));
        const more = `more ${where}`;
        for (const node of rest) {
            standFor(node, more);
        }
        return [
            ...drawn.map(placeNode),
            ...(rest.length > 0 ? [single(more, "more", rest.length)] : []),
        ];
    };
    const placeNode = (node: TopologyNode): Block => {
        stands.set(node.urn, node.urn);
        const children = tree.children.get(node.urn) ?? [];
        if (children.length === 0 && node.kind !== "network" && node.kind !== "subnet") {
            return single(node.urn, "card");
        }
        const isRoom = ({ kind, urn }: TopologyNode): boolean =>
            kind === "subnet" || (tree.children.get(urn)?.length ?? 0) > 0;
        const isGate = ({ kind }: TopologyNode): boolean =>
            node.kind === "network" && (kind === "security-group" || kind === "load-balancer");
        const cards = children.filter((child) => !isRoom(child));
        const rooms = grid(place(`${node.urn} rooms`, children.filter(isRoom)), 3);
        const gates = column(place(`${node.urn} gates`, cards.filter(isGate)), 2 * gap);
        const inner = place(
            node.urn,
            cards.filter((child) => !isGate(child)),
        );
        const columns =
            node.kind === "subnet" ? 1 : Math.max(2, Math.floor(rooms.width / (card.width + gap)));
        const inside = column([rooms, grid(inner, columns)], 2 * gap);
        return frame(node.urn, "container", row([gates, inside], laneGap));
    };
    return place;
}

function resolve(
    topology: Topology,
    peers: readonly string[],
    stands: ReadonlyMap<string, string>,
    byId: ReadonlyMap<string, Box>,
): Map<string, Box> {
    const ends = [...topology.nodes.map(({ urn }) => urn), ...peers];
    return new Map(
        ends.flatMap((end) => {
            const box = byId.get(stands.get(end) ?? end);
            return box === undefined ? [] : [[end, box] as const];
        }),
    );
}
