import type { PolicyRecord } from "../policy";
import { accessPolicies } from "./access";
import { computePolicies } from "./compute";
import { iamPolicies } from "./iam";
import { loggingPolicies } from "./logging";
import { networkPolicies } from "./network";
import { patchingPolicies } from "./patching";
import { pulumiPolicies } from "./pulumi";

/** What people are told about every policy, by group. */
export const policyRecords: readonly PolicyRecord[] = [
    ...computePolicies,
    ...networkPolicies,
    ...iamPolicies,
    ...patchingPolicies,
    ...accessPolicies,
    ...loggingPolicies,
    ...pulumiPolicies,
];

const byName = new Map(policyRecords.map((record) => [record.name, record]));

/** The record of a policy. Throws for a name that the catalog does not hold. */
export function policyRecord(name: string): PolicyRecord {
    const record = byName.get(name);
    if (record === undefined) {
        throw new Error(`the catalog has no policy "${name}"`);
    }
    return record;
}
