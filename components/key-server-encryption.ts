import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createKey, keyAliasName } from "./encryption/key";
import { validateKeyServerEncryptionArgs } from "./encryption/validate";
import { findLocation } from "./location";
import { refuse } from "./validation/refuse";

/** Arguments of `KeyServerEncryption`. */
export interface KeyServerEncryptionArgs {
    /**
     * ARNs of the roles that administer the keys and cannot use them; `*` stands for any run of characters. The role that deploys the stack
     * must be among them, or AWS KMS refuses the policy. Defaults to leaving administration to the account's IAM policies.
     */
    administratorArns?: pulumi.Input<string>[];
    /** Days between rotations of key material, 90 up to the catalog's `keyRotationDays`. Defaults to that value. */
    rotationDays?: number;
    /** Whether everything can be destroyed; for development stacks. Defaults to false: keys are protected and wait 30 days. */
    disposable?: boolean;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Customer-managed keys of AWS KMS for the volumes, logs and secrets of key servers: rotated, deleted only after 30 days, administered by
 * principals that cannot use them, used through exactly the services that need them.
 */
export class KeyServerEncryption extends pulumi.ComponentResource {
    /** ARN of the key for volumes and their snapshots. */
    public readonly volumeKeyArn: pulumi.Output<string>;
    /** ARN of the key for log groups, flow logs and sessions. */
    public readonly logKeyArn: pulumi.Output<string>;
    /** ARN of the alias of the key for logs: the same key, by a name that is known at preview already. */
    public readonly logKeyAliasArn: pulumi.Output<string>;
    /** ARN of the key for secrets. */
    public readonly secretKeyArn: pulumi.Output<string>;
    /** The key for volumes. */
    public readonly volumeKey: aws.kms.Key;
    /** The key for logs. */
    public readonly logKey: aws.kms.Key;
    /** The key for secrets. */
    public readonly secretKey: aws.kms.Key;

    public constructor(
        name: string,
        args: KeyServerEncryptionArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerEncryption", name, validateKeyServerEncryptionArgs(args));
        super("keyward:index:KeyServerEncryption", name, args, opts);
        const location = findLocation(this, args.region);
        this.volumeKey = createKey(
            `${name}-volumes`,
            { ...args, purpose: "volumes", description: "Volumes and snapshots of key servers" },
            location,
            this,
        );
        this.logKey = createKey(
            `${name}-logs`,
            { ...args, purpose: "logs", description: "Logs and sessions of key servers" },
            location,
            this,
        );
        this.secretKey = createKey(
            `${name}-secrets`,
            { ...args, purpose: "secrets", description: "Secrets of key servers" },
            location,
            this,
        );
        this.volumeKeyArn = this.volumeKey.arn;
        this.logKeyArn = this.logKey.arn;
        this.logKeyAliasArn = pulumi.interpolate`arn:${location.partition}:kms:${location.region}:${location.account}:${keyAliasName(`${name}-logs`)}`;
        this.secretKeyArn = this.secretKey.arn;
        this.registerOutputs({
            volumeKeyArn: this.volumeKeyArn,
            logKeyArn: this.logKeyArn,
            logKeyAliasArn: this.logKeyAliasArn,
            secretKeyArn: this.secretKeyArn,
            volumeKey: this.volumeKey,
            logKey: this.logKey,
            secretKey: this.secretKey,
        });
    }
}
