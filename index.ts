import * as pulumi from "@pulumi/pulumi";
import * as keyward from "./components";

const config = new pulumi.Config();

const cluster = new keyward.KeyServerCluster(config.require("name"), {
    workload: config.require("workload"),
    domainName: config.require("domainName"),
    size: config.requireNumber("size"),
    environment: config.require("environment"),
    cidrBlock: config.require("cidrBlock"),
    availabilityZones: config.requireObject<string[]>("availabilityZones"),
    certificateAuthorityArn: config.require("certificateAuthorityArn"),
    clientNames: config.requireObject<string[]>("clientNames"),
    instanceType: config.require("instanceType"),
    imageId: config.get("imageId"),
    serverUnderMaintenance: config.getNumber("serverUnderMaintenance"),
    maintenanceChangesServer: config.getBoolean("maintenanceChangesServer"),
    keyAdministratorArns: config.requireObject<string[]>("keyAdministratorArns"),
    verifyAfterBoot: config.requireBoolean("verifyAfterBoot"),
    tags: config.requireObject<Record<string, string>>("tags"),
});

new keyward.KeyServerAccount("account", {
    logKeyArn: cluster.logKeyArn,
    tags: config.requireObject<Record<string, string>>("tags"),
});

export const address = cluster.address;
export const instanceIds = cluster.instanceIds;
export const serverNames = cluster.serverNames;
export const clientSecurityGroupIds = cluster.clientSecurityGroupIds;
export const alarmTopicArn = cluster.alarmTopicArn;
export const operatorPolicyArn = cluster.operatorPolicyArn;
export const patchGroups = cluster.patchGroups;
export const patchParameterPath = cluster.patchParameterPath;
export const emergencyDocumentName = cluster.emergencyDocumentName;
