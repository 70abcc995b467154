import type { PolicyRecord } from "../../catalog/policy";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack, Remediation } from "../../catalog/records/judged-stack";
import { defaultConfiguration, readConfiguration } from "../configuration/read-configuration";
import type { RegisteredResource } from "../graph/resource";
import { readWireResource, stackOf, type WireResource } from "../graph/wire-resource";
import { judgeStack, type JudgeInput } from "../judge";
import { judgeAhead } from "../judge-ahead";
import { policyLevels, type PolicyLevel } from "../judging/levels";
import type { Pack } from "../pack";
import { remediateResource, type RemediatedResource } from "../remediation/remediate";

/** What the engine says of the run it is in. */
export interface StackFacts {
    readonly project: string;
    readonly stack: string;
    /** True for a preview: nothing is created. */
    readonly dryRun: boolean;
}

/** What the engine configured for one policy. */
export interface ConfiguredPolicy {
    readonly level: PolicyLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * One run of the engine, from its first call to its last. A preview is judged once, over the whole graph. An update is judged there
 * too, but by then everything exists, so each resource is first judged by what is certain of it alone.
 */
export class Session {
    private configuration = defaultConfiguration;
    private facts: StackFacts | undefined;
    private readonly inputs = new Map<string, WireResource>();
    private readonly reported = new Set<string>();
    private readonly remediations = new Map<string, readonly Remediation[]>();

    public constructor(
        private readonly pack: Pack,
        private readonly now: () => Date,
    ) {}

    /** Names of all policies with their records. */
    public get policies(): ReadonlyMap<string, PolicyRecord> {
        return new Map(this.pack.policies.map((record) => [record.name, record]));
    }

    /** Takes over levels and properties. Throws `InputError` for what the schemas do not allow. */
    public configure(policies: ReadonlyMap<string, ConfiguredPolicy>): void {
        const document = Object.fromEntries(
            [...policies].map(([name, { level, properties }]) => [
                name,
                { ...properties, enforcementLevel: policyLevels.find((known) => known === level) },
            ]),
        );
        this.configuration = readConfiguration(document, "configuration", this.pack);
    }

    /** Begins a run. `pulumi policy analyze --file` names no stack and is no update, whatever it says of a dry run: its resources exist. */
    public configureStack(facts: StackFacts): void {
        this.facts = facts.stack === "" ? undefined : facts;
        this.inputs.clear();
        this.reported.clear();
        this.remediations.clear();
    }

    /** Changes the inputs of a resource as the policies at level `remediate` say. */
    public remediate(resource: WireResource): readonly RemediatedResource[] {
        const { scope, policies: configuration } = this.configuration;
        const done = remediateResource(resource, this.pack, {
            configuration,
            scope,
            asOf: this.now(),
        });
        if (done.length > 0) {
            this.remediations.set(
                resource.urn,
                done.flatMap(({ remediations }) => remediations),
            );
        }
        return done;
    }

    /** In an update: what is certainly wrong with a resource before it exists. In a preview: nothing yet. */
    public analyze(resource: WireResource): readonly Finding[] {
        this.inputs.set(resource.urn, resource);
        if (this.facts?.dryRun !== false) {
            return [];
        }
        const findings = judgeAhead(
            {
                resource: readWireResource(resource),
                provider: this.providerOf(resource),
                ...this.judgeInput(resource.urn),
            },
            this.pack,
        );
        findings.forEach(({ fingerprint }) => this.reported.add(fingerprint));
        return findings;
    }

    /** The judgement of the whole stack. */
    public analyzeStack(resources: readonly WireResource[]): JudgedStack {
        return judgeStack(
            {
                resources: resources.map((resource) => readWireResource(this.withInputs(resource))),
                remediations: [...this.remediations.values()].flat(),
                ...this.judgeInput(resources[0]?.urn ?? ""),
            },
            this.pack,
        );
    }

    /** Findings that the engine was not told of before. */
    public unreported(judged: JudgedStack): readonly Finding[] {
        return judged.findings.filter(({ fingerprint }) => !this.reported.has(fingerprint));
    }

    private judgeInput(
        someUrn: string,
    ): Required<
        Pick<JudgeInput, "project" | "stack" | "asOf" | "scope" | "configuration" | "exemptions">
    > {
        const { policies, scope, exemptions } = this.configuration;
        return {
            ...(this.facts ?? stackOf(someUrn)),
            asOf: this.now(),
            scope,
            configuration: policies,
            exemptions,
        };
    }

    /** The end of a run tells outputs only; a preview leaves many of them open where the inputs were known. */
    private withInputs(resource: WireResource): WireResource {
        const inputs = this.inputs.get(resource.urn)?.inputs;
        return inputs === undefined ? resource : { ...resource, inputs };
    }

    private providerOf({ provider }: WireResource): RegisteredResource | undefined {
        const known = provider === undefined ? undefined : this.inputs.get(provider);
        return known === undefined ? undefined : readWireResource(known);
    }
}
