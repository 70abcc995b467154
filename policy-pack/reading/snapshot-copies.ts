import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { demandCustomerKey } from "./keys";
import { failed, undecided } from "./observations";
import { readBoolean, readElements } from "./values";

/** A policy of Data Lifecycle Manager, which makes, shares and copies snapshots. */
export const lifecyclePolicyType = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

/** Where such a policy states copies to other regions, with where each says how it is encrypted. */
const copies: readonly { readonly lists: readonly string[]; readonly within: PropertyPath }[] = [
    { lists: ["schedules", "crossRegionCopyRules"], within: [] },
    { lists: ["action", "crossRegionCopies"], within: ["encryptionConfiguration"] },
];

/** What is wrong with the encryption of the copies that a lifecycle policy makes in other regions. */
export function judgeSnapshotCopies(
    graph: GraphIndex,
    policy: RegisteredResource,
): readonly Observation[] {
    return copies.flatMap(({ lists, within }) => {
        const found = elementsBehind(policy, ["policyDetails"], lists);
        return [
            ...found.open,
            ...found.elements.flatMap((copy) => judgeCopy(graph, policy, [...copy, ...within])),
        ];
    });
}

function judgeCopy(
    graph: GraphIndex,
    policy: RegisteredResource,
    place: PropertyPath,
): readonly Observation[] {
    const path = [...place, "encrypted"];
    const encrypted = readBoolean(policy.properties, path);
    if (encrypted.kind === "open") {
        return [undecided(policy, path, `${formatPath(path)} ${encrypted.why}`)];
    }
    if (encrypted.kind === "absent" || !encrypted.value) {
        const message = `${formatPath(path)} is ${encrypted.kind === "absent" ? "not set" : "false"}: snapshots may lie in another region in clear text`;
        return [failed(policy, path, message)];
    }
    return demandCustomerKey(graph, policy, [...place, "cmkArn"]);
}

/** The elements of a list in each element of another; what cannot be listed is a doubt of its own. */
function elementsBehind(
    policy: RegisteredResource,
    from: PropertyPath,
    [next, ...rest]: readonly string[],
): { readonly elements: readonly PropertyPath[]; readonly open: readonly Observation[] } {
    if (next === undefined) {
        return { elements: [from], open: [] };
    }
    const path = [...from, next];
    const list = readElements(policy.properties, path);
    if (list.kind === "open") {
        return {
            elements: [],
            open: [undecided(policy, path, `${formatPath(path)} ${list.why}`)],
        };
    }
    const below = (list.kind === "known" ? list.value : []).map((element) =>
        elementsBehind(policy, element, rest),
    );
    return {
        elements: below.flatMap(({ elements }) => elements),
        open: below.flatMap(({ open }) => open),
    };
}
