import assert from "node:assert/strict";
import { assertGraph } from "../support/graph-fixture";
import { record, type RecordedResource, unknown } from "../support/monitor";
import { programs, wholeStack } from "./programs";

const common = { tags: { owner: "security" }, region: "eu-west-1" };

/** What a server needs at its first boot. */
const prerequisites = [
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:ssm/patchGroup:PatchGroup",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

describe("recorded graphs", () => {
    for (const [component, program] of Object.entries(programs)) {
        it(`${component} registers exactly these resources`, async () => {
            assertGraph(component, (await record<unknown>(program)).resources);
        });

        it(`${component} registers exactly these resources at preview, where computed outputs are unknown`, async () => {
            assertGraph(
                `${component}.preview`,
                (await record<unknown>(program, { preview: true })).resources,
            );
        });

        it(`${component} registers every public output`, async () => {
            const { result, outputs } = await record<object>(program);
            const [registered = {}] = Object.entries(outputs)
                .filter(([name]) => name.startsWith(`keyward:index:${component}::`))
                .map(([, values]) => values);
            const shown = Object.keys(result).filter((name) => !name.startsWith("__"));
            assert.deepEqual(
                Object.keys(registered).sort(),
                shown.filter((name) => name !== "urn").sort(),
            );
        });
    }

    describe("of the whole stack", () => {
        let stack: readonly RecordedResource[];

        before(async () => {
            ({ resources: stack } = await record(() => wholeStack(common), { preview: true }));
        });

        it("is exactly this", () => {
            assertGraph("whole-stack.preview", stack);
        });

        it("knows every policy document at preview, so that it can be judged before anything exists", () => {
            const documents = stack.flatMap(({ name, inputs }) =>
                ["policy", "assumeRolePolicy"]
                    .filter((property) => property in inputs)
                    .map((property) => ({ name, property, document: inputs[property] })),
            );
            assert.deepEqual(
                documents.filter(({ document }) => document === unknown),
                [],
            );
            assert.equal(documents.length, 25);
        });

        it("starts no instance before its endpoints, routes, rules, role policies and log groups", () => {
            const instance = stack.find(({ type }) => type === "aws:ec2/instance:Instance");
            const mustStand = stack
                .filter(
                    ({ type, name }) =>
                        prerequisites.includes(type) && !/flow-log|install|vault-[23]-/.test(name),
                )
                .map(({ type, name }) => `${type}::${name}`);
            const waitsFor = transitively(stack, instance?.dependencies ?? []);
            assert.deepEqual(
                mustStand.filter((reference) => !waitsFor.has(reference)),
                [],
            );
            assert.equal(mustStand.length, 24);
        });

        it("gives the caller's tags to every child that takes tags", () => {
            assert.deepEqual(
                typesOf(
                    stack,
                    ({ inputs }) =>
                        (inputs.tags as Record<string, unknown> | undefined)?.owner !== "security",
                ),
                [
                    "aws:ec2/routeTableAssociation:RouteTableAssociation",
                    "aws:iam/rolePolicy:RolePolicy",
                    "aws:kms/alias:Alias",
                    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
                    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
                    "aws:ssm/patchGroup:PatchGroup",
                ],
            );
        });

        it("gives the caller's region to every child but those of IAM, which has none", () => {
            assert.deepEqual(
                typesOf(stack, ({ inputs }) => inputs.region !== "eu-west-1"),
                [
                    "aws:iam/instanceProfile:InstanceProfile",
                    "aws:iam/role:Role",
                    "aws:iam/rolePolicy:RolePolicy",
                ],
            );
        });

        it("makes every resource a child of its component", () => {
            assert.deepEqual(
                typesOf(stack, ({ parent }) => !parent.startsWith("keyward:index:")),
                [],
            );
        });
    });
});

/** Types of the custom resources that a condition holds for, sorted. */
function typesOf(
    resources: readonly RecordedResource[],
    condition: (resource: RecordedResource) => boolean,
): readonly string[] {
    const types = resources.filter((resource) => resource.custom && condition(resource));
    return [...new Set(types.map(({ type }) => type))].sort();
}

function transitively(
    resources: readonly RecordedResource[],
    first: readonly string[],
): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [...first];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (!found.has(next)) {
            found.add(next);
            waiting.push(
                ...(resources.find(({ type, name }) => `${type}::${name}` === next)?.dependencies ??
                    []),
            );
        }
    }
    return found;
}
