import * as aws from "@pulumi/aws";
import { patchingPolicies } from "../../catalog/policies/patching";
import * as keyward from "../../components";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { judgeStack } from "../../policy-pack/judge";
import { logGroups, logKeyArn } from "../components/programs";
import { record } from "./monitor";

/** Three servers and their `KeyServerPatching` at preview, without the rest of a cluster. */
export async function patchedServers(
    args: Partial<keyward.KeyServerPatchingArgs>,
): Promise<readonly RegisteredResource[]> {
    const program = (): void => {
        const patching = new keyward.KeyServerPatching("vault", {
            workload: "vault",
            listKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/secrets",
            logKeyArn,
            patchLogGroupArn: logGroups.patchLogGroupArn,
            notificationTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
            ...args,
        });
        for (const server of ["vault-1", "vault-2", "vault-3"]) {
            new aws.ec2.Instance(server, {
                disableApiTermination: true,
                tags: {
                    "keyward:role": "key-server",
                    PatchGroup:
                        args.rings === undefined
                            ? patching.patchGroup
                            : patching.serverPatchGroups.apply((groups) => groups[server] ?? ""),
                },
            });
        }
    };
    return (await record(program, { preview: true })).graph;
}

/** What the patch policies find, `policy verdict: message`, in order. */
export function patchFindings(resources: readonly RegisteredResource[]): readonly string[] {
    const names = new Set<string>(patchingPolicies.map(({ name }) => name));
    const judged = judgeStack({
        resources,
        project: "kms",
        stack: "test",
        asOf: new Date("2026-11-24T00:00:00Z"),
    });
    return judged.findings
        .filter(({ policy }) => names.has(policy))
        .map(({ policy, verdict, message }) => `${policy} ${verdict}: ${message}`);
}
