import type * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";

const account = "eu-central-1:111122223333";

export const logKeyArn = `arn:aws:kms:${account}:key/logs`;
const volumeKeyArn = `arn:aws:kms:${account}:key/volumes`;
const secretKeyArn = `arn:aws:kms:${account}:key/secrets`;
const alarmTopicArn = `arn:aws:sns:${account}:alarms`;

export const logGroups: keyward.KeyServerLogGroupsArgs = {
    systemLogGroupArn: logGroup("system"),
    securityLogGroupArn: logGroup("security"),
    applicationLogGroupArn: logGroup("application"),
    sessionLogGroupArn: logGroup("session"),
    patchLogGroupArn: logGroup("patch"),
};

export const serverArgs: keyward.KeyServerArgs = {
    workload: "vault",
    placement: {
        vpcId: "vpc-1",
        subnetId: "subnet-1",
        endpointClientSecurityGroupId: "sg-endpoint-clients",
    },
    logGroups,
    alarmTopicArn,
    volumeKeyArn,
    patchGroup: "kms-test-vault",
    clients: [{ name: "payment service", cidrBlock: "10.20.0.0/20" }],
};

export const imageArgs: keyward.KeyServerImageArgs = {
    workload: "vault",
    subnetId: "subnet-1",
    endpointClientSecurityGroupId: "sg-endpoint-clients",
    volumeKeyArn,
    logKeyArn,
    secretKeyArn,
};

const certificateAuthorityArn =
    "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/one";

/** A cluster that makes everything it stands on. */
export const clusterArgs: keyward.KeyServerClusterArgs = {
    workload: "vault",
    domainName: "vault.internal",
    certificateAuthorityArn,
    clientNames: ["payment service"],
    keyAdministratorArns: ["arn:aws:iam::111122223333:role/key-administrator"],
};

/** A cluster that takes everything that exists. */
export const adoptingClusterArgs: keyward.KeyServerClusterArgs = {
    workload: "openbao",
    domainName: "bao.internal",
    certificateAuthorityArn,
    network: {
        vpcId: "vpc-1",
        subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
        availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        endpointClientSecurityGroupId: "sg-endpoint-clients",
    },
    keys: { volumeKeyArn, logKeyArn, secretKeyArn },
    auditLog: { logGroups, alarmTopicArn },
    patchGroup: "kms-test-vault",
    hostedZoneId: "Z1",
    clients: [{ name: "payment service", securityGroupId: "sg-payment" }],
};

/** One program per component, by the component's class name. */
export const programs: Readonly<Record<string, () => pulumi.ComponentResource>> = {
    KeyServerNetwork: () => new keyward.KeyServerNetwork("vault", { logKeyArn }),
    KeyServerEncryption: () => new keyward.KeyServerEncryption("vault", {}),
    KeyServerAuditLog: () => new keyward.KeyServerAuditLog("vault", { logKeyArn }),
    KeyServerAccess: () =>
        new keyward.KeyServerAccess("vault", {
            sessionLogGroupArn: logGroups.sessionLogGroupArn,
            sessionKeyArn: logKeyArn,
        }),
    KeyServerAccount: () => new keyward.KeyServerAccount("account", { logKeyArn }),
    KeyServerImage: () => new keyward.KeyServerImage("vault-image", imageArgs),
    KeyServer: () => new keyward.KeyServer("vault-1", serverArgs),
    KeyServerCluster: () => new keyward.KeyServerCluster("bao", adoptingClusterArgs),
};

function logGroup(kind: string): string {
    return `arn:aws:logs:${account}:log-group:/keyward/kms/test/vault/${kind}`;
}
