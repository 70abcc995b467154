import assert from "node:assert/strict";
import fc from "fast-check";
import type { Topology, TopologyNode } from "../../../../catalog/records/judged-stack";
import { drawLines, rightEnd } from "../../../../report/html/drawing/edges";
import { layOut, type Layout } from "../../../../report/html/drawing/layout";
import type { Box } from "../../../../report/html/drawing/boxes";
import { buildJudgedStack, urns } from "../../../support/judged-stack";
import { largeTopology } from "../../../support/judged-stack/large";

const byUrn = (a: TopologyNode, b: TopologyNode): number => (a.urn < b.urn ? -1 : 1);
const sample = buildJudgedStack().topology;

function boxOf(layout: Layout, urn: string): Box {
    const box = layout.boxOf.get(urn);
    assert.ok(box, urn);
    return box;
}

function isWithin(inner: Box, outer: Box): boolean {
    return (
        inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height
    );
}

function overlaps(a: Box, b: Box): boolean {
    return (
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    );
}

/** Pairs of cards that cover each other: there must be none. */
function coveredCards({ boxes }: Layout): string[] {
    const cards = boxes.filter(({ kind }) => kind === "card" || kind === "more");
    return cards.flatMap((card, index) =>
        cards
            .slice(index + 1)
            .filter((other) => overlaps(card, other))
            .map((other) => `${card.id} covers ${other.id}`),
    );
}

describe("laying out the drawing", () => {
    it("puts servers into their subnets and subnets into their network", () => {
        const layout = layOut(sample, byUrn);
        const network = boxOf(layout, urns.network);
        urns.subnets.forEach((subnet, index) => {
            assert.ok(isWithin(boxOf(layout, subnet), network));
            assert.ok(isWithin(boxOf(layout, urns.servers[index] ?? ""), boxOf(layout, subnet)));
        });
        assert.ok(isWithin(boxOf(layout, urns.endpoints[0] ?? ""), network));
    });

    it("puts who comes from outside left of the network, and the logs right of it", () => {
        const layout = layOut(sample, byUrn);
        const network = boxOf(layout, urns.network);
        assert.ok(boxOf(layout, "0.0.0.0/0").x < network.x);
        assert.ok(boxOf(layout, urns.clientGroup).x < network.x);
        assert.ok(boxOf(layout, urns.archive).x > network.x + network.width);
        assert.deepEqual(layout.peers, ["0.0.0.0/0"]);
    });

    it("covers no card with another and stays inside its frame", () => {
        for (const topology of [sample, largeTopology(3_000)]) {
            const layout = layOut(topology, byUrn);
            assert.deepEqual(coveredCards(layout), []);
            const frame = { ...layout, id: "", kind: "lane", x: 0, y: 0, count: 0 } as const;
            assert.ok(layout.boxes.every((box) => isWithin(box, frame)));
        }
    });

    it("uses the room beside what stands outside where there is no network", () => {
        const servers = ["a", "b", "c", "d", "e"].map((urn) => ({
            ...{ urn, kind: "server", name: urn, inside: "", facts: {} },
        }));
        const layout = layOut({ nodes: servers, edges: [] }, byUrn);
        const rows = new Set(servers.map(({ urn }) => boxOf(layout, urn).y));
        assert.equal(rows.size, 2);
    });

    it("draws the worst of many and counts the others", () => {
        const servers = Array.from({ length: 40 }, (_, index) => ({
            urn: `urn:pulumi:s::p::t::server-${String(index).padStart(2, "0")}`,
            kind: "server",
            name: `server-${index}`,
            inside: "urn:pulumi:s::p::t::subnet",
            facts: {},
        }));
        const subnet = {
            ...servers[0],
            urn: "urn:pulumi:s::p::t::subnet",
            kind: "subnet",
            inside: "",
        };
        const reverse = (a: TopologyNode, b: TopologyNode): number => byUrn(b, a);
        const layout = layOut({ nodes: [subnet, ...servers], edges: [] }, reverse);
        const cards = layout.boxes
            .filter(({ kind }) => kind === "card")
            .map(({ id }) => id.slice(-2));
        assert.deepEqual(cards, ["39", "38", "37", "36", "35", "34", "33", "32", "31", "30", "29"]);
        const more = layout.boxes.find(({ kind }) => kind === "more");
        assert.equal(more?.count, 29);
        assert.equal(boxOf(layout, servers[0]?.urn ?? ""), more);
    });

    it("draws a node whose place is unknown or goes round in a circle", () => {
        const node = (urn: string, inside: string): TopologyNode => ({
            urn,
            kind: "subnet",
            name: urn,
            inside,
            facts: {},
        });
        const nodes = [
            node("a", "b"),
            node("b", "a"),
            node("c", "nowhere"),
            node("d", "d"),
            node("e", "a"),
        ];
        const layout = layOut({ nodes, edges: [] }, byUrn);
        assert.deepEqual(
            nodes.map(({ urn }) => boxOf(layout, urn).id),
            ["a", "b", "c", "d", "e"],
        );
        assert.ok(isWithin(boxOf(layout, "e"), boxOf(layout, "a")));
    });

    it("finds a place for every node of any topology", () => {
        const urn = fc.constantFrom(..."abcdefgh");
        const nodes = fc.array(
            fc.record({
                urn,
                kind: fc.constantFrom("network", "subnet", "server", "key", "bucket", "component"),
                name: fc.string(),
                inside: fc.oneof(urn, fc.constant("")),
                facts: fc.constant({}),
            }),
        );
        const edges = fc.array(
            fc.record({ from: urn, to: urn, kind: fc.constant("allows"), label: fc.string() }),
        );
        fc.assert(
            fc.property(fc.record({ nodes, edges }), (topology: Topology) => {
                const layout = layOut(topology, byUrn);
                for (const node of topology.nodes) {
                    boxOf(layout, node.urn);
                }
                assert.deepEqual(coveredCards(layout), []);
                drawLines(topology.edges, layout);
            }),
        );
    });

    it("draws one line for all edges of a kind and label between two boxes", () => {
        const twice = [...sample.edges, ...sample.edges];
        const layout = layOut({ ...sample, edges: twice }, byUrn);
        const lines = drawLines(twice, layout);
        assert.equal(lines.length, sample.edges.length);
        const numbers = lines.flatMap(({ path }) => path.match(/-?[\d.]+/g) ?? []).map(Number);
        assert.ok(numbers.every(Number.isFinite));
    });

    it("draws lines between the same two boxes side by side, with their labels", () => {
        const [first] = sample.edges;
        assert.ok(first !== undefined);
        const { from, to } = first;
        const edges = [
            { from, to, kind: "allows", label: "tcp/8200" },
            { from: to, to: from, kind: "allows", label: "all" },
        ] as const;
        const lines = drawLines(edges, layOut({ ...sample, edges }, byUrn));
        assert.equal(lines.length, 2);
        const places = lines.map(({ labelX, labelY }) => `${labelX} ${labelY}`);
        assert.notEqual(places[0], places[1]);
    });

    it("says how far right lines and labels go", () => {
        const line = { kind: "allows", from: "a", to: "b", path: "", labelX: 100, labelY: 0 };
        assert.equal(
            rightEnd([
                { ...line, label: "" },
                { ...line, label: "0123456789" },
            ]),
            135,
        );
        assert.equal(rightEnd([]), 0);
    });
});
