import type * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";

/** Arguments with which each component is recorded; every required one and nothing else. */
export const logGroups: keyward.KeyServerLogGroupsArgs = {
    systemLogGroupArn: logGroup("system"),
    securityLogGroupArn: logGroup("security"),
    applicationLogGroupArn: logGroup("application"),
    sessionLogGroupArn: logGroup("session"),
    patchLogGroupArn: logGroup("patch"),
};

export const logKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/logs";

export const serverArgs: keyward.KeyServerArgs = {
    workload: "vault",
    placement: {
        vpcId: "vpc-1",
        subnetId: "subnet-1",
        endpointClientSecurityGroupId: "sg-endpoint-clients",
    },
    logGroups,
    volumeKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/volumes",
    patchGroup: "kms-test-vault",
    clients: [{ name: "payment service", cidrBlock: "10.20.0.0/20" }],
};

/** One program per component, by the component's class name. */
export const programs: Readonly<Record<string, () => pulumi.ComponentResource>> = {
    KeyServerNetwork: () => new keyward.KeyServerNetwork("vault", { logKeyArn }),
    KeyServerEncryption: () => new keyward.KeyServerEncryption("vault", {}),
    KeyServerAuditLog: () => new keyward.KeyServerAuditLog("vault", { logKeyArn }),
    KeyServerPatching: () =>
        new keyward.KeyServerPatching("vault", { patchLogGroupArn: logGroups.patchLogGroupArn }),
    KeyServer: () => new keyward.KeyServer("vault-1", serverArgs),
};

/** Everything together, each part taking its inputs from the others' outputs. */
export function wholeStack(
    common: {
        readonly tags?: Record<string, string>;
        readonly region?: string;
    } = {},
): keyward.KeyServer[] {
    const encryption = new keyward.KeyServerEncryption("vault", {
        ...common,
        administratorArns: ["arn:aws:iam::111122223333:role/key-administrator"],
    });
    const { logKeyArn: keyArn } = encryption;
    const auditLog = new keyward.KeyServerAuditLog("vault", { ...common, logKeyArn: keyArn });
    const network = new keyward.KeyServerNetwork("vault", {
        ...common,
        clientNames: ["payment service"],
        logKeyArn: keyArn,
    });
    const { patchLogGroupArn, systemLogGroupArn, securityLogGroupArn } = auditLog;
    const { applicationLogGroupArn, sessionLogGroupArn } = auditLog;
    const patching = new keyward.KeyServerPatching("vault", { ...common, patchLogGroupArn });
    return network.subnetIds.map(
        (subnetId, index) =>
            new keyward.KeyServer(`vault-${index + 1}`, {
                ...serverArgs,
                ...common,
                placement: {
                    vpcId: network.vpcId,
                    subnetId,
                    endpointClientSecurityGroupId: network.endpointClientSecurityGroupId,
                },
                logGroups: {
                    systemLogGroupArn,
                    securityLogGroupArn,
                    applicationLogGroupArn,
                    sessionLogGroupArn,
                    patchLogGroupArn,
                },
                clients: network.clientSecurityGroupIds.map((securityGroupId) => ({
                    name: "payment service",
                    securityGroupId,
                })),
                volumeKeyArn: encryption.volumeKeyArn,
                patchGroup: patching.patchGroup,
            }),
    );
}

function logGroup(kind: string): string {
    return `arn:aws:logs:eu-central-1:111122223333:log-group:/keyward/kms/test/vault/${kind}`;
}
