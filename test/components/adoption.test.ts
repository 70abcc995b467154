import assert from "node:assert/strict";
import { policyRecords } from "../../catalog/policies";
import * as keyward from "../../components";
import type {
    PolicyConfiguration,
    PolicySettings,
} from "../../policy-pack/configuration/policy-configuration";
import { judgeStack } from "../../policy-pack/judge";
import { record } from "../support/monitor";
import { adoptingClusterArgs, logGroups, logKeyArn, serverArgs } from "./programs";

const account = "111122223333";
const key = (name: string): string => `arn:aws:kms:eu-central-1:${account}:key/${name}`;
const boundary = `arn:aws:iam::${account}:policy/boundary`;
const imageId = "ami-0123456789abcdef0";
const alarmTopicArn = `arn:aws:sns:eu-central-1:${account}:alarms`;
const archive = {
    bucketArn: "arn:aws:s3:::company-archive",
    keyArn: "arn:aws:kms:eu-central-1:444455556666:key/archive",
    accountId: "444455556666",
};

/** Each component alone, on what a company already has. */
const programs: Readonly<Record<string, () => unknown>> = {
    KeyServerNetwork: () =>
        new keyward.KeyServerNetwork("vault", {
            logKeyArn,
            permissionsBoundaryArn: boundary,
            adopted: {
                vpcId: "vpc-1",
                cidrBlock: "10.70.0.0/20",
                subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
                availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
                endpoints: [{ service: "kms", securityGroupId: "sg-endpoints" }],
                flowLogged: true,
            },
        }),
    KeyServerEncryption: () =>
        new keyward.KeyServerEncryption("vault", {
            administratorArns: [`arn:aws:iam::${account}:role/key-administrator`],
        }),
    KeyServerAuditLog: () =>
        new keyward.KeyServerAuditLog("vault", {
            logKeyArn,
            permissionsBoundaryArn: boundary,
            archive: { ...archive, objectLocked: true },
            trailLogGroupName: "company-trail",
        }),
    KeyServerAccess: () =>
        new keyward.KeyServerAccess("vault", {
            sessionLogGroupArn: logGroups.sessionLogGroupArn,
            sessionKeyArn: logKeyArn,
        }),
    KeyServerPatching: () =>
        new keyward.KeyServerPatching("vault", {
            workload: "vault",
            rings: [
                { name: "canary", servers: ["vault-1"] },
                { name: "production", servers: ["vault-2", "vault-3"] },
            ],
            permissionsBoundaryArn: boundary,
            listKeyArn: key("secrets"),
            logKeyArn,
            patchLogGroupArn: logGroups.patchLogGroupArn,
            notificationTopicArn: alarmTopicArn,
        }),
    KeyServerImage: () =>
        new keyward.KeyServerImage("vault", {
            workload: "vault",
            permissionsBoundaryArn: boundary,
            subnetId: "subnet-1",
            endpointClientSecurityGroupId: "sg-endpoint-clients",
            volumeKeyArn: key("volumes"),
            logKeyArn,
            secretKeyArn: key("secrets"),
        }),
    KeyServer: () =>
        new keyward.KeyServer("vault-1", {
            ...serverArgs,
            imageId,
            permissionsBoundaryArn: boundary,
        }),
    KeyServerCluster: () =>
        new keyward.KeyServerCluster("bao", {
            ...adoptingClusterArgs,
            imageId,
            permissionsBoundaryArn: boundary,
            auditLog: {
                logGroups,
                alarmTopicArn,
                archiveBucketArn: archive.bucketArn,
                archiveAccountId: archive.accountId,
            },
        }),
};

/** What somebody looked up of the company's network, trail, archive and account. */
const accountAttestations = [
    ...["subnet-1", "subnet-2", "subnet-3"].flatMap((subnet) => [
        `private-subnet/${subnet}`,
        `flow-log/${subnet}`,
        `vpc-endpoints/${subnet}`,
    ]),
    "archive-locked/arn:aws:s3:::company-archive",
    "log-group//keyward/kms/test/vault/session",
    "automation-log",
    "cloudtrail",
    "image-block",
    "session-preferences",
    "snapshot-block",
    "ssm-documents-block",
].map((fact) => `${fact} 2026-11-20`);

const facts: Readonly<Record<string, PolicySettings["parameters"]>> = {
    "approved-ami": { approvedImageIds: [imageId] },
    "references-stay-in-account": { trustedAccounts: [archive.accountId] },
    "sg-egress-restricted": { allowedEgressPrefixLists: ["pl-0123456789abcdef0"] },
    "sg-service-ports-from-approved-sources": { allowedIngressCidrs: ["10.20.0.0/20"] },
};

const configuration: PolicyConfiguration = new Map(
    policyRecords.map(({ name, parameters }) => [
        name,
        {
            parameters: {
                ...facts[name],
                ...(parameters.includes("accountAttestations") ? { accountAttestations } : {}),
            },
        },
    ]),
);

/** What lies in the stack of those who made it: attestations say nothing of it, an exemption may. */
const elsewhere = [
    "maintenance-window-patches-servers",
    "patch-group-coverage",
    "server-eni-uses-only-hardened-sg",
];

const left: Readonly<Record<string, readonly string[]>> = {
    KeyServer: elsewhere,
    KeyServerCluster: elsewhere,
};

describe("a component alone, on what a company already has", function () {
    this.timeout(60_000);

    for (const [component, program] of Object.entries(programs)) {
        it(`${component} is blocked by ${left[component]?.join(", ") ?? "no policy"} once the company's facts are attested`, async () => {
            const { graph } = await record(program, { preview: true });
            const { findings } = judgeStack({
                resources: graph,
                project: "kms",
                stack: "test",
                asOf: new Date("2026-11-24T00:00:00Z"),
                configuration,
            });
            const blocking = findings.filter(({ level }) => level === "mandatory");
            assert.deepEqual(
                [...new Set(blocking.map(({ policy }) => policy))].sort(),
                left[component] ?? [],
                blocking.map(({ message }) => message).join("\n"),
            );
        });
    }

    it("is every component but the account's, which has nothing to adopt", () => {
        assert.deepEqual(
            Object.keys(programs).sort(),
            Object.keys(keyward)
                .filter((name) => name !== "KeyServerAccount")
                .sort(),
        );
    });
});
