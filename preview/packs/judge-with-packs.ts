import type { Assumption, JudgedStack, Remediation } from "../../catalog/records/judged-stack";
import type { PackConfiguration } from "../../policy-pack/configuration/read-configuration";
import { judgeGraph } from "../judging/judge-graph";
import { addVerdicts } from "./add-verdicts";
import type { PreparedPack } from "./prepare-packs";
import type { PackInput } from "./run-packs";

/** A graph, and all that judging it needs. */
export interface PackedJudging extends PackInput {
    readonly packs: readonly PreparedPack[];
    readonly judging: PackConfiguration;
    readonly asOf: Date;
    readonly assumptions: readonly Assumption[];
    /** What level `remediate` changed in the resources. Defaults to nothing. */
    readonly remediations?: readonly Remediation[];
}

/** A report by Keyward's own policies, and the same with what other packs say. */
export interface PackedReport {
    readonly own: JudgedStack;
    readonly report: JudgedStack;
}

/** Judges a graph with Keyward's own pack and with others. Rejects with `InputError` that names the pack which cannot. */
export async function judgeWithPacks(input: PackedJudging): Promise<PackedReport> {
    const { packs, judging, asOf, resources, project, stack, remediations = [] } = input;
    const verdicts =
        packs.length === 0 ? [] : await (await import("./run-packs.js")).runPacks(packs, input);
    const assumptions = [...input.assumptions, ...(input.dryRun ? packs.map(inputsOnly) : [])];
    const own = judgeGraph(
        { resources, project, stack, assumptions, remediations },
        judging,
        asOf,
        verdicts,
    );
    return { own, report: addVerdicts(own, verdicts) };
}

/** A provider would say which outputs there will be; nobody can be asked for them here. */
function inputsOnly({ written }: PreparedPack): Assumption {
    return {
        kind: "not-evaluated",
        subject: `policy pack ${written}`,
        value: "",
        reason: "its policies were shown what the program writes: defaults and outputs of providers are absent; run the pack through the engine to have them judged (pulumi preview --policy-pack)",
    };
}
