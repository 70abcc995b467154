import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import * as fc from "fast-check";
import { readPolicyDocument } from "../../../aws/policy-document";
import { decideAccess } from "../../../policy-pack/exposure/decide-access";
import type { Decider } from "../../../policy-pack/exposure/targets";

type Statement = Readonly<Record<string, unknown>>;

interface Situation {
    readonly decider: Decider;
    readonly action: string;
    readonly resource: string;
    readonly identity: readonly Statement[];
    readonly boundary: readonly Statement[] | undefined;
    readonly own: readonly Statement[] | undefined;
    readonly region: string;
}

const account = "111122223333";
const role = `arn:aws:iam::${account}:role/operator`;
const key = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const object = "arn:aws:s3:::archive/2026/log";
const trail = `arn:aws:cloudtrail:eu-central-1:${account}:trail/main`;
const cases: Readonly<Record<Decider, { readonly resource: string; readonly actions: string[] }>> =
    {
        key: {
            resource: key,
            actions: ["kms:Decrypt", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
        },
        bucket: { resource: object, actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"] },
        identity: {
            resource: trail,
            actions: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
        },
    };

const patterns = ["*", "kms:*", "kms:Decrypt", "KMS:put*", "s3:Delete*", "s3:DeleteObject"].concat(
    "cloudtrail:*",
    "cloudtrail:StopLoggin?",
    "kms:Schedule*",
    "ec2:*",
);
const resources = ["*", key, "arn:aws:kms:*:*:key/*", "arn:aws:s3:::archive/*", trail].concat(
    "arn:aws:s3:::other/*",
    "arn:aws:cloudtrail:*:111122223333:trail/m?in",
);
const condition = { StringEquals: { "aws:RequestedRegion": "eu-central-1" } };

function some(values: readonly string[]): fc.Arbitrary<readonly string[]> {
    return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
}

function statement(principals: readonly unknown[]): fc.Arbitrary<Statement> {
    return fc
        .record({
            effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
            actions: some(patterns),
            excludes: fc.boolean().map((yes) => yes),
            resources: some(resources),
            conditioned: fc.integer({ min: 0, max: 4 }),
            principal: fc.constantFrom(...principals),
            inverted: fc.integer({ min: 0, max: 5 }),
        })
        .map((given) => ({
            Effect: given.effect,
            [given.inverted === 0 ? "NotAction" : "Action"]: given.actions,
            [given.inverted === 1 ? "NotResource" : "Resource"]: given.resources,
            ...(given.conditioned === 0 ? { Condition: condition } : {}),
            ...(given.principal === undefined ? {} : { Principal: given.principal }),
        }));
}

const principals = [
    "*",
    { AWS: role },
    { AWS: `arn:aws:iam::${account}:root` },
    { AWS: account },
    { AWS: [`arn:aws:iam::${account}:role/other`] },
    { Service: "logs.amazonaws.com" },
];
const plain = fc.array(statement([undefined]), { minLength: 1, maxLength: 3 });
const own = fc.array(statement(principals), { minLength: 1, maxLength: 3 });

const situation: fc.Arbitrary<Situation> = fc
    .constantFrom<Decider>("key", "bucket", "identity")
    .chain((decider) =>
        fc.record({
            decider: fc.constant(decider),
            action: fc.constantFrom(...cases[decider].actions),
            resource: fc.constant(cases[decider].resource),
            identity: plain,
            boundary: fc.option(plain, { nil: undefined }),
            own:
                decider === "identity"
                    ? fc.constant(undefined)
                    : decider === "key"
                      ? own
                      : fc.option(own, { nil: undefined }),
            region: fc.constantFrom("eu-central-1", "us-east-1"),
        }),
    );

const policy = (Statement: readonly Statement[]): Record<string, unknown> => ({
    Version: "2012-10-17",
    Statement,
});

async function simulated(asked: Situation): Promise<boolean> {
    const result = await runSimulation(
        {
            request: {
                principal: role,
                action: asked.action,
                resource: { resource: asked.resource, accountId: account },
                contextVariables: { "aws:RequestedRegion": asked.region },
            },
            identityPolicies: [{ name: "identity", policy: policy(asked.identity) }],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            ...(asked.boundary && {
                permissionBoundaryPolicies: [{ name: "boundary", policy: policy(asked.boundary) }],
            }),
            ...(asked.own && { resourcePolicy: policy(asked.own) }),
        },
        {},
    );
    if (result.resultType === "error") {
        throw new Error(JSON.stringify(result.errors));
    }
    return result.overallResult === "Allowed";
}

describe("access decisions against an outside simulator", function () {
    this.timeout(120_000);

    it("agree, and are open only where a condition decides", async () => {
        const counts = { allowed: 0, denied: 0, open: 0 };
        const disagreements: string[] = [];
        for (const asked of fc.sample(situation, { numRuns: 900, seed: 20_261_124 })) {
            const decided = decideAccess(
                {
                    decider: asked.decider,
                    identity: [readPolicyDocument(policy(asked.identity))],
                    boundary: asked.boundary && readPolicyDocument(policy(asked.boundary)),
                    resource: asked.own && readPolicyDocument(policy(asked.own)),
                },
                { action: asked.action, resource: asked.resource, principal: role, account },
            );
            const allowed = await simulated(asked);
            const isOpen = decided.allowed === "maybe";
            counts[isOpen ? "open" : allowed ? "allowed" : "denied"] += 1;
            if (!isOpen && (decided.allowed === "yes") !== allowed) {
                disagreements.push(JSON.stringify({ ours: decided.allowed, allowed, asked }));
            }
            if (isOpen) {
                assert.deepEqual(decided.doubts, [
                    "StringEquals aws:requestedregion = eu-central-1",
                ]);
            }
        }
        assert.deepEqual(disagreements, []);
        assert.ok(counts.allowed + counts.denied >= 500, JSON.stringify(counts));
        assert.ok(counts.allowed >= 50 && counts.open >= 20, JSON.stringify(counts));
    });
});
