import assert from "node:assert/strict";
import * as fc from "fast-check";
import * as keyward from "../../components";
import { record } from "../support/monitor";
import { clusterArgs, logGroups, logKeyArn } from "./programs";

/** Where the resources of a type have their physical name, the longest that AWS takes, and the characters of it. */
interface Rule {
    readonly property: string;
    readonly longest: number;
    readonly allowed: RegExp;
}

const words = /^[A-Za-z0-9_.-]+$/;
const path = /^[A-Za-z0-9_./#-]+$/;
const named = (longest: number, allowed: RegExp = words): Rule => ({
    property: "name",
    longest,
    allowed,
});

/** Source: the API reference of each service, of the action that creates the resource. */
const rules: Readonly<Record<string, Rule>> = {
    "aws:backup/plan:Plan": named(50),
    "aws:backup/selection:Selection": named(50),
    "aws:backup/vault:Vault": named(50, /^[A-Za-z0-9_-]+$/),
    "aws:cloudtrail/trail:Trail": named(128),
    "aws:cloudwatch/eventRule:EventRule": named(64),
    "aws:cloudwatch/logGroup:LogGroup": named(512, path),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": named(512),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": named(512),
    "aws:cloudwatch/metricAlarm:MetricAlarm": named(255),
    "aws:ec2/placementGroup:PlacementGroup": named(255),
    "aws:ec2/securityGroup:SecurityGroup": named(255),
    "aws:iam/instanceProfile:InstanceProfile": named(128),
    "aws:iam/policy:Policy": named(128),
    "aws:iam/role:Role": named(64),
    "aws:imagebuilder/component:Component": named(128),
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration": named(128),
    "aws:imagebuilder/imagePipeline:ImagePipeline": named(128),
    "aws:imagebuilder/imageRecipe:ImageRecipe": named(128),
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": named(128),
    "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy": named(128),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": named(64),
    "aws:kms/alias:Alias": named(256, /^alias\/[A-Za-z0-9/_-]+$/),
    "aws:lambda/function:Function": named(64, /^[A-Za-z0-9_-]+$/),
    "aws:lb/loadBalancer:LoadBalancer": named(
        32,
        /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    ),
    "aws:lb/targetGroup:TargetGroup": named(32, /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/),
    "aws:s3/bucket:Bucket": {
        property: "bucket",
        longest: 63,
        allowed: /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
    },
    "aws:sns/topic:Topic": named(256, /^[A-Za-z0-9_-]+$/),
    "aws:ssm/association:Association": named(128),
    "aws:ssm/document:Document": named(128),
    "aws:ssm/maintenanceWindow:MaintenanceWindow": named(128),
    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": named(128),
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": named(128),
    "aws:ssm/parameter:Parameter": named(1011, /^\/[A-Za-z0-9_./-]+$/),
    "aws:ssm/patchBaseline:PatchBaseline": named(128),
};

/** Named by the user's own domain. */
const ofTheDomain = ["aws:route53/record:Record", "aws:route53/zone:Zone"];

/** Stack, project and component in the longest names that Pulumi takes. */
const long = (longest: number): fc.Arbitrary<string> =>
    fc.stringMatching(new RegExp(`^[A-Za-z][A-Za-z0-9._-]{${longest - 20},${longest - 1}}$`));

/** Every physical name of a stack with everything in it, as `type name`, by resource. */
async function physicalNames(
    project: string,
    stack: string,
    name: string,
): Promise<Readonly<Record<string, string>>> {
    const { resources } = await record(
        () => {
            new keyward.KeyServerCluster(name, clusterArgs);
            new keyward.KeyServerAccount(`${name}-account`, { logKeyArn });
            new keyward.KeyServerImage(`${name}-image`, {
                workload: "vault",
                subnetId: "subnet-1",
                endpointClientSecurityGroupId: "sg-1",
                volumeKeyArn: logKeyArn,
                logKeyArn,
                secretKeyArn: logKeyArn,
            });
            new keyward.KeyServerPatching(`${name}-debian`, {
                operatingSystems: ["debian-13"],
                rings: [
                    { name: "canary", servers: ["a"] },
                    { name: "production", servers: ["b"] },
                ],
                workload: "vault",
                listKeyArn: logKeyArn,
                logKeyArn,
                patchLogGroupArn: logGroups.patchLogGroupArn,
            });
        },
        { project, stack },
    );
    return Object.fromEntries(
        resources.flatMap(({ inputs, name: resource, type }): [string, string][] => {
            const property = rules[type]?.property ?? "name";
            const value = inputs[property];
            // Documents of AWS have AWS's names.
            const ours = !ofTheDomain.includes(type) && !String(value).startsWith("AWS-");
            return typeof value === "string" && ours ? [[`${type} ${resource}`, value]] : [];
        }),
    );
}

function faults(names: Readonly<Record<string, string>>): readonly string[] {
    return Object.entries(names).flatMap(([resource, name]) => {
        const rule = rules[resource.split(" ")[0] ?? ""];
        return rule !== undefined && name.length <= rule.longest && rule.allowed.test(name)
            ? []
            : [`${resource}: ${name.length} ${name}`];
    });
}

describe("the physical names of a whole stack", function () {
    this.timeout(120_000);

    it("stay within the limit of every service, of its characters, and differ from one another, however long project, stack and component are called", async () => {
        await fc.assert(
            fc.asyncProperty(long(100), long(100), long(400), async (project, stack, name) => {
                const names = await physicalNames(project, stack, name);
                assert.deepEqual(faults(names), []);
                const byType = Object.entries(names).map(
                    ([resource, physical]) => `${resource.split(" ")[0] ?? ""} ${physical}`,
                );
                assert.equal(new Set(byType).size, byType.length);
            }),
            { numRuns: 2, endOnFailure: true },
        );
    });

    it("are the same every time, and all others in a stack whose long name differs in its last letter", async () => {
        const stack = "production-".repeat(9);
        const first = await physicalNames("keys", `${stack}a`, "vault");
        assert.deepEqual(await physicalNames("keys", `${stack}a`, "vault"), first);
        const other = await physicalNames("keys", `${stack}b`, "vault");
        assert.deepEqual(Object.keys(other), Object.keys(first));
        assert.ok(Object.keys(first).length > 90, String(Object.keys(first).length));
        const taken = new Set(Object.values(first));
        assert.deepEqual(
            Object.values(other).filter((name) => taken.has(name)),
            [],
        );
    });
});
