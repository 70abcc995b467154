import { matchesPattern } from "../../aws/action-pattern";
import type { PolicyStatement } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { doubtsOf, type WrittenPolicy } from "./identity-policies";
import { keyPolicyOf } from "./key-policies";
import { failed, passed, undecided } from "./observations";

const logsService = /^logs(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/;
const logsActions = ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"];
const contextKey = "kms:encryptioncontext:aws:logs:arn";

/** Whether CloudWatch Logs may use a key, and only for log groups that the encryption context names. */
export function judgeLogKey(graph: GraphIndex, key: RegisteredResource): readonly Observation[] {
    if (key.type !== TypeToken.KmsKey) {
        return [];
    }
    const policy = keyPolicyOf(graph, key);
    if (policy === undefined) {
        return [
            failed(
                key,
                ["policy"],
                "the key has no policy of its own, and the default one does not let CloudWatch Logs use it",
            ),
        ];
    }
    const grants = policy.document.statements.filter(isGrantToLogs);
    const bound = grants.filter(isBoundToLogGroups);
    if (bound.length > 0 && bound.length === grants.length) {
        return [passed(key)];
    }
    const doubts = doubtsOf(policy, () => true);
    const place = formatPath(policy.path);
    if (doubts.length > 0) {
        return [
            undecided(
                policy.resource,
                policy.path,
                `${place} is not known as a whole, so whether CloudWatch Logs may use the key "${key.name}" is not either`,
            ),
        ];
    }
    return [describe(policy, grants.length > 0, key)];
}

/**
 * Of the keys that one log group may have, those that CloudWatch Logs may use: AWS makes no log group under another. All, where none is such.
 */
export function usableLogKeys(
    graph: GraphIndex,
    keys: readonly RegisteredResource[],
): readonly RegisteredResource[] {
    const usable = keys.filter((key) =>
        keyPolicyOf(graph, key)?.document.statements.some(isGrantToLogs),
    );
    return usable.length > 0 ? usable : keys;
}

function describe(policy: WrittenPolicy, granted: boolean, key: RegisteredResource): Observation {
    const place = formatPath(policy.path);
    return failed(
        policy.resource,
        policy.path,
        granted
            ? `${place} lets CloudWatch Logs use the key "${key.name}" without a condition on kms:EncryptionContext:aws:logs:arn, so any log group may`
            : `${place} does not let CloudWatch Logs use the key "${key.name}", so its log groups cannot be made`,
    );
}

function isGrantToLogs({ effect, principal, action }: PolicyStatement): boolean {
    return (
        effect === "Allow" &&
        (principal ?? []).some(
            ({ kind, values }) =>
                kind.toLowerCase() === "service" && values.some((name) => logsService.test(name)),
        ) &&
        logsActions.every((wanted) =>
            (action?.values ?? []).some((pattern) => matchesPattern(pattern, wanted)),
        )
    );
}

function isBoundToLogGroups({ conditions }: PolicyStatement): boolean {
    return conditions.some(
        ({ operator, key, values, open }) =>
            key === contextKey &&
            /^(Arn(Like|Equals)|String(Like|Equals))$/i.test(operator) &&
            !open &&
            values.length > 0 &&
            !values.includes("*"),
    );
}
