import assert from "node:assert/strict";
import { kmsDeletionWindow as rule } from "../../../policy-pack/rules/kms-deletion-window";
import { contextOf, messages, resource, unknown, verdicts } from "../../support/graph";

const path = "deletionWindowInDays";
const key = (days: unknown, type = "aws:kms/key:Key") => resource(type, "key", { [path]: days });

describe("kms-deletion-window", () => {
    for (const [title, days, expected] of [
        ["passes the longest period", 30, "pass key"],
        ["passes the longest period as text", "30", "pass key"],
        ["passes a key that does not say, since AWS KMS then waits 30 days", undefined, "pass key"],
        ["fails a shorter period", 29, `fail key ${path}`],
        ["fails a shorter period as text", "7", `fail key ${path}`],
        ["is indeterminate for an unknown period", unknown, `indeterminate key ${path}`],
        ["is indeterminate for what is no number", "a month", `indeterminate key ${path}`],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [key(days)]), [expected]);
        });
    }

    it("judges replicas and keys with imported material", () => {
        for (const kind of [
            "replicaKey:ReplicaKey",
            "externalKey:ExternalKey",
            "replicaExternalKey:ReplicaExternalKey",
        ]) {
            assert.deepEqual(verdicts(rule, [key(7, `aws:kms/${kind}`)]), [`fail key ${path}`]);
        }
    });

    it("says nothing of a stack without keys", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:kms/alias:Alias", "alias")]), []);
    });

    it("takes the period from the configuration and names both", () => {
        const judgement = { parameters: { keyDeletionWindowDays: 14 } };
        assert.deepEqual(verdicts(rule, [key(14)], judgement), ["pass key"]);
        assert.deepEqual(messages(rule, [key(13)], judgement), [
            "the key is deleted after 13 days: at least 14 must pass, in which somebody can notice",
        ]);
    });

    it("remediates a short period, never an unknown or missing one", () => {
        const changes = [key(7), key(unknown), key(undefined), key(30)].map((one) =>
            rule.remediate?.(one, contextOf(rule, [])),
        );
        assert.deepEqual(changes, [[{ path: [path], value: 30 }], [], [], []]);
    });
});
