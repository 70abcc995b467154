import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as keyward from "../../../components";
import { operatingSystems } from "../../../catalog/operating-systems";
import { patchingPolicies } from "../../../catalog/policies/patching";
import { judgeStack } from "../../../policy-pack/judge";
import { record } from "../../support/monitor";
import { logGroups, logKeyArn } from "../programs";

type Rings = keyward.KeyServerPatchingArgs["rings"];

const shapes: Readonly<Record<string, Rings>> = {
    "one window for all": undefined,
    "a canary and production": [
        { name: "canary", servers: ["vault-1"] },
        { name: "production", servers: ["vault-2", "vault-3"] },
    ],
    "two canaries": [
        { name: "canary", servers: ["vault-1", "vault-2"] },
        { name: "production", servers: ["vault-3"] },
    ],
    "two production rings": [
        { name: "canary", servers: ["vault-1"] },
        { name: "first", servers: ["vault-2"] },
        { name: "second", servers: ["vault-3"] },
    ],
    "rings with schedules and windows of their own": [
        { name: "canary", servers: ["vault-1"], schedule: "cron(0 22 ? * MON *)", windowHours: 2 },
        {
            name: "production",
            servers: ["vault-2", "vault-3"],
            schedule: "cron(0 4 ? * WED *)",
            windowHours: 6,
        },
    ],
};

const names = new Set<string>(patchingPolicies.map(({ name }) => name));

/** Servers patched in rings, as far as patching goes: what the pack's patch policies say that is no pass. */
async function findings(
    operatingSystem: string,
    rings: Rings,
    timeZone: string,
): Promise<readonly string[]> {
    const program = (): void => {
        const patching = new keyward.KeyServerPatching("vault", {
            rings,
            operatingSystems: [operatingSystem],
            timeZone,
            workload: "vault",
            listKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/secrets",
            logKeyArn,
            patchLogGroupArn: logGroups.patchLogGroupArn,
            notificationTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
        });
        for (const server of ["vault-1", "vault-2", "vault-3"]) {
            new aws.ec2.Instance(server, {
                disableApiTermination: true,
                tags: {
                    "keyward:role": "key-server",
                    PatchGroup:
                        rings === undefined
                            ? patching.patchGroup
                            : patching.serverPatchGroups.apply((groups) => groups[server] ?? ""),
                },
            });
        }
    };
    const { graph } = await record(program, { preview: true });
    const judged = judgeStack({
        resources: graph,
        project: "kms",
        stack: "test",
        asOf: new Date("2026-11-24T00:00:00Z"),
    });
    return judged.findings
        .filter(({ policy }) => names.has(policy))
        .map(({ policy, verdict, message }) => `${policy} ${verdict}: ${message}`);
}

describe("the patch policies find nothing in any variant of KeyServerPatching", () => {
    for (const { id } of operatingSystems) {
        for (const [shape, rings] of Object.entries(shapes)) {
            it(`with ${shape} on ${id}`, async () => {
                for (const timeZone of ["Etc/UTC", "Europe/Berlin"]) {
                    const found = await findings(id, rings, timeZone);
                    // One window for all has no canary, which is said.
                    assert.deepEqual(
                        found.filter((text) => rings !== undefined || !text.includes("canary")),
                        [],
                    );
                    assert.equal(found.length > 0, rings === undefined);
                }
            });
        }
    }
});
