import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, type Client, type Server, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import messages from "@pulumi/pulumi/proto/provider_pb";
import { Account } from "./aws-provider/account";
import { StandInProvider } from "./aws-provider/provider";
import { serve } from "./aws-provider/server";
import { fromStruct, toStruct, UNKNOWN, type Properties } from "./aws-provider/wire";

const instance = "aws:ec2/instance:Instance";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
const volume = "aws:ebs/volume:Volume";
const attachment = "aws:ec2/volumeAttachment:VolumeAttachment";

const server: Properties = {
    ami: "ami-1",
    instanceType: "m7g.large",
    subnetId: "subnet-1",
    rootBlockDevice: { encrypted: true },
};

describe("the stand-in AWS provider", () => {
    let folder: string;
    let service: Server;
    let client: ResourceProviderClient;

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "keyward-aws-"));
        const provider = new StandInProvider({
            folder,
            defaultRegion: "eu-central-1",
            parameters: { "/aws/service/image": "ami-set-by-test" },
        });
        const served = await serve(provider, "7.48.0");
        service = served.server;
        client = new ResourceProviderClient(
            `127.0.0.1:${String(served.port)}`,
            credentials.createInsecure(),
        );
    });

    afterEach(() => {
        (client as unknown as Client).close();
        service.forceShutdown();
        rmSync(folder, { recursive: true });
    });

    function call<Response>(
        start: (done: (error: ServiceError | null, response: Response) => void) => unknown,
    ): Promise<Response> {
        return new Promise((resolve, reject) => {
            start((error, response) => {
                if (error === null) {
                    resolve(response);
                } else {
                    reject(new Error(error.details));
                }
            });
        });
    }

    function urn(type: string, name: string): string {
        return `urn:pulumi:dev::app::my:index:Parent$${type}::${name}`;
    }

    async function configure(config: Properties): Promise<void> {
        await call<messages.ConfigureResponse>((done) =>
            client.configure(new messages.ConfigureRequest().setArgs(toStruct(config)), done),
        );
    }

    async function check(
        type: string,
        news: Properties,
        olds?: Properties,
    ): Promise<{ inputs: Properties; failures: readonly string[] }> {
        const request = new messages.CheckRequest()
            .setUrn(urn(type, "it"))
            .setNews(toStruct(news))
            .setRandomseed(new Uint8Array([1, 2, 3]));
        if (olds !== undefined) {
            request.setOlds(toStruct(olds));
        }
        const response = await call<messages.CheckResponse>((done) => client.check(request, done));
        return {
            inputs: fromStruct(response.getInputs()),
            failures: response.getFailuresList().map((failure) => failure.getReason()),
        };
    }

    async function create(
        type: string,
        inputs: Properties,
        options: { preview?: boolean; name?: string } = {},
    ): Promise<{ id: string; outputs: Properties }> {
        const response = await call<messages.CreateResponse>((done) =>
            client.create(
                new messages.CreateRequest()
                    .setUrn(urn(type, options.name ?? "it"))
                    .setProperties(toStruct(inputs))
                    .setPreview(options.preview ?? false),
                done,
            ),
        );
        return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
    }

    async function diff(
        type: string,
        olds: Properties,
        news: Properties,
        ignored: string[] = [],
    ): Promise<messages.DiffResponse.AsObject> {
        const response = await call<messages.DiffResponse>((done) =>
            client.diff(
                new messages.DiffRequest()
                    .setUrn(urn(type, "it"))
                    .setOldInputs(toStruct(olds))
                    .setNews(toStruct(news))
                    .setIgnorechangesList(ignored),
                done,
            ),
        );
        return response.toObject();
    }

    function update(type: string, id: string, olds: Properties, news: Properties) {
        return call<messages.UpdateResponse>((done) =>
            client.update(
                new messages.UpdateRequest()
                    .setUrn(urn(type, "it"))
                    .setId(id)
                    .setOlds(toStruct(olds))
                    .setOldInputs(toStruct(olds))
                    .setNews(toStruct(news)),
                done,
            ),
        );
    }

    function remove(type: string, id: string) {
        return call((done) =>
            client.delete(new messages.DeleteRequest().setUrn(urn(type, "it")).setId(id), done),
        );
    }

    async function invoke(token: string, args: Properties): Promise<Properties> {
        const response = await call<messages.InvokeResponse>((done) =>
            client.invoke(new messages.InvokeRequest().setTok(token).setArgs(toStruct(args)), done),
        );
        return fromStruct(response.getReturn());
    }

    function operations(): readonly string[] {
        return new Account(folder).journal().map(({ operation }) => operation);
    }

    describe("when it checks inputs", () => {
        it("fills a security group's defaults and says which they are", async () => {
            await configure({});
            const { inputs, failures } = await check(securityGroup, {
                name: "vault",
                ingress: [
                    { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] },
                ],
            });
            assert.deepEqual(failures, []);
            assert.deepEqual(inputs, {
                name: "vault",
                description: "Managed by Pulumi",
                revokeRulesOnDelete: false,
                region: "eu-central-1",
                tagsAll: {},
                ingress: [
                    {
                        protocol: "tcp",
                        fromPort: 22,
                        toPort: 22,
                        cidrBlocks: ["10.0.0.0/8"],
                        self: false,
                        __defaults: ["self"],
                    },
                ],
                __defaults: ["description", "revokeRulesOnDelete"],
            });
        });

        it("fills the defaults of nested blocks only where the block is given", async () => {
            const { inputs } = await check(instance, server);
            assert.deepEqual(inputs["rootBlockDevice"], {
                encrypted: true,
                deleteOnTermination: true,
                __defaults: ["deleteOnTermination"],
            });
            assert.equal("metadataOptions" in inputs, false);
            assert.deepEqual(inputs["__defaults"], [
                "forceDestroy",
                "getPasswordData",
                "sourceDestCheck",
                "userDataReplaceOnChange",
            ]);
        });

        it("generates the same name in every check of one run and keeps it afterwards", async () => {
            const first = await check("aws:iam/role:Role", { assumeRolePolicy: "{}" });
            const again = await check("aws:iam/role:Role", { assumeRolePolicy: "{}" });
            assert.match(String(first.inputs["name"]), /^it-[0-9a-f]{7}$/);
            assert.equal(again.inputs["name"], first.inputs["name"]);
            const kept = await check(
                "aws:iam/role:Role",
                { assumeRolePolicy: "{}" },
                { name: "it-0ldname", __defaults: ["name"] },
            );
            assert.equal(kept.inputs["name"], "it-0ldname");
        });

        it("merges the provider's default tags under the resource's own", async () => {
            await configure({
                defaultTags: JSON.stringify({ tags: { team: "security", stage: "dev" } }),
                region: "eu-west-1",
            });
            const { inputs } = await check(instance, { ...server, tags: { stage: "prod" } });
            assert.deepEqual(inputs["tagsAll"], { team: "security", stage: "prod" });
            assert.deepEqual(inputs["tags"], { stage: "prod" });
            assert.equal(inputs["region"], "eu-west-1");
        });

        it("leaves the merged tags unknown when one tag is unknown", async () => {
            const { inputs } = await check(instance, { ...server, tags: { owner: UNKNOWN } });
            assert.equal(inputs["tagsAll"], UNKNOWN);
        });

        it("refuses unknown, computed and missing properties, at any depth", async () => {
            const { failures } = await check("aws:s3/bucketVersioning:BucketVersioning", {
                versioningConfiguration: { state: "Enabled" },
                arn: "arn:aws:s3:::mine",
            });
            assert.deepEqual(failures, [
                "Invalid or unknown key. Examine values at 'arn'.",
                "Invalid or unknown key. Examine values at 'versioningConfiguration.state'.",
                'Missing required argument. The argument "versioningConfiguration.status" is required, but no definition was found.',
                'Missing required argument. The argument "bucket" is required, but no definition was found.',
            ]);
        });

        it("does not know a type that the package does not have", async () => {
            await assert.rejects(check("aws:ec2/server:Server", {}), {
                message: "unrecognized resource type: aws:ec2/server:Server",
            });
        });

        it("takes resources of other packages as they are given", async () => {
            const given = { instanceType: "t3.micro", tags: [{ key: "a", value: "b" }] };
            const { inputs, failures } = await check("aws-native:ec2:Instance", given);
            assert.deepEqual(inputs, given);
            assert.deepEqual(failures, []);
            const { outputs } = await create("aws-native:ec2:Instance", given);
            assert.deepEqual(outputs, given);
        });

        it("demands a region", () => {
            const without = new StandInProvider({
                folder,
                defaultRegion: undefined,
                parameters: {},
            });
            assert.deepEqual(without.checkConfig({}).failures, [
                { property: "region", reason: "Missing region: set aws:region or AWS_REGION" },
            ]);
        });
    });

    describe("when it creates", () => {
        it("leaves what AWS chooses unknown in a preview, at any depth, and changes nothing", async () => {
            const { id, outputs } = await create(instance, server, { preview: true });
            assert.equal(id, "");
            assert.equal(outputs["arn"], UNKNOWN);
            assert.equal(outputs["metadataOptions"], UNKNOWN);
            assert.equal(outputs["ami"], "ami-1");
            assert.equal("sourceDestCheck" in outputs, false);
            assert.deepEqual(outputs["rootBlockDevice"], {
                deviceName: UNKNOWN,
                encrypted: true,
                iops: UNKNOWN,
                kmsKeyId: UNKNOWN,
                tagsAll: UNKNOWN,
                throughput: UNKNOWN,
                volumeId: UNKNOWN,
                volumeSize: UNKNOWN,
                volumeType: UNKNOWN,
            });
            assert.deepEqual(operations(), []);
        });

        it("gives ids and ARNs as AWS forms them", async () => {
            const made = await create(instance, server);
            assert.match(made.id, /^i-[0-9a-f]{17}$/);
            assert.equal(
                made.outputs["arn"],
                `arn:aws:ec2:eu-central-1:123456789012:instance/${made.id}`,
            );
            const key = await create("aws:kms/key:Key", {});
            assert.match(key.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
            assert.equal(key.outputs["keyId"], key.id);
            const role = await create("aws:iam/role:Role", { name: "server", path: "/vault/" });
            assert.equal(role.outputs["arn"], "arn:aws:iam::123456789012:role/vault/server");
            const bucket = await create("aws:s3/bucket:Bucket", { bucket: "archive" });
            assert.equal(bucket.id, "archive");
            assert.equal(bucket.outputs["arn"], "arn:aws:s3:::archive");
        });

        it("gives a replacement another id than the resource that it replaces", async () => {
            const first = await create(instance, server);
            const second = await create(instance, server);
            assert.notEqual(second.id, first.id);
        });

        it("refuses a name that is taken", async () => {
            await create("aws:s3/bucket:Bucket", { bucket: "archive" });
            await assert.rejects(create("aws:s3/bucket:Bucket", { bucket: "archive" }), {
                message: 'AlreadyExists: aws:s3/bucket:Bucket "archive" exists',
            });
        });

        it("refuses to attach one volume twice until it is detached", async () => {
            const device = { deviceName: "/dev/sdf", volumeId: "vol-1" };
            const first = await create(attachment, { ...device, instanceId: "i-1" });
            await assert.rejects(create(attachment, { ...device, instanceId: "i-2" }), {
                message: "VolumeInUse: vol-1 is already attached to i-1",
            });
            await remove(attachment, first.id);
            await create(attachment, { ...device, instanceId: "i-2" });
            assert.deepEqual(operations(), ["create", "refuse", "delete", "create"]);
        });

        it("refuses an address that another server of the subnet holds", async () => {
            const addressed = { ...server, privateIp: "10.0.0.9" };
            const first = await create(instance, addressed, { name: "a" });
            await assert.rejects(create(instance, addressed, { name: "b" }), {
                message: `InvalidIPAddress.InUse: address 10.0.0.9 is held by ${first.id}`,
            });
        });

        it("does not create from unknown inputs", async () => {
            await assert.rejects(create(instance, { ...server, keyName: UNKNOWN }), {
                message: /is created with unknown inputs/,
            });
        });
    });

    describe("when it compares", () => {
        it("sees no change in equal inputs, reordered sets and respaced JSON", async () => {
            const olds = { ...server, vpcSecurityGroupIds: ["sg-1", "sg-2"] };
            const same = await diff(instance, olds, {
                ...server,
                vpcSecurityGroupIds: ["sg-2", "sg-1"],
            });
            assert.equal(same.changes, messages.DiffResponse.DiffChanges.DIFF_NONE);
            const policy = await diff(
                "aws:kms/key:Key",
                { policy: '{"Version":"2012-10-17"}' },
                { policy: '{ "Version": "2012-10-17" }' },
            );
            assert.equal(policy.changes, messages.DiffResponse.DiffChanges.DIFF_NONE);
        });

        for (const [path, change] of [
            ["ami", { ami: "ami-2" }],
            ["subnetId", { subnetId: "subnet-2" }],
            ["availabilityZone", { availabilityZone: "eu-central-1b" }],
            ["keyName", { keyName: "admin" }],
            ["rootBlockDevice.encrypted", { rootBlockDevice: { encrypted: false } }],
            ["rootBlockDevice.kmsKeyId", { rootBlockDevice: { encrypted: true, kmsKeyId: "k" } }],
        ] as const) {
            it(`replaces a server for ${path}`, async () => {
                const found = await diff(instance, server, { ...server, ...change });
                assert.deepEqual(found.replacesList, [path.replace(/\..*/, "")]);
                assert.deepEqual(
                    found.detaileddiffMap.map(([changed]) => changed),
                    [path],
                );
            });
        }

        for (const [path, change] of [
            ["instanceType", { instanceType: "m7g.xlarge" }],
            ["userData", { userData: "#!/bin/sh" }],
            ["tags.owner", { tags: { owner: "me" } }],
            [
                "rootBlockDevice.volumeSize",
                { rootBlockDevice: { encrypted: true, volumeSize: 30 } },
            ],
            ["metadataOptions", { metadataOptions: { httpTokens: "required" } }],
        ] as const) {
            it(`updates a server in place for ${path}`, async () => {
                const olds = { ...server, tags: {} };
                const found = await diff(instance, olds, { ...olds, ...change });
                assert.deepEqual(found.replacesList, []);
                assert.deepEqual(
                    found.detaileddiffMap.map(([changed]) => changed),
                    [path],
                );
            });
        }

        it("replaces a server for its user data when it is told so", async () => {
            const olds = { ...server, userDataReplaceOnChange: true, userData: "a" };
            const found = await diff(instance, olds, { ...olds, userData: "b" });
            assert.deepEqual(found.replacesList, ["userData"]);
        });

        it("takes an unknown new value for a change", async () => {
            const found = await diff(instance, server, { ...server, ami: UNKNOWN });
            assert.deepEqual(found.replacesList, ["ami"]);
        });

        it("leaves ignored changes out", async () => {
            const found = await diff(instance, server, { ...server, ami: "ami-2" }, ["ami"]);
            assert.equal(found.changes, messages.DiffResponse.DiffChanges.DIFF_NONE);
        });

        it("deletes first only where a name that the program chose is taken", async () => {
            const olds = { name: "vault", description: "a", vpcId: "vpc-1" };
            const fixed = await diff(securityGroup, olds, { ...olds, description: "b" });
            assert.equal(fixed.deletebeforereplace, true);
            const generated = await diff(securityGroup, olds, {
                ...olds,
                description: "b",
                __defaults: ["name"],
            });
            assert.equal(generated.deletebeforereplace, false);
        });
    });

    describe("when it updates", () => {
        it("stops and starts a server for another instance type, and not for a tag", async () => {
            const { id } = await create(instance, server);
            await update(instance, id, server, { ...server, tags: { owner: "me" } });
            await update(instance, id, server, { ...server, instanceType: "m7g.xlarge" });
            assert.deepEqual(operations(), ["create", "update", "stop", "update", "start"]);
            assert.deepEqual(new Account(folder).journal()[3]?.changed, ["instanceType"]);
        });

        it("refuses to stop a server that must not be stopped", async () => {
            const kept = { ...server, disableApiStop: true };
            const { id } = await create(instance, kept);
            await assert.rejects(update(instance, id, kept, { ...kept, userData: "new" }), {
                message: `OperationNotPermitted: the instance '${id}' may not be stopped, its attribute 'disableApiStop' forbids it`,
            });
            await update(instance, id, kept, { ...kept, monitoring: true });
            assert.deepEqual(operations(), ["create", "refuse", "update"]);
        });
    });

    describe("when it deletes", () => {
        it("refuses a server with termination protection until an update lifts it", async () => {
            const kept = { ...server, disableApiTermination: true };
            const { id } = await create(instance, kept);
            await assert.rejects(remove(instance, id), {
                message: `OperationNotPermitted: the instance '${id}' may not be terminated, its attribute 'disableApiTermination' forbids it`,
            });
            await update(instance, id, kept, { ...kept, disableApiTermination: false });
            await remove(instance, id);
            assert.deepEqual(operations(), ["create", "refuse", "update", "delete"]);
        });

        it("refuses a load balancer and a log group with deletion protection", async () => {
            const balancer = await create("aws:lb/loadBalancer:LoadBalancer", {
                name: "vault",
                enableDeletionProtection: true,
            });
            await assert.rejects(remove("aws:lb/loadBalancer:LoadBalancer", balancer.id), {
                message: `OperationNotPermitted: deletion protection is enabled: ${balancer.id}`,
            });
            await create("aws:cloudwatch/logGroup:LogGroup", {
                name: "/vault/audit",
                deletionProtectionEnabled: true,
            });
            await assert.rejects(remove("aws:cloudwatch/logGroup:LogGroup", "/vault/audit"), {
                message: "ValidationException: deletion protection is enabled: /vault/audit",
            });
        });

        it("refuses a bucket whose objects are locked in compliance mode, also once the lock's configuration is gone", async () => {
            const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
            await create("aws:s3/bucket:Bucket", { bucket: "archive", forceDestroy: true });
            const { id } = await create(lock, {
                bucket: "archive",
                rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } },
            });
            await remove(lock, id);
            await assert.rejects(remove("aws:s3/bucket:Bucket", "archive"), {
                message: "BucketNotEmpty: archive holds objects that are locked in compliance mode",
            });
        });

        it("refuses an attached volume and a security group in use", async () => {
            const disk = await create(volume, { availabilityZone: "eu-central-1a" });
            const held = await create(attachment, {
                deviceName: "/dev/sdf",
                volumeId: disk.id,
                instanceId: "i-1",
            });
            await assert.rejects(remove(volume, disk.id), {
                message: `VolumeInUse: ${disk.id} is attached`,
            });
            await remove(attachment, held.id);
            await remove(volume, disk.id);
            const group = await create(securityGroup, { name: "vault" });
            const user = await create(instance, { ...server, vpcSecurityGroupIds: [group.id] });
            await assert.rejects(remove(securityGroup, group.id), {
                message: `DependencyViolation: ${group.id} is used by ${instance} ${user.id}`,
            });
        });

        it("refuses to detach a volume that needs a stop from a server that must not be stopped", async () => {
            const kept = { ...server, disableApiStop: true };
            const { id } = await create(instance, kept);
            const held = await create(attachment, {
                deviceName: "/dev/sdf",
                volumeId: "vol-1",
                instanceId: id,
                stopInstanceBeforeDetaching: true,
            });
            await assert.rejects(remove(attachment, held.id), {
                message: `OperationNotPermitted: the instance '${id}' may not be stopped, its attribute 'disableApiStop' forbids it`,
            });
            await update(instance, id, kept, { ...kept, disableApiStop: false });
            await remove(attachment, held.id);
        });

        it("refuses a backup vault, which holds recovery points, and its lock in compliance mode", async () => {
            const backups = "aws:backup/vault:Vault";
            const lock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
            await create(backups, { name: "backups" });
            await assert.rejects(remove(backups, "backups"), {
                message: "InvalidRequestException: backup vault backups holds recovery points",
            });
            const { id } = await create(lock, { backupVaultName: "backups", changeableForDays: 3 });
            await assert.rejects(remove(lock, id), {
                message: `InvalidRequestException: the lock of backup vault ${id} is final`,
            });
        });

        it("forgets what is to be skipped, and leaves it in the account", async () => {
            const group = "aws:cloudwatch/logGroup:LogGroup";
            await create(group, { name: "/vault/kept", skipDestroy: true });
            await remove(group, "/vault/kept");
            assert.deepEqual(operations(), ["create"]);
        });
    });

    describe("when it reads", () => {
        async function read(type: string, id: string, state: Properties) {
            return call<messages.ReadResponse>((done) =>
                client.read(
                    new messages.ReadRequest()
                        .setUrn(urn(type, "it"))
                        .setId(id)
                        .setProperties(toStruct(state)),
                    done,
                ),
            );
        }

        it("gives what it made, and nothing once that is deleted", async () => {
            const { id, outputs } = await create(volume, { availabilityZone: "eu-central-1a" });
            assert.deepEqual(fromStruct((await read(volume, id, {})).getProperties()), outputs);
            await remove(volume, id);
            assert.equal((await read(volume, id, {})).getId(), "");
        });

        it("makes up what another stack owns", async () => {
            const found = await read("aws:ec2/vpc:Vpc", "vpc-0123", { cidrBlock: "10.1.0.0/16" });
            assert.equal(found.getId(), "vpc-0123");
            assert.equal(fromStruct(found.getProperties())["cidrBlock"], "10.1.0.0/16");
        });
    });

    it("has every resource type in its schema, in its module", async () => {
        const response = await call<messages.GetSchemaResponse>((done) =>
            client.getSchema(new messages.GetSchemaRequest(), done),
        );
        const schema = JSON.parse(response.getSchema()) as { resources: object };
        const types = Object.keys(schema.resources);
        assert.ok(types.includes(instance) && types.includes("aws:kms/key:Key"));
        assert.ok(types.length > 1400, `only ${String(types.length)} types`);
        assert.equal(types.filter((type) => /\/get/.test(type)).length, 0);
    });

    describe("when it is asked", () => {
        it("answers with the parameters that a test sets, and makes up the others", async () => {
            const token = "aws:ssm/getParameter:getParameter";
            const set = await invoke(token, { name: "/aws/service/image" });
            assert.equal(set["value"], "ami-set-by-test");
            const other = await invoke(token, { name: "/aws/service/other" });
            assert.match(String(other["value"]), /^ami-[0-9a-f]{17}$/);
        });

        it("knows zones, caller, partition and region", async () => {
            const zones = await invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {});
            assert.deepEqual(zones["names"], ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
            const caller = await invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
            assert.equal(caller["accountId"], "123456789012");
            const partition = await invoke("aws:index/getPartition:getPartition", {});
            assert.equal(partition["partition"], "aws");
            const region = await invoke("aws:index/getRegion:getRegion", { region: "eu-west-3" });
            assert.equal(region["region"], "eu-west-3");
        });

        it("writes policy documents as AWS reads them", async () => {
            const { json } = await invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
                statements: [
                    {
                        sid: "Use",
                        actions: ["kms:Decrypt"],
                        resources: ["*"],
                        principals: [{ type: "AWS", identifiers: ["arn:a", "arn:b"] }],
                        conditions: [
                            { test: "StringEquals", variable: "kms:ViaService", values: ["ec2"] },
                        ],
                    },
                ],
            });
            assert.deepEqual(JSON.parse(String(json)), {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "Use",
                        Effect: "Allow",
                        Action: "kms:Decrypt",
                        Resource: "*",
                        Principal: { AWS: ["arn:a", "arn:b"] },
                        Condition: { StringEquals: { "kms:ViaService": "ec2" } },
                    },
                ],
            });
        });

        it("says what it cannot answer", async () => {
            await assert.rejects(invoke("aws:rds/getCluster:getCluster", {}), {
                message: /has no answer for aws:rds\/getCluster:getCluster; it knows /,
            });
        });
    });
});
