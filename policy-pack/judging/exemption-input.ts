import type { PolicyConfiguration } from "../configuration/policy-configuration";
import type { ExemptionInput } from "../exemptions/apply-exemptions";
import { ownPolicies, type Pack } from "../pack";
import { parametersOf } from "./policy-settings";

/** What exemptions are judged by. Throws for a pack without the policy that states their limits. */
export function exemptionInput(
    input: {
        readonly exemptions: readonly unknown[];
        readonly configuration: PolicyConfiguration;
        readonly project: string;
        readonly stack: string;
        readonly asOf: Date;
    },
    pack: Pack,
): ExemptionInput {
    const { exemptions, configuration, project, stack, asOf } = input;
    const policies = new Map(pack.policies.map((record) => [record.name, record]));
    const own = policies.get(ownPolicies.exemptions);
    if (own === undefined) {
        throw new Error(`the pack has no policy "${ownPolicies.exemptions}"`);
    }
    return {
        records: exemptions,
        policies,
        hostChecks: new Set(pack.controls.flatMap((control) => control.enforcement.hostChecks)),
        limits: parametersOf(pack, own, configuration),
        asOf,
        project,
        stack,
    };
}
