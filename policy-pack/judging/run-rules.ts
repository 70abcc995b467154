import type { PolicyRecord } from "../../catalog/policy";
import type { PolicyConfiguration } from "../configuration/policy-configuration";
import type { GraphIndex } from "../graph/graph-index";
import type { Scope } from "../graph/scope";
import type { Pack } from "../pack";
import type { Observation, Rule, RuleContext } from "../rules/rule";
import { placeObservation, type JudgedObservation } from "./judged-observation";
import { levelAfter, parametersOf } from "./policy-settings";

export interface RunInput {
    readonly graph: GraphIndex;
    readonly scope: Scope;
    readonly asOf: Date;
    readonly configuration: PolicyConfiguration;
    /** What may be told of an error that a rule threw: its message may quote a property. */
    readonly describeError: (error: unknown) => string;
}

/** Runs every enabled rule on its own: one that throws hides nothing, neither its own observations before nor those of others. */
export function runRules(pack: Pack, input: RunInput): readonly JudgedObservation[] {
    const records = new Map(pack.policies.map((record) => [record.name, record]));
    return pack.rules.flatMap((rule) => {
        const record = records.get(rule.name);
        if (record === undefined) {
            throw new Error(`the rule ${rule.name} has no record in the catalog`);
        }
        if (levelAfter(input.configuration, record) === "disabled") {
            return [];
        }
        return observe(rule, record, pack, input).map((observation) =>
            placeObservation(record, observation, input.graph),
        );
    });
}

function observe(
    rule: Rule,
    record: PolicyRecord,
    pack: Pack,
    input: RunInput,
): readonly Observation[] {
    const observations: Observation[] = [];
    const context: RuleContext = {
        graph: input.graph,
        scope: input.scope,
        asOf: input.asOf,
        ...parametersOf(pack, record, input.configuration),
    };
    try {
        for (const observation of rule.judge(context)) {
            observations.push(observation);
        }
    } catch (error) {
        observations.push({
            verdict: "indeterminate",
            subject: "rule-error",
            message: `the rule ${rule.name} could not finish (${input.describeError(error)}), so this policy is undecided for the whole stack; please report it with the resource's definition`,
        });
    }
    return observations;
}
