import * as pulumi from "@pulumi/pulumi";
import * as keyward from "./components";

const config = new pulumi.Config();
const name = config.get("name") ?? "vault";
const tags = config.getObject<Record<string, string>>("tags");
const clientNames = config.getObject<string[]>("clientNames") ?? [];
const zones = config.requireObject<string[]>("availabilityZones");

const encryption = new keyward.KeyServerEncryption(name, {
    administratorArns: config.getObject<string[]>("keyAdministratorArns"),
    tags,
});
const auditLog = new keyward.KeyServerAuditLog(name, { logKeyArn: encryption.logKeyArn, tags });
const network = new keyward.KeyServerNetwork(name, {
    cidrBlock: config.get("cidrBlock"),
    availabilityZones: zones,
    clientNames,
    logKeyArn: encryption.logKeyArn,
    tags,
});
const patching = new keyward.KeyServerPatching(name, {
    patchLogGroupArn: auditLog.patchLogGroupArn,
    tags,
});
const servers = network.subnetIds.map(
    (subnetId, index) =>
        new keyward.KeyServer(`${name}-${index + 1}`, {
            workload: config.get("workload") ?? "vault",
            placement: {
                vpcId: network.vpcId,
                subnetId,
                endpointClientSecurityGroupId: network.endpointClientSecurityGroupId,
            },
            logGroups: {
                systemLogGroupArn: auditLog.systemLogGroupArn,
                securityLogGroupArn: auditLog.securityLogGroupArn,
                applicationLogGroupArn: auditLog.applicationLogGroupArn,
                sessionLogGroupArn: auditLog.sessionLogGroupArn,
                patchLogGroupArn: auditLog.patchLogGroupArn,
            },
            volumeKeyArn: encryption.volumeKeyArn,
            patchGroup: patching.patchGroup,
            clients: clientNames.map((client, position) => ({
                name: client,
                securityGroupId: network.clientSecurityGroupIds[position],
            })),
            instanceType: config.get("instanceType"),
            imageId: config.get("imageId") || undefined,
            underMaintenance: config.getNumber("serverUnderMaintenance") === index + 1,
            tags,
        }),
);

export const instanceIds = servers.map((server) => server.instanceId);
export const privateIps = servers.map((server) => server.privateIp);
export const clientSecurityGroupIds = network.clientSecurityGroupIds;
export const patchGroup = patching.patchGroup;
