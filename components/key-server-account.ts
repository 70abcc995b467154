import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../catalog/parameters";
import { createServiceSettings } from "./account/service-settings";
import { validateKeyServerAccountArgs } from "./account/validate";
import { createLogGroup } from "./audit-log/log-group";
import { refuse } from "./validation/refuse";

/** Arguments of `KeyServerAccount`. */
export interface KeyServerAccountArgs {
    /** ARN of the key that encrypts the log of automations, such as `logKeyArn` of `KeyServerEncryption` or `KeyServerCluster`. */
    logKeyArn: pulumi.Input<string>;
    /** Whether the log of automations can be destroyed; for development stacks. Defaults to false. */
    disposable?: boolean;
    /** Region of every child: each setting holds for one. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of the log group; settings carry none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * What an account and region set once for all key servers: snapshots and images cannot become public, documents of Systems Manager stay
 * private, automations are logged, new volumes are encrypted, new instances require IMDSv2, the serial console is off. One stack per
 * account and region owns it; the others attest it to the policies. The settings stay when the stack goes.
 *
 * @example
 * new keyward.KeyServerAccount("account", { logKeyArn: cluster.logKeyArn });
 */
export class KeyServerAccount extends pulumi.ComponentResource {
    /** Name of the log group of automations. */
    public readonly automationLogGroupName: pulumi.Output<string>;
    /** The log group of automations. */
    public readonly automationLogGroup: aws.cloudwatch.LogGroup;

    public constructor(
        name: string,
        args: KeyServerAccountArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerAccount", name, validateKeyServerAccountArgs(args));
        super("keyward:index:KeyServerAccount", name, args, opts);
        const { region } = args;
        const kept = { parent: this, retainOnDelete: true };
        this.automationLogGroup = createLogGroup(
            `${name}-automation`,
            `${name}/automation`,
            args,
            this,
        );
        this.automationLogGroupName = this.automationLogGroup.name;
        createServiceSettings(name, this.automationLogGroupName, region, this);
        new aws.ebs.SnapshotBlockPublicAccess(name, { state: "block-all-sharing", region }, kept);
        new aws.ec2.ImageBlockPublicAccess(name, { state: "block-new-sharing", region }, kept);
        new aws.ebs.EncryptionByDefault(name, { enabled: true, region }, kept);
        new aws.ec2.SerialConsoleAccess(name, { enabled: false, region }, kept);
        new aws.ec2.InstanceMetadataDefaults(
            name,
            {
                httpTokens: "required",
                httpPutResponseHopLimit: parameter("imdsHopLimit").value,
                region,
            },
            kept,
        );
        this.registerOutputs({
            automationLogGroupName: this.automationLogGroupName,
            automationLogGroup: this.automationLogGroup,
        });
    }
}
