import type * as registration from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as keyward from "../../components";
import { settled } from "./monitor";

/** What a program asks of the engine. */
export interface Load {
    readonly registrations: number;
    /** Bytes of all registrations, inputs included, as they go to the engine. */
    readonly bytes: number;
}

/** Servers of each cluster of a fleet. */
export const clusterSize = 5;

/** Runs clusters that share network, keys, audit log and patch group, and counts what they register, keeping none of it. */
export async function loadOfFleet(servers: number): Promise<Load> {
    let registrations = 0;
    let bytes = 0;
    await settled(
        (mocks) =>
            new (class extends MockMonitor {
                public override registerResource(
                    request: registration.RegisterResourceRequest,
                    callback: Parameters<MockMonitor["registerResource"]>[1],
                ): Promise<void> {
                    registrations += 1;
                    bytes += request.serializeBinary().length;
                    return super.registerResource(request, callback);
                }
            })(mocks),
        () => {
            makeFleet(servers / clusterSize);
        },
    );
    return { registrations, bytes };
}

function makeFleet(clusters: number): void {
    const { logKeyArn, secretKeyArn, volumeKeyArn } = new keyward.KeyServerEncryption("fleet", {});
    const auditLog = new keyward.KeyServerAuditLog("fleet", { logKeyArn });
    const network = new keyward.KeyServerNetwork("fleet", { logKeyArn });
    const patching = new keyward.KeyServerPatching("fleet", {
        workload: "openbao",
        listKeyArn: secretKeyArn,
        logKeyArn,
        patchLogGroupArn: auditLog.patchLogGroupArn,
        notificationTopicArn: auditLog.alarmTopicArn,
    });
    for (let number = 1; number <= clusters; number += 1) {
        // Names of one length, so that clusters differ in nothing that is counted.
        const name = `bao-${String(number).padStart(3, "0")}`;
        new keyward.KeyServerCluster(name, {
            workload: "openbao",
            domainName: `${name}.internal`,
            size: clusterSize,
            certificateAuthorityArn:
                "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/one",
            network,
            keys: { logKeyArn, secretKeyArn, volumeKeyArn },
            auditLog: { logGroups: auditLog, alarmTopicArn: auditLog.alarmTopicArn },
            patchGroup: patching.patchGroup,
            clients: [{ name: "payment service", cidrBlock: "10.20.0.0/20" }],
        });
    }
}
