import assert from "node:assert/strict";
import { assertGraph } from "../support/graph-fixture";
import { record, type RecordedResource, unknown } from "../support/monitor";
import { KeyServerCluster } from "../../components";
import { clusterArgs, programs } from "./programs";

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
            // An optional child that was not made is no output.
            const shown = Object.entries(result)
                .filter(([name, value]) => !name.startsWith("__") && value !== undefined)
                .map(([name]) => name);
            assert.deepEqual(
                Object.keys(registered).sort(),
                shown.filter((name) => name !== "urn").sort(),
            );
        });
    }

    describe("of a cluster that makes everything it stands on", () => {
        let stack: readonly RecordedResource[];

        before(async () => {
            ({ resources: stack } = await record(
                () => new KeyServerCluster("vault", { ...clusterArgs, ...common }),
                { preview: true },
            ));
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
            assert.equal(documents.length, 47);
        });

        it("starts no instance before its endpoints, routes, rules, role policies and log groups", () => {
            const instance = stack.find(({ type }) => type === "aws:ec2/instance:Instance");
            const mustStand = stack
                .filter(
                    ({ type, name }) =>
                        prerequisites.includes(type) &&
                        !/flow-log|trail|archive|delivery|subscription|backup|promotion|probe|window/.test(
                            name,
                        ),
                )
                .map(({ type, name }) => `${type}::${name}`);
            const waitsFor = transitively(stack, instance?.dependencies ?? []);
            assert.deepEqual(
                mustStand.filter((reference) => !waitsFor.has(reference)),
                [],
            );
            assert.equal(mustStand.length, 33);
        });

        it("gives the caller's tags to every child that takes tags", () => {
            assert.deepEqual(
                typesOf(
                    stack,
                    ({ inputs }) =>
                        (inputs.tags as Record<string, unknown> | undefined)?.owner !== "security",
                ),
                [
                    "aws:backup/selection:Selection",
                    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
                    "aws:cloudwatch/eventTarget:EventTarget",
                    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
                    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
                    "aws:ec2/routeTableAssociation:RouteTableAssociation",
                    "aws:ec2/volumeAttachment:VolumeAttachment",
                    "aws:iam/rolePolicy:RolePolicy",
                    "aws:kms/alias:Alias",
                    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
                    "aws:route53/record:Record",
                    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
                    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
                    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
                    "aws:s3/bucketPolicy:BucketPolicy",
                    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
                    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
                    "aws:s3/bucketVersioning:BucketVersioning",
                    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
                    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
                    "aws:ssm/patchGroup:PatchGroup",
                    "command:local:Command",
                ],
            );
        });

        it("gives the caller's region to every child but those of services without regions", () => {
            assert.deepEqual(
                typesOf(stack, ({ inputs }) => inputs.region !== "eu-west-1"),
                [
                    "aws:iam/instanceProfile:InstanceProfile",
                    "aws:iam/policy:Policy",
                    "aws:iam/role:Role",
                    "aws:iam/rolePolicy:RolePolicy",
                    "aws:route53/record:Record",
                    "aws:route53/zone:Zone",
                    "command:local:Command",
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
