import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";
import { record, type RecordedResource } from "../support/monitor";
import { clusterArgs, logGroups, programs, serverArgs } from "./programs";

interface Statement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Principal?: { readonly AWS?: string };
    readonly Action: string | readonly string[];
    readonly Condition?: Readonly<Record<string, unknown>>;
}

const account = "111122223333";
const own = `arn:aws:iam::${account}:policy/company-boundary`;
const authority = `arn:aws:acm-pca:eu-central-1:${account}:certificate-authority/a`;
const secret = `arn:aws:secretsmanager:eu-central-1:${account}:secret:vault-1-AbCdEf`;

/** Programs that together make every kind of role with every right that it can have. */
const everything: Readonly<Record<string, () => pulumi.ComponentResource>> = {
    ...programs,
    wholeCluster: () =>
        new keyward.KeyServerCluster("vault", {
            ...clusterArgs,
            certificateSecretArns: [secret, secret, secret],
            certificateAuthorityArn: undefined,
        }),
    serverWithAuthority: () =>
        new keyward.KeyServerCluster("vault", {
            ...clusterArgs,
            certificateSecretArns: undefined,
            certificateAuthorityArn: authority,
        }),
    patchingOnDebian: () =>
        new keyward.KeyServerPatching("vault", {
            operatingSystems: ["debian-13"],
            patchLogGroupArn: logGroups.patchLogGroupArn,
        }),
};

describe("the permissions boundary", () => {
    const graphs = new Map<string, readonly RecordedResource[]>();

    before(async () => {
        for (const [name, program] of Object.entries(everything)) {
            graphs.set(name, (await record<unknown>(program)).resources);
        }
    });

    it("bounds every role of every component, one policy for each outermost component", () => {
        for (const [name, resources] of graphs) {
            const roles = ofType(resources, "aws:iam/role:Role");
            const boundaries = boundariesOf(resources);
            assert.equal(boundaries.length, roles.length === 0 ? 0 : 1, name);
            for (const { propertyDependencies, name: role } of roles) {
                assert.deepEqual(
                    propertyDependencies.permissionsBoundary,
                    boundaries.map((boundary) => `${boundary.type}::${boundary.name}`),
                    `${name}: ${role}`,
                );
            }
        }
        const roles = [...graphs.values()].map((all) => ofType(all, "aws:iam/role:Role").length);
        assert.equal(
            roles.reduce((sum, count) => sum + count),
            35,
        );
    });

    it("allows what the roles are given, and nothing beside it", () => {
        const given = { machines: new Set<string>(), services: new Set<string>() };
        for (const resources of graphs.values()) {
            for (const role of ofType(resources, "aws:iam/role:Role")) {
                const isMachine = /\/(servers|builders)\/$/.test(String(role.inputs.path));
                for (const policy of ofType(resources, "aws:iam/rolePolicy:RolePolicy")) {
                    if (policy.inputs.role === role.inputs.name && role.parent === policy.parent) {
                        statementsOf(policy)
                            .flatMap(({ Action }) => Action)
                            .forEach((action) =>
                                given[isMachine ? "machines" : "services"].add(action),
                            );
                    }
                }
            }
            // What keys let roles of the stack do by themselves.
            for (const key of ofType(resources, "aws:kms/key:Key")) {
                statementsOf(key)
                    .filter(({ Principal }) => Principal?.AWS === "*")
                    .flatMap(({ Action }) => Action)
                    .forEach((action) => given.machines.add(action));
            }
        }
        const [machines, services] = statementsOf(boundariesOf(graphs.get("KeyServer") ?? [])[0]);
        assert.deepEqual(listOf(machines), [...given.machines].sort());
        assert.deepEqual(
            listOf(services),
            [...given.services].filter((action) => !given.machines.has(action)).sort(),
        );
    });

    it("keeps what only services need from servers and builders", () => {
        const [machines, services] = statementsOf(boundariesOf(graphs.get("KeyServer") ?? [])[0]);
        assert.equal(machines?.Condition, undefined);
        assert.deepEqual(services?.Condition, {
            ArnNotLike: {
                "aws:PrincipalArn": [
                    "arn:*:iam::*:role/keyward/kms/test/servers/*",
                    "arn:*:iam::*:role/keyward/kms/test/builders/*",
                ],
            },
        });
    });

    it("denies whoever it bounds to edit it, to rise and to touch the audit trail", () => {
        const denied = statementsOf(boundariesOf(graphs.get("KeyServer") ?? [])[0])
            .filter(({ Effect }) => Effect === "Deny")
            .flatMap(({ Action }) => Action);
        for (const action of [
            "iam:CreatePolicyVersion",
            "iam:SetDefaultPolicyVersion",
            "iam:PutRolePermissionsBoundary",
            "iam:DeleteRolePermissionsBoundary",
            "iam:AttachRolePolicy",
            "cloudtrail:StopLogging",
            "logs:DeleteLogGroup",
            "kms:ScheduleKeyDeletion",
            "s3:BypassGovernanceRetention",
            "ssm:UpdateDocument",
        ]) {
            assert.ok(denied.includes(action), action);
        }
    });

    it("fits into a managed policy", () => {
        const [boundary] = boundariesOf(graphs.get("wholeCluster") ?? []);
        const { length } = String(boundary?.inputs.policy);
        assert.ok(length > 1000 && length <= 6144, `${length} characters`);
    });

    it("is the one that is given, where one is given", async () => {
        for (const program of [
            () => new keyward.KeyServer("vault", { ...serverArgs, permissionsBoundaryArn: own }),
            () =>
                new keyward.KeyServerCluster("vault", {
                    ...clusterArgs,
                    permissionsBoundaryArn: own,
                }),
        ]) {
            const { resources } = await record<unknown>(program);
            assert.deepEqual(boundariesOf(resources), []);
            assert.deepEqual(
                [
                    ...new Set(
                        ofType(resources, "aws:iam/role:Role").map(
                            ({ inputs }) => inputs.permissionsBoundary,
                        ),
                    ),
                ],
                [own],
            );
        }
    });
});

function ofType(resources: readonly RecordedResource[], type: string): readonly RecordedResource[] {
    return resources.filter((resource) => resource.type === type);
}

function boundariesOf(resources: readonly RecordedResource[]): readonly RecordedResource[] {
    return ofType(resources, "aws:iam/policy:Policy").filter(({ name }) =>
        name.endsWith("-boundary"),
    );
}

function statementsOf(resource: RecordedResource | undefined): readonly Statement[] {
    const { Statement: statements } = JSON.parse(String(resource?.inputs.policy)) as {
        readonly Statement: readonly Statement[];
    };
    return statements;
}

function listOf(statement: Statement | undefined): readonly string[] {
    return [...new Set([statement?.Action ?? []].flat())].sort();
}
