import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { keywardPack } from "../../../policy-pack/pack";
import type { Rule } from "../../../policy-pack/rules/rule";
import { AskedGraph } from "../../support/rule-findings";
import { ReadingLog } from "./reading-log";

/** Tells which policies find something in a changed graph that they did not find before. */
export class WeaknessFinder {
    private readonly known = new Set<string>();
    private readonly logs = new Map<Rule, ReadingLog>();
    private readonly judged: string;

    public constructor(private readonly resources: readonly RegisteredResource[]) {
        this.judged = new AskedGraph(resources).judged();
        for (const rule of keywardPack.rules) {
            const log = new ReadingLog();
            const graph = new AskedGraph(log.watch(resources));
            log.begin();
            graph.findings(rule).forEach(({ fingerprint }) => this.known.add(fingerprint));
            this.logs.set(rule, log);
        }
    }

    /** The policies that newly find something when one property of a resource has another value. */
    public afterChange(
        resource: RegisteredResource,
        property: string,
        changed: RegisteredResource,
    ): readonly string[] {
        const graph = new AskedGraph(
            this.resources.map((one) => (one === resource ? changed : one)),
        );
        const isSameScope = graph.judged() === this.judged;
        const value = changed.properties[property];
        return this.findersIn(
            graph,
            keywardPack.rules.filter(
                (rule) =>
                    !isSameScope ||
                    this.logs.get(rule)?.notices(resource, property, value) === true,
            ),
        );
    }

    /** The policies that newly find something in another graph. */
    public inGraph(resources: readonly RegisteredResource[]): readonly string[] {
        return this.findersIn(new AskedGraph(resources), keywardPack.rules);
    }

    private findersIn(graph: AskedGraph, rules: readonly Rule[]): readonly string[] {
        return rules
            .filter((rule) =>
                graph.findings(rule).some(({ fingerprint }) => !this.known.has(fingerprint)),
            )
            .map(({ name }) => name)
            .sort();
    }
}
