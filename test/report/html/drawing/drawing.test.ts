import assert from "node:assert/strict";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { TopologyNode } from "../../../../catalog/records/judged-stack";
import { Drawing } from "../../../../report/html/drawing/drawing";
import { buildJudgedStack } from "../../../support/judged-stack";

/** Draws resources outside of networks. */
function draw(nodes: readonly Pick<TopologyNode, "kind" | "facts">[]): string {
    const topology = {
        nodes: nodes.map((node, index) => ({
            ...node,
            urn: `urn:pulumi:dev::test::acme:index:Thing::thing-${index}`,
            name: `thing-${index}`,
            inside: "",
        })),
        edges: [],
    };
    return renderToString(h(Drawing, { report: { ...buildJudgedStack(), topology } }));
}

/** What boxes say below their names. */
const subtitles = (nodes: readonly Pick<TopologyNode, "kind" | "facts">[]): string[] =>
    [...draw(nodes).matchAll(/<text class="kind"[^>]*>([^<]*)</g)].map(([, text = ""]) => text);

describe("a box of the drawing", () => {
    it("says its kind and what of its facts its name does not say", () => {
        assert.deepEqual(
            subtitles([
                {
                    kind: "endpoint",
                    facts: { service: "com.amazonaws.eu-central-1.secretsmanager" },
                },
                { kind: "log-group", facts: { name: "/acme/vault", retentionDays: "365" } },
                { kind: "security-group", facts: { description: "Servers and peers" } },
                { kind: "load-balancer", facts: { internal: "true", type: "network" } },
                { kind: "key", facts: { rotation: "false" } },
            ]),
            // Those with a lane come last.
            [
                "endpoint · secretsmanager",
                "security-group",
                "load-balancer · internal",
                "key · rotation false",
                "log-group · 365 days",
            ],
        );
    });

    it("leaves the kind out where only the facts have room, and cuts what has none", () => {
        assert.deepEqual(
            subtitles([
                { kind: "server", facts: { size: "m7i.large", zone: "eu-central-1a" } },
                { kind: "endpoint", facts: { service: "a-service-with-a-very-long-name" } },
            ]),
            ["m7i.large, eu-central-1a", "endpoint · a-…ry-long-name"],
        );
    });

    it("tells all in its tooltip", () => {
        const drawn = draw([
            { kind: "server", facts: { image: "ami-1", size: "m7i.large", zone: "eu-central-1a" } },
        ]);
        assert.match(
            drawn,
            /<title>server thing-0: 0 findings \(ami-1, m7i\.large, eu-central-1a\)<\/title>/,
        );
    });

    it("has its own size where the drawing is small, and is scrolled where it is wide", () => {
        const server = { kind: "server", facts: {} };
        const network = { kind: "network", facts: {} };
        assert.match(draw([server]), /^<svg class="drawing" viewBox="0 0 2\d\d /);
        assert.match(
            draw([server, network, { kind: "log-group", facts: {} }]),
            /^<svg class="drawing drawing-wide" /,
        );
    });
});
