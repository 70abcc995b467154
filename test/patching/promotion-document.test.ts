import assert from "node:assert/strict";
import Ajv from "ajv";
import schema from "aws-ssm-document-language-service/dist/schema.json";
import {
    buildEmergencyDocument,
    buildPromotionDocument,
    type AutomationDocument,
} from "../../patching/promotion-document";

const facts = {
    roleArn: "arn:aws:iam::111122223333:role/promotion",
    functionName: "decider",
    decisionParameter: "/keyward/kms/prod/vault/patching/decision",
};
const promotion = buildPromotionDocument(facts, 24, 24);
const emergency = buildEmergencyDocument({
    ...facts,
    canary: { document: "canary", group: "prod-canary" },
    production: [
        { document: "one", group: "prod-one" },
        { document: "two", group: "prod-two" },
    ],
    scan: { documentName: "AWS-RunPatchBaseline", parameters: { Operation: "Scan" } },
    pointerParameter: "/keyward/kms/prod/vault/patching/promoted",
    soakHours: 1,
});

/** Problems by AWS's published schema of Automation documents, whose patterns are not written for the Unicode mode. */
function problemsOf(document: unknown): readonly string[] {
    const validate = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false }).compile(
        schema,
    );
    return validate(document)
        ? []
        : (validate.errors ?? []).map(
              ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
          );
}

describe("the Automation documents", () => {
    for (const [name, document] of Object.entries({ promotion, emergency })) {
        it(`${name} fits AWS's schema`, () => {
            assert.deepEqual(problemsOf(document), []);
        });
    }

    it("would not fit with an action that does not exist", () => {
        const [first, ...rest] = promotion.mainSteps;
        const broken = { ...promotion, mainSteps: [{ ...first, action: "aws:dance" }, ...rest] };
        assert.notDeepEqual(problemsOf(broken), []);
    });

    it("ask every hour for a day after the soak, and call only the last attempt the last", () => {
        const attempts = requestsOf(promotion).map(({ lastAttempt }) => lastAttempt);
        assert.equal(attempts.length, 25);
        assert.deepEqual(
            attempts.filter((last) => last === "yes"),
            ["yes"],
        );
        assert.equal(attempts.at(-1), "yes");
    });

    it("in an emergency, patch the canary first and production after the gate, ring by ring", () => {
        assert.deepEqual(
            emergency.mainSteps.map(({ name }) => name),
            [
                "installCanary",
                "clock",
                "soak1",
                "scan",
                "decide",
                "route",
                "readPointer",
                "installRing1",
                "installRing2",
                "readPromoted",
                "sayPromoted",
                "readHeld",
                "sayHeld",
            ],
        );
        const production = emergency.mainSteps.find(({ name }) => name === "installRing2");
        assert.deepEqual(production?.inputs, {
            DocumentName: "two",
            Targets: [{ Key: "tag:PatchGroup", Values: ["prod-two"] }],
            MaxConcurrency: "1",
            MaxErrors: "0",
            Parameters: { List: ["{{ readPointer.List }}"] },
        });
    });

    it("in an emergency, keep the reason with the request", () => {
        const [, decide] = requestsOf(emergency);
        assert.equal(decide?.["emergencyReason"], "{{ Reason }}");
    });
});

function requestsOf(document: AutomationDocument): readonly Record<string, string>[] {
    return document.mainSteps
        .filter(({ action }) => action === "aws:invokeLambdaFunction")
        .map(({ inputs }) => inputs["InputPayload"] as Record<string, string>);
}
