import assert from "node:assert/strict";
import { judgeStack, type JudgeInput } from "../../policy-pack/judge";
import { SecretValue } from "../../policy-pack/graph/resource";
import type { Rule } from "../../policy-pack/rules/rule";
import { packOf, sketchPolicy } from "../support/packs";
import { sketchResource, testProject, testStack } from "../support/resources";

const instanceType = "aws:ec2/instance:Instance";
const asOf = new Date("2026-11-20T12:00:00Z");
const first = sketchResource({ type: instanceType, name: "first" });
const second = sketchResource({ type: instanceType, name: "second" });

const failsEverywhere: Rule = {
    name: "always-fails",
    reads: [instanceType],
    judge: ({ graph }) =>
        graph.ofType(instanceType).map((resource) => ({
            verdict: "fail",
            resource,
            path: ["ingress", 0, "cidrBlocks", 1],
            subject: "tcp/22",
            message: `${resource.name} is open`,
        })),
};

function input(fields: Partial<JudgeInput> = {}): JudgeInput {
    return { resources: [first, second], project: testProject, stack: testStack, asOf, ...fields };
}

describe("judgeStack", () => {
    it("gives the same bytes in whatever order the resources come", () => {
        const pack = packOf([failsEverywhere]);
        const forwards = JSON.stringify(judgeStack(input(), pack));
        const backwards = JSON.stringify(judgeStack(input({ resources: [second, first] }), pack));
        assert.equal(backwards, forwards);
        assert.match(forwards, /first is open.*second is open/);
    });

    it("reports a failure with its place, level, remediation and fingerprint", () => {
        const [finding] = judgeStack(
            input({ resources: [first] }),
            packOf([failsEverywhere]),
        ).findings;
        assert.deepEqual(finding, {
            policy: "always-fails",
            verdict: "fail",
            level: "mandatory",
            severity: "high",
            type: instanceType,
            urn: first.urn,
            path: "ingress[0].cidrBlocks[1]",
            message: "first is open",
            remediation: "Write this instead. const fixed = true;",
            controls: [],
            fingerprint: finding?.fingerprint,
        });
        assert.match(finding?.fingerprint ?? "", /^[0-9a-f]{32}$/);
    });

    it("turns a rule that throws into a doubt that names it, and keeps what it and others saw", () => {
        const throws: Rule = {
            name: "throws-halfway",
            reads: [instanceType],
            *judge() {
                yield { verdict: "fail", resource: first, message: "seen before" };
                throw new TypeError("no such thing");
            },
        };
        const judged = judgeStack(input({ resources: [first] }), packOf([throws, failsEverywhere]));
        assert.deepEqual(
            judged.findings.map(({ policy, verdict, level, urn }) => [policy, verdict, level, urn]),
            [
                ["always-fails", "fail", "mandatory", first.urn],
                ["throws-halfway", "fail", "mandatory", first.urn],
                [
                    "throws-halfway",
                    "indeterminate",
                    "mandatory",
                    "urn:pulumi:dev::vault::pulumi:pulumi:Stack::vault-dev",
                ],
            ],
        );
        assert.match(judged.findings[2]?.message ?? "", /throws-halfway.*TypeError: no such thing/);
    });

    it("does not quote a rule's error when the stack holds a secret", () => {
        const secretive = sketchResource({
            type: instanceType,
            name: "secretive",
            properties: { userData: new SecretValue("short") },
        });
        const throws: Rule = {
            name: "throws",
            reads: [instanceType],
            judge: () => {
                throw new SyntaxError('unexpected token in "short"');
            },
        };
        const judged = judgeStack(input({ resources: [secretive] }), packOf([throws]));
        assert.match(judged.findings[0]?.message ?? "", /\(SyntaxError\)/);
        assert.doesNotMatch(JSON.stringify(judged), /short/);
    });

    it("takes secret texts out of messages", () => {
        const secretive = sketchResource({
            type: instanceType,
            name: "secretive",
            properties: { userData: new SecretValue({ token: ["hvs.abcdefgh"] }) },
        });
        const tells: Rule = {
            name: "tells",
            reads: [instanceType],
            judge: () => [{ verdict: "fail", message: "found hvs.abcdefgh in user data" }],
        };
        const [finding] = judgeStack(input({ resources: [secretive] }), packOf([tells])).findings;
        assert.equal(finding?.message, "found [secret] in user data");
    });

    it("reports one cause once", () => {
        const repeats: Rule = {
            name: "repeats",
            reads: [instanceType],
            judge: () => [
                { verdict: "fail", resource: first, path: ["a"], message: "same" },
                { verdict: "fail", resource: first, path: ["a"], message: "same" },
                { verdict: "fail", resource: first, path: ["b"], message: "same" },
            ],
        };
        const judged = judgeStack(input({ resources: [first] }), packOf([repeats]));
        assert.deepEqual(
            judged.findings.map(({ path }) => path),
            ["a", "b"],
        );
        assert.equal(judged.policies.find(({ name }) => name === "repeats")?.counts.fail, 2);
    });

    it("counts every verdict of every policy, disabled ones included", () => {
        const mixed: Rule = {
            name: "mixed",
            reads: [instanceType],
            judge: () => [
                { verdict: "pass", resource: first },
                { verdict: "fail", resource: second, message: "weak" },
                { verdict: "indeterminate", message: "unknown" },
                { verdict: "not-applicable", message: "nothing to see" },
            ],
        };
        const judged = judgeStack(
            input({
                configuration: new Map([["always-fails", { level: "disabled", parameters: {} }]]),
            }),
            packOf([mixed, failsEverywhere]),
        );
        const results = new Map(judged.policies.map((result) => [result.name, result]));
        assert.deepEqual(results.get("mixed")?.counts, {
            pass: 1,
            fail: 1,
            indeterminate: 1,
            exempt: 0,
            "not-applicable": 1,
        });
        assert.equal(results.get("always-fails")?.level, "disabled");
        assert.equal(results.get("always-fails")?.counts.fail, 0);
    });

    it("blocks on mandatory findings only", () => {
        const records = [sketchPolicy({ name: "always-fails", level: "advisory" })];
        const advisory = judgeStack(input(), packOf([failsEverywhere], records));
        assert.equal(advisory.blocked, false);
        assert.equal(advisory.summary.fail.high, 2);
        assert.equal(judgeStack(input(), packOf([failsEverywhere])).blocked, true);
    });

    it("fails for a critical policy below mandatory, even when its own watch is switched off", () => {
        const records = [sketchPolicy({ name: "always-fails", severity: "critical" })];
        for (const level of ["advisory", "disabled"] as const) {
            const judged = judgeStack(
                input({
                    configuration: new Map([
                        ["always-fails", { level, parameters: {} }],
                        ["enforcement-levels-sound", { level: "disabled", parameters: {} }],
                    ]),
                }),
                packOf([failsEverywhere], records),
            );
            const found = judged.findings.filter(
                ({ policy }) => policy === "enforcement-levels-sound",
            );
            assert.deepEqual(
                found.map(({ level: reported, message }) => [reported, message]),
                [
                    [
                        "mandatory",
                        `the critical policy always-fails is configured as "${level}"; it must be "mandatory" or "remediate"`,
                    ],
                    [
                        "mandatory",
                        'the critical policy enforcement-levels-sound is configured as "disabled"; it must be "mandatory" or "remediate"',
                    ],
                ],
            );
        }
    });

    it("does not take a type of compute, IAM or network that nobody reads for sound", () => {
        const native = sketchResource({ type: "aws-native:ec2:Instance", name: "native" });
        const bucket = sketchResource({ type: "aws:s3/bucket:Bucket", name: "bucket" });
        const judged = judgeStack(input({ resources: [native, bucket] }), packOf([]));
        assert.deepEqual(
            judged.findings.map(({ policy, verdict, level, urn }) => [policy, verdict, level, urn]),
            [["provider-and-stack-guard", "indeterminate", "mandatory", native.urn]],
        );
        assert.deepEqual(judged.coverage, {
            scope: "auto",
            keyServers: [native.urn],
            judged: 1,
            outOfScope: 0,
            typesNotRead: [
                { type: "aws-native:ec2:Instance", count: 1 },
                { type: "aws:s3/bucket:Bucket", count: 1 },
            ],
        });
    });

    it("gives a rule the parameters that its policy lists, after configuration, and no others", () => {
        const seen: unknown[] = [];
        const reads: Rule = {
            name: "reads-parameters",
            reads: [instanceType],
            judge: (context) => {
                seen.push(context.parameter("logRetentionDays"));
                context.parameter("exemptionNoticeDays");
                return [];
            },
        };
        const records = [
            sketchPolicy({ name: "reads-parameters", parameters: ["logRetentionDays"] }),
        ];
        const judged = judgeStack(
            input({
                resources: [],
                configuration: new Map([
                    ["reads-parameters", { parameters: { logRetentionDays: 400 } }],
                ]),
            }),
            packOf([reads], records),
        );
        assert.deepEqual(seen, [400]);
        assert.match(
            judged.findings[0]?.message ?? "",
            /does not list the parameter "exemptionNoticeDays"/,
        );
    });
});
