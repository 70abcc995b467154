import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { associationsStaged as rule } from "../../../policy-pack/rules/associations-staged";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const servers = [1, 2, 3].map((number) =>
    resource(token.instance, `vault-${number}`, { tags: { "keyward:cluster": "vault" } }),
);
const document = resource("aws:ssm/document:Document", "profile", { name: "profile" });

function association(changes: Readonly<Record<string, unknown>> = {}): RegisteredResource {
    return resource("aws:ssm/association:Association", "apply", {
        name: from(document),
        documentVersion: "3",
        targets: [{ key: "tag:keyward:cluster", values: ["vault"] }],
        scheduleExpression: "cron(0/30 * ? * * *)",
        applyOnlyAtCronInterval: true,
        maxConcurrency: "1",
        maxErrors: "0",
        complianceSeverity: "CRITICAL",
        ...changes,
    });
}

function judged(changes: Readonly<Record<string, unknown>>): readonly string[] {
    return verdicts(rule, [...servers, document, association(changes)]);
}

describe("associations-staged", () => {
    it("says nothing of stacks without servers", () => {
        assert.deepEqual(verdicts(rule, [document, association()]), []);
    });

    for (const [title, changes] of [
        ["one server after the other, in a pinned version", {}],
        ["a third of the servers at once, where that is one", { maxConcurrency: "33%" }],
        ["the version that the document has", { documentVersion: from(document) }],
        [
            "a rate, which has no time of its own",
            { scheduleExpression: "rate(1 hour)", applyOnlyAtCronInterval: undefined },
        ],
        [
            "Amazon's own documents in any version",
            { name: "AWS-UpdateSSMAgent", documentVersion: undefined },
        ],
        [
            "a scan on all servers at once",
            {
                name: "AWS-RunPatchBaseline",
                parameters: { Operation: "Scan" },
                documentVersion: undefined,
                maxConcurrency: "100%",
                maxErrors: undefined,
                applyOnlyAtCronInterval: undefined,
            },
        ],
    ] as const) {
        it(`passes ${title}`, () => {
            assert.deepEqual(judged(changes), ["pass apply"]);
        });
    }

    for (const [property, value] of [
        ["maxConcurrency", "2"],
        ["maxConcurrency", "100%"],
        ["maxConcurrency", undefined],
        ["maxErrors", "1"],
        ["maxErrors", undefined],
        ["complianceSeverity", "UNSPECIFIED"],
        ["complianceSeverity", undefined],
        ["scheduleExpression", "cron(0 4 1 * ? *)"],
        ["scheduleExpression", "soon"],
        ["scheduleExpression", undefined],
        ["applyOnlyAtCronInterval", false],
        ["applyOnlyAtCronInterval", undefined],
        ["documentVersion", "$LATEST"],
        ["documentVersion", undefined],
        ["targets", []],
        ["targets", undefined],
        ["targets", [{ key: "tag:keyward:cluster", values: [] }]],
        ["targets", [{ values: ["vault"] }]],
        ["targets", [{ key: "tag:keyward:cluster", values: ["others"] }]],
    ] as const) {
        it(`fails when ${property} is ${JSON.stringify(value) ?? "not set"}`, () => {
            assert.deepEqual(judged({ [property]: value }), [`fail apply ${property}`]);
        });
    }

    for (const property of [
        "maxConcurrency",
        "maxErrors",
        "complianceSeverity",
        "applyOnlyAtCronInterval",
        "documentVersion",
        "scheduleExpression",
        "targets",
    ]) {
        it(`is undecided while ${property} is unknown`, () => {
            assert.deepEqual(judged({ [property]: unknown }), [`indeterminate apply ${property}`]);
        });
    }

    for (const values of [
        [unknown, "others"],
        ["others", unknown],
    ]) {
        it(`is undecided while one of the targets is unknown, ${values[0] === unknown ? "first" : "last"}`, () => {
            const targets = [{ key: "tag:keyward:cluster", values }];
            assert.deepEqual(judged({ targets }), ["indeterminate apply targets"]);
        });
    }

    it("is undecided while a patch document may install on all servers at once", () => {
        const patches = { name: "AWS-RunPatchBaseline", documentVersion: undefined };
        for (const parameters of [unknown, { Operation: unknown }]) {
            assert.deepEqual(judged({ ...patches, parameters, maxConcurrency: "100%" }), [
                "indeterminate apply parameters.Operation",
            ]);
            assert.deepEqual(judged({ ...patches, parameters }), ["pass apply"]);
        }
    });

    it("says what each setting is for", () => {
        assert.deepEqual(
            messages(rule, [...servers, document, association({ maxConcurrency: "2" })]),
            ['maxConcurrency is "2": of 3 servers 1 may be changed at once'],
        );
    });
});
