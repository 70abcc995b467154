import assert from "node:assert/strict";
import { accountPasswordPolicy as rule } from "../../../policy-pack/rules/account-password-policy";
import { contextOf, messages, resource, unknown, verdicts } from "../../support/graph";

const sound = {
    minimumPasswordLength: 14,
    requireLowercaseCharacters: true,
    requireUppercaseCharacters: true,
    requireNumbers: true,
    requireSymbols: true,
    passwordReusePrevention: 24,
    maxPasswordAge: 90,
    allowUsersToChangePassword: true,
};
const policy = (more: Record<string, unknown> = {}) =>
    resource("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "p", { ...sound, ...more });

describe("account-password-policy", () => {
    it("passes the organisation's values, also as text", () => {
        assert.deepEqual(verdicts(rule, [policy()]), ["pass p"]);
        const texts = { minimumPasswordLength: "14", requireSymbols: "true" };
        assert.deepEqual(verdicts(rule, [policy(texts)]), ["pass p"]);
    });

    for (const [property, weaker] of [
        ["minimumPasswordLength", 13],
        ["requireLowercaseCharacters", false],
        ["requireUppercaseCharacters", false],
        ["requireNumbers", false],
        ["requireSymbols", false],
        ["passwordReusePrevention", 23],
        ["maxPasswordAge", 91],
        ["maxPasswordAge", 0],
        ["allowUsersToChangePassword", false],
    ] as const) {
        it(`fails ${property} of ${weaker} or left out, and is indeterminate where it is unknown`, () => {
            for (const [value, verdict] of [
                [weaker, "fail"],
                [undefined, "fail"],
                [unknown, "indeterminate"],
                [{}, "indeterminate"],
            ] as const) {
                const found = verdicts(rule, [policy({ [property]: value })]);
                assert.deepEqual(found, [`${verdict} p ${property}`]);
            }
        });
    }

    it("asks for as many classes of characters as the configuration says", () => {
        const judgement = { parameters: { passwordCharacterClasses: 3 } };
        assert.deepEqual(verdicts(rule, [policy({ requireSymbols: unknown })], judgement), [
            "pass p",
        ]);
    });

    it("says nothing of a stack that leaves the policy alone", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:iam/role:Role", "role")]), []);
    });

    it("says what was found and what must be", () => {
        assert.deepEqual(messages(rule, [policy({ maxPasswordAge: 365 })]), [
            "maxPasswordAge is 365: it must be between 1 and 90",
        ]);
    });

    it("remediates what fails, never what is unknown", () => {
        const weak = policy({ maxPasswordAge: 0, requireSymbols: false, requireNumbers: unknown });
        assert.deepEqual(rule.remediate?.(weak, contextOf(rule, [])), [
            { path: ["maxPasswordAge"], value: 90 },
            { path: ["requireSymbols"], value: true },
        ]);
    });
});
