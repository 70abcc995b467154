import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { keywardPack } from "../../../policy-pack/pack";
import type { Rule } from "../../../policy-pack/rules/rule";
import { AskedGraph } from "../../support/rule-findings";

/** Tells which policy finds something in a changed graph that it did not find before. */
export class WeaknessFinder {
    private readonly known = new Set<string>();
    /** Quick rules first: most changes are caught by one of them. */
    private readonly rules: readonly Rule[];

    public constructor(resources: readonly RegisteredResource[]) {
        const graph = new AskedGraph(resources);
        const taken = new Map<Rule, number>();
        for (const rule of keywardPack.rules) {
            const begin = process.hrtime.bigint();
            graph.findings(rule).forEach(({ fingerprint }) => this.known.add(fingerprint));
            taken.set(rule, Number(process.hrtime.bigint() - begin));
        }
        this.rules = [...keywardPack.rules].sort(
            (one, other) => (taken.get(one) ?? 0) - (taken.get(other) ?? 0),
        );
    }

    /** The first policy that newly finds something; only rules that read this type are asked. */
    public firstFinder(
        resources: readonly RegisteredResource[],
        changedType: string,
    ): string | undefined {
        const graph = new AskedGraph(resources);
        return this.rules
            .filter(({ reads }) => reads.includes(changedType))
            .find((rule) =>
                graph.findings(rule).some(({ fingerprint }) => !this.known.has(fingerprint)),
            )?.name;
    }
}
