import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeInstancesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import {
    DescribeInstanceAssociationsStatusCommand,
    DescribeInstanceInformationCommand,
    type SSMClient,
} from "@aws-sdk/client-ssm";
import { hostAuditComplianceType, hostProfileAssociationName } from "../../catalog/live-checks";
import { attempt } from "../attempt";
import { readComplianceItems } from "../compliance-items";
import { readAnyPatchState } from "../patch-state";
import { readLogs } from "./read-logs";
import type { LogDemands, ServerReading } from "./reading";

/** Clients of the services that verification reads, all of one region. */
export interface VerificationClients {
    readonly ec2: EC2Client;
    readonly ssm: SSMClient;
    readonly logs: CloudWatchLogsClient;
}

/** Reads all that verification asks of one server. Never throws: what cannot be read is missing, and `problems` says why. */
export async function readServer(
    clients: VerificationClients,
    instanceId: string,
    demands: LogDemands,
): Promise<ServerReading> {
    const problems: string[] = [];
    const read = <T>(action: string, call: () => Promise<T | undefined>): Promise<T | undefined> =>
        attempt(action, call, problems);
    const [instance, agent, profileAssociations, hostAudit, patchState, logs] = await Promise.all([
        read("ec2:DescribeInstances", () => readInstance(clients.ec2, instanceId)),
        read("ssm:DescribeInstanceInformation", () => readAgent(clients.ssm, instanceId)),
        read("ssm:DescribeInstanceAssociationsStatus", () =>
            readProfileAssociations(clients.ssm, instanceId),
        ),
        read("ssm:ListComplianceItems", () => readHostAudit(clients.ssm, instanceId)),
        read("ssm:DescribeInstancePatchStates", () => readAnyPatchState(clients.ssm, instanceId)),
        read("logs:DescribeLogStreams", () => readLogs(clients.logs, instanceId, demands)),
    ]);
    return {
        instanceId,
        problems,
        ...(instance && { instance }),
        ...(agent && { agent }),
        ...(profileAssociations && { profileAssociations }),
        ...(hostAudit && { hostAudit }),
        ...(patchState && { patchState }),
        ...(logs && { logs }),
    };
}

async function readInstance(
    ec2: EC2Client,
    instanceId: string,
): Promise<ServerReading["instance"]> {
    const answer = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    for (const { OwnerId, Instances = [] } of answer.Reservations ?? []) {
        const instance = Instances.find((candidate) => candidate.InstanceId === instanceId);
        if (instance !== undefined) {
            return {
                account: OwnerId ?? "",
                state: instance.State?.Name ?? "in an unknown state",
                launchedAt: instance.LaunchTime?.getTime() ?? NaN,
            };
        }
    }
    return undefined;
}

/** Reads what Systems Manager knows of a server's agent; undefined when it knows none. Throws what the SDK throws. */
export async function readAgent(
    ssm: SSMClient,
    instanceId: string,
): Promise<ServerReading["agent"]> {
    const answer = await ssm.send(
        new DescribeInstanceInformationCommand({
            Filters: [{ Key: "InstanceIds", Values: [instanceId] }],
        }),
    );
    const [agent] = answer.InstanceInformationList ?? [];
    return agent === undefined
        ? undefined
        : {
              pingStatus: agent.PingStatus ?? "in an unknown state",
              lastPingAt: agent.LastPingDateTime?.getTime() ?? NaN,
          };
}

async function readProfileAssociations(
    ssm: SSMClient,
    instanceId: string,
): Promise<ServerReading["profileAssociations"]> {
    const found: { name: string; status: string; ranAt: number }[] = [];
    let token: string | undefined;
    do {
        const answer = await ssm.send(
            new DescribeInstanceAssociationsStatusCommand({
                InstanceId: instanceId,
                NextToken: token,
            }),
        );
        for (const info of answer.InstanceAssociationStatusInfos ?? []) {
            if (info.AssociationName?.startsWith(hostProfileAssociationName) === true) {
                found.push({
                    name: info.AssociationName,
                    status: info.Status ?? "in an unknown state",
                    ranAt: info.ExecutionDate?.getTime() ?? NaN,
                });
            }
        }
        token = answer.NextToken;
    } while (token !== undefined && token !== "");
    return found;
}

/** Reads the published items of the host audit, all pages. Throws what the SDK throws. */
export async function readHostAudit(
    ssm: SSMClient,
    instanceId: string,
): Promise<ServerReading["hostAudit"]> {
    let at = NaN;
    let compliant = 0;
    const failing: string[] = [];
    for (const item of await readComplianceItems(ssm, instanceId, hostAuditComplianceType)) {
        at = item.ExecutionSummary?.ExecutionTime?.getTime() ?? at;
        if (item.Status === "COMPLIANT") {
            compliant++;
        } else {
            failing.push(item.Id ?? "a check without an id");
        }
    }
    return { at, compliant, failing: failing.sort() };
}
