import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createServiceRole } from "../service-role";
import { type Tags, withName } from "../tags";
import { backupTag } from "./data-volumes";

/** Days in which a lock can still be taken off before it is final: the fewest that AWS Backup allows. */
const graceDays = 3;
const startWindowMinutes = 60;
const completionWindowMinutes = 360;

/**
 * Daily backups of the data volumes into a locked vault. Recovery points are encrypted with the volumes' key, the vault's key only encrypts
 * what is copied, so the volumes' key must outlive the vault.
 */
export function createBackup(
    name: string,
    args: {
        readonly volumeKeyArn: pulumi.Input<string>;
        readonly retentionDays?: number;
        readonly backupGroup: string;
        readonly permissionsBoundaryArn: pulumi.Input<string>;
        readonly disposable: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    location: Location,
    parent: pulumi.Resource,
): aws.backup.Vault {
    const { disposable, region, tags } = args;
    const retention = args.retentionDays ?? parameter("backupRetentionDays").value;
    const vault = new aws.backup.Vault(
        name,
        {
            name: physicalName(name, "backupVault"),
            kmsKeyArn: args.volumeKeyArn,
            forceDestroy: disposable,
            region,
            tags: withName(tags, name),
        },
        { parent, protect: !disposable },
    );
    const lock = new aws.backup.VaultLockConfiguration(
        name,
        {
            backupVaultName: vault.name,
            minRetentionDays: parameter("backupLockMinimumDays").value,
            maxRetentionDays: retention,
            // With days of grace the lock becomes final (compliance mode); without it is governance, which a throw-away stack needs.
            changeableForDays: disposable ? undefined : graceDays,
            region,
        },
        // A final lock cannot be taken off: asking for it would fail every destroy.
        { parent, retainOnDelete: !disposable },
    );
    const plan = new aws.backup.Plan(
        name,
        {
            name: physicalName(name, "backupVault"),
            rules: [
                {
                    ruleName: "daily",
                    targetVaultName: vault.name,
                    schedule: "cron(0 2 * * ? *)",
                    startWindow: startWindowMinutes,
                    completionWindow: completionWindowMinutes,
                    lifecycle: { deleteAfter: retention },
                },
            ],
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [lock] },
    );
    const role = backupRole(name, args, location, parent);
    new aws.backup.Selection(
        name,
        {
            name: physicalName(name, "backupVault"),
            planId: plan.id,
            iamRoleArn: role.role.arn,
            selectionTags: [{ type: "STRINGEQUALS", key: backupTag, value: args.backupGroup }],
            region,
        },
        { parent, dependsOn: [role.policy] },
    );
    return vault;
}

function backupRole(
    name: string,
    args: {
        readonly backupGroup: string;
        readonly permissionsBoundaryArn: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    location: Location,
    parent: pulumi.Resource,
): ReturnType<typeof createServiceRole> {
    const { account, partition, region } = location;
    const ec2 = pulumi.interpolate`arn:${partition}:ec2:${region}`;
    // Which of them it may use, the keys' own policies say; the ARN of one that is being made is not known at preview.
    const keys = pulumi.interpolate`arn:${partition}:kms:${region}:${account}:key/*`;
    const through = {
        "kms:ViaService": pulumi
            .output(region)
            .apply((at) => ["backup", "ec2"].map((service) => `${service}.${at}.amazonaws.com`)),
    };
    return createServiceRole(
        name,
        {
            service: "backup.amazonaws.com",
            description: "Takes snapshots of the data volumes of one cluster",
            statements: [
                {
                    Sid: "SnapshotVolumes",
                    Effect: "Allow",
                    Action: ["ec2:CreateSnapshot"],
                    Resource: [
                        pulumi.interpolate`${ec2}::snapshot/*`,
                        pulumi.interpolate`${ec2}:${account}:volume/*`,
                    ],
                },
                {
                    Sid: "KeepSnapshots",
                    Effect: "Allow",
                    Action: ["ec2:CreateTags", "ec2:DeleteSnapshot"],
                    Resource: pulumi.interpolate`${ec2}::snapshot/*`,
                },
                {
                    Sid: "FindVolumes",
                    Effect: "Allow",
                    // These know no narrower resource.
                    Action: [
                        "ec2:DescribeSnapshots",
                        "ec2:DescribeTags",
                        "ec2:DescribeVolumes",
                        "tag:GetResources",
                    ],
                    Resource: "*",
                },
                {
                    Sid: "EncryptSnapshots",
                    Effect: "Allow",
                    // Without these a job ends well and has backed up nothing. Source: AWS Backup developer guide, encryption.
                    Action: [
                        "kms:DescribeKey",
                        "kms:GenerateDataKeyWithoutPlaintext",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                    ],
                    Resource: keys,
                    Condition: { StringEquals: through },
                },
                {
                    Sid: "LetVolumesUseTheKey",
                    Effect: "Allow",
                    Action: ["kms:CreateGrant"],
                    Resource: keys,
                    Condition: {
                        StringEquals: through,
                        Bool: { "kms:GrantIsForAWSResource": "true" },
                    },
                },
                {
                    Sid: "WriteRecoveryPoints",
                    Effect: "Allow",
                    Action: ["backup:DescribeBackupVault", "backup:CopyIntoBackupVault"],
                    Resource: pulumi.interpolate`arn:${partition}:backup:${region}:${account}:backup-vault:${physicalName(name, "backupVault")}`,
                },
            ],
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags: args.tags,
        },
        location,
        parent,
    );
}
