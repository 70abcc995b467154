import assert from "node:assert/strict";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import * as fc from "fast-check";
import { decideRequest, type Decider, type Policies } from "../../../aws/iam/decision";
import { absentValue, known, type ContextValue, type Policy } from "../../../aws/iam/request";
import { decideBest } from "../../../aws/iam/ways";
import { readPolicyDocument } from "../../../aws/policy-document";

type Statement = Readonly<Record<string, unknown>>;

interface Situation {
    readonly decider: Decider;
    readonly action: string;
    readonly resource: string;
    readonly identity: readonly Statement[];
    readonly boundary: readonly Statement[] | undefined;
    readonly own: readonly Statement[] | undefined;
    readonly context: Context;
}

/** The request's values by key; a list for keys of several values. */
type Context = Readonly<Record<string, string | readonly string[]>>;

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

/** Conditions, each with keys that any request may carry. */
const conditions: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[] = [
    { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
    { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] } },
    { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/op*` } },
    { ArnNotEquals: { "aws:PrincipalArn": [role, `arn:aws:iam::${account}:role/other`] } },
    { StringEquals: { "aws:PrincipalAccount": "444455556666" } },
    { StringEquals: { "aws:PrincipalAccount": [account] } },
    { StringLike: { "aws:SourceVpce": "vpce-*" } },
    { StringNotEqualsIfExists: { "aws:SourceVpce": "vpce-1" } },
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    { NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } },
    { NumericGreaterThanEqualsIfExists: { "aws:MultiFactorAuthAge": "60" } },
    { Null: { "aws:MultiFactorAuthAge": "true" } },
    { Null: { "aws:SourceVpce": "false" } },
    { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/25" } },
    { Bool: { "aws:SecureTransport": "false" } },
    { ArnEquals: { "aws:SourceArn": "arn:aws:cloudtrail:eu-central-1:*:trail/*" } },
    {
        StringEquals: { "aws:PrincipalAccount": account, "aws:RequestedRegion": "us-east-1" },
        Bool: { "aws:SecureTransport": "true" },
    },
];

const contexts: fc.Arbitrary<Context> = fc
    .record({
        "aws:RequestedRegion": fc.constantFrom("eu-central-1", "us-east-1"),
        "aws:SourceVpce": fc.constantFrom(undefined, "vpce-1", "vpce-2"),
        "aws:MultiFactorAuthPresent": fc.constantFrom(undefined, "true", "false"),
        "aws:MultiFactorAuthAge": fc.constantFrom(undefined, "30", "60", "7200"),
        "aws:SourceIp": fc.constantFrom("203.0.113.9", "203.0.113.200", "198.51.100.1"),
        "aws:SecureTransport": fc.constantFrom("true", "false"),
    })
    .map((values) =>
        Object.fromEntries(
            Object.entries({
                ...values,
                "aws:PrincipalArn": role,
                "aws:PrincipalAccount": account,
            }).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ),
    );

function some(values: readonly string[]): fc.Arbitrary<readonly string[]> {
    return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
}

function statement(principals: readonly unknown[]): fc.Arbitrary<Statement> {
    return fc
        .record({
            effect: fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
            actions: some(patterns),
            resources: some(resources),
            condition: fc.option(fc.constantFrom(...conditions), { nil: undefined, freq: 2 }),
            principal: fc.constantFrom(...principals),
            inverted: fc.integer({ min: 0, max: 5 }),
        })
        .map((given) => ({
            Effect: given.effect,
            [given.inverted === 0 ? "NotAction" : "Action"]: given.actions,
            [given.inverted === 1 ? "NotResource" : "Resource"]: given.resources,
            ...(given.condition === undefined ? {} : { Condition: given.condition }),
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
            context: contexts,
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
                contextVariables: Object.fromEntries(
                    Object.entries(asked.context).map(([key, value]) => [
                        key,
                        typeof value === "string" ? value : [...value],
                    ]),
                ),
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

/** The policies as ours are given them. */
function policiesOf(asked: Situation): Policies {
    const read = (statements: readonly Statement[]): Policy => ({
        document: readPolicyDocument(policy(statements)),
        openResource: "maybe",
        openPrincipal: "maybe",
    });
    return {
        decider: asked.decider,
        identity: [read(asked.identity)],
        boundary: asked.boundary && read(asked.boundary),
        resource: asked.own && read(asked.own),
    };
}

/** Keys that a caller of this test chooses; the others are its own. */
const chosen = /^aws:(sourcevpce|multifactorauth.*|sourceip|securetransport)$/;

function valueOf(context: Context, key: string): ContextValue {
    const found = Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1];
    return found === undefined ? absentValue : known(...[found].flat());
}

describe("access decisions against an outside simulator", function () {
    this.timeout(120_000);
    const request = (asked: Situation): Omit<Parameters<typeof decideRequest>[1], "context"> => ({
        action: asked.action,
        resource: asked.resource,
        principal: role,
        account,
    });

    it("agree on every request whose context is known, with conditions and boundaries", async () => {
        const counts = { allowed: 0, denied: 0, bounded: 0, conditioned: 0 };
        const disagreements: string[] = [];
        for (const asked of fc.sample(situation, { numRuns: 1500, seed: 20_261_124 })) {
            const decided = decideRequest(policiesOf(asked), {
                ...request(asked),
                context: (key) => valueOf(asked.context, key),
            });
            const allowed = await simulated(asked);
            counts[allowed ? "allowed" : "denied"] += 1;
            counts.bounded += asked.boundary === undefined ? 0 : 1;
            counts.conditioned += JSON.stringify(asked).includes('"Condition"') ? 1 : 0;
            if (decided.allowed !== (allowed ? "yes" : "no")) {
                disagreements.push(JSON.stringify({ ours: decided.allowed, allowed, asked }));
            }
        }
        assert.deepEqual(disagreements, []);
        assert.ok(counts.allowed >= 150 && counts.bounded >= 500, JSON.stringify(counts));
        assert.ok(counts.conditioned >= 500, JSON.stringify(counts));
    });

    it("agree that each way that is told is one, and find one wherever some request is allowed", async () => {
        const counts = { ways: 0, demanding: 0, none: 0 };
        const disagreements: string[] = [];
        for (const asked of fc.sample(situation, { numRuns: 2000, seed: 20_261_125 })) {
            const best = decideBest(policiesOf(asked), {
                ...request(asked),
                context: (key) => (chosen.test(key) ? undefined : valueOf(asked.context, key)),
            });
            const fixed = Object.entries(asked.context).filter(
                ([key]) => !chosen.test(key.toLowerCase()),
            );
            for (const way of best.ways) {
                const context = { ...Object.fromEntries(fixed), ...Object.fromEntries(way) };
                counts[way.size === 0 ? "ways" : "demanding"] += 1;
                if (!(await simulated({ ...asked, context }))) {
                    disagreements.push(JSON.stringify({ way: [...way], asked }));
                }
            }
            if (best.allowed === "no") {
                counts.none += 1;
                if (await simulated(asked)) {
                    disagreements.push(JSON.stringify({ missed: asked }));
                }
            }
            assert.notEqual(best.allowed, "maybe");
        }
        assert.deepEqual(disagreements, []);
        assert.ok(counts.ways >= 50 && counts.demanding >= 50, JSON.stringify(counts));
        assert.ok(counts.none >= 100, JSON.stringify(counts));
    });
});
