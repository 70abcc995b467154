import { noConfiguration } from "../../policy-pack/configuration/policy-configuration";
import { GraphIndex } from "../../policy-pack/graph/graph-index";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { buildScope, type Scope } from "../../policy-pack/graph/scope";
import { isFinding } from "../../policy-pack/judging/findings";
import type { JudgedObservation } from "../../policy-pack/judging/judged-observation";
import { runRules } from "../../policy-pack/judging/run-rules";
import { observeUnknownTypes } from "../../policy-pack/judging/unknown-types";
import { keywardPack } from "../../policy-pack/pack";
import type { Rule } from "../../policy-pack/rules/rule";

const asOf = new Date("2026-11-24T00:00:00Z");
const read = new Set(keywardPack.rules.flatMap(({ reads }) => reads));

/** A graph that rules are asked about one by one: quicker than a whole judgement, which also draws and explains. */
export class AskedGraph {
    private readonly graph: GraphIndex;
    private readonly scope: Scope;

    public constructor(resources: readonly RegisteredResource[] | GraphIndex) {
        this.graph =
            resources instanceof GraphIndex
                ? resources
                : new GraphIndex(resources, "keyward", "dev");
        this.scope = buildScope(this.graph);
    }

    /** The URNs of what is judged as a key server's, the servers first. */
    public judged(): string {
        const { graph, scope } = this;
        const judged = graph.resources.filter((resource) => scope.includes(resource));
        return [...scope.keyServers, ...judged].map(({ urn }) => urn).join("\n");
    }

    /** What a rule fails or doubts. */
    public findings(rule: Rule): readonly JudgedObservation[] {
        const { graph, scope } = this;
        return runRules(
            { ...keywardPack, rules: [rule] },
            { graph, scope, asOf, configuration: noConfiguration, describeError: String },
        ).filter(isFinding);
    }

    /** `policy verdict` of everything that is found, each once. */
    public verdicts(): readonly string[] {
        const found = keywardPack.rules.flatMap((rule) =>
            this.findings(rule).map(({ policy, verdict }) => `${policy.name} ${verdict}`),
        );
        const unknown = [...observeUnknownTypes(this.graph, this.scope, read)].map(
            ({ resource }) => `unknown type ${resource?.type ?? ""}`,
        );
        return [...new Set([...found, ...unknown])].sort();
    }
}
