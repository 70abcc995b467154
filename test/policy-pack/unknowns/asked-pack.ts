import { judgeStack } from "../../../policy-pack/judge";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { readWireResource, type WireResource } from "../../../policy-pack/graph/wire-resource";
import { keywardPack } from "../../../policy-pack/pack";
import { Analyzer, type AnalyzerAnswer, type AnalyzerSetting } from "../../support/analyzer";
import { testProject, testStack } from "../../support/resources";
import { wireOf } from "./wire";

/** Resources of a stack, each with what is registered instead. */
type Replacements = ReadonlyMap<RegisteredResource, RegisteredResource>;

/** What a policy said, as far as people go by it. */
export interface Said {
    readonly policy: string;
    readonly verdict: "fail" | "indeterminate" | "exempt";
    readonly level: string;
    readonly urn: string;
    readonly fingerprint: string;
}

/** The pack in a process of its own, asked over the analyzer protocol about variants of one stack. */
export class AskedPack {
    private wires = new Map<RegisteredResource, WireResource>();

    private constructor(private readonly analyzer: Analyzer) {}

    /** Starts the pack with the levels of the catalog. */
    public static async start(): Promise<AskedPack> {
        const pack = new AskedPack(await Analyzer.start());
        await pack.configure();
        return pack;
    }

    /** Levels as in the catalog, but for these settings. */
    public configure(settings: Readonly<Record<string, AnalyzerSetting>> = {}): Promise<void> {
        return this.analyzer.configure({
            ...Object.fromEntries(
                keywardPack.policies.map(({ name, level }): [string, AnalyzerSetting] => [
                    name,
                    { level: level === "mandatory" ? "MANDATORY" : "ADVISORY" },
                ]),
            ),
            ...settings,
        });
    }

    public close(): Promise<void> {
        return this.analyzer.close();
    }

    /** Begins a preview of this stack. */
    public async preview(resources: readonly RegisteredResource[]): Promise<AnalyzerAnswer> {
        await this.analyzer.configureStack(true, testStack, testProject);
        this.wires = new Map(resources.map((resource) => [resource, wireOf(resource)]));
        await this.register([...this.wires.values()]);
        return this.analyzer.analyzeStack([...this.wires.values()]);
    }

    /** What the pack says of the same stack with some resources registered in another way; then registers them as they were. */
    public async instead(replacements: Replacements): Promise<readonly Said[]> {
        const changed = this.with(replacements);
        await this.register([...replacements.keys()].flatMap((old) => changed.get(old) ?? []));
        const answer = await this.analyzer.analyzeStack([...changed.values()]);
        await this.register([...replacements.keys()].flatMap((old) => this.wires.get(old) ?? []));
        return saidIn(answer);
    }

    /** What a judgement in this process says of the same. */
    public expected(replacements: Replacements): readonly Said[] {
        const { findings } = judgeStack({
            resources: [...this.with(replacements).values()].map(readWireResource),
            project: testProject,
            stack: testStack,
            asOf: new Date(),
        });
        return findings.map(({ policy, verdict, level, urn, fingerprint }) => ({
            ...{ policy, verdict, urn, fingerprint },
            level: level.toUpperCase(),
        }));
    }

    private with(replacements: Replacements): ReadonlyMap<RegisteredResource, WireResource> {
        return new Map(
            [...this.wires].map(([resource, wire]) => {
                const other = replacements.get(resource);
                return [resource, other === undefined ? wire : wireOf(other)];
            }),
        );
    }

    private async register(wires: readonly WireResource[]): Promise<void> {
        for (const wire of wires) {
            await this.analyzer.analyze(wire);
        }
    }
}

/** The verdict stands in front of a message, the fingerprint at its end. */
export function saidIn({ diagnostics }: AnalyzerAnswer): readonly Said[] {
    return diagnostics.map(({ policy, level, urn, message }) => ({
        ...{ policy, level, urn },
        verdict: message.startsWith("[indeterminate] ")
            ? "indeterminate"
            : message.startsWith("[exempt] ")
              ? "exempt"
              : "fail",
        fingerprint: /\nFingerprint: ([0-9a-f]{32})$/.exec(message)?.[1] ?? "",
    }));
}
