import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createLogGroup } from "./audit-log/log-group";
import { validateKeyServerAuditLogArgs } from "./audit-log/validate";
import { findLocation } from "./location";
import { refuse } from "./validation/problems";

/** Arguments of `KeyServerAuditLog`. */
export interface KeyServerAuditLogArgs {
    /** ARN of the customer-managed key that encrypts the log groups; its policy lets CloudWatch Logs in. */
    logKeyArn: pulumi.Input<string>;
    /** Retention of the log groups in days, at least the catalog's `logRetentionDays`. Defaults to that value. */
    retentionDays?: number;
    /** Whether everything can be destroyed; for development stacks. Defaults to false: log groups are protected. */
    disposable?: boolean;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** The log groups that key servers write to: encrypted with a customer-managed key, kept for a year or more, safe from deletion. */
export class KeyServerAuditLog extends pulumi.ComponentResource {
    /** ARN of the group for system logs: kernel, services, agents. */
    public readonly systemLogGroupArn: pulumi.Output<string>;
    /** ARN of the group for security logs: audit daemon, logins, host audit. */
    public readonly securityLogGroupArn: pulumi.Output<string>;
    /** ARN of the group for the audit log of the key-management software. */
    public readonly applicationLogGroupArn: pulumi.Output<string>;
    /** ARN of the group for Session Manager sessions. */
    public readonly sessionLogGroupArn: pulumi.Output<string>;
    /** ARN of the group for the output of patch runs. */
    public readonly patchLogGroupArn: pulumi.Output<string>;
    /** The log groups: system, security, application, session and patch. */
    public readonly logGroups: aws.cloudwatch.LogGroup[];

    public constructor(
        name: string,
        args: KeyServerAuditLogArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerAuditLog", name, validateKeyServerAuditLogArgs(args));
        super("keyward:index:KeyServerAuditLog", name, args, opts);
        const { account, partition, region } = findLocation(this, args.region);
        const [system, security, application, session, patch] = [
            "system",
            "security",
            "application",
            "session",
            "patch",
        ].map((kind) => {
            const group = createLogGroup(`${name}-${kind}`, `${name}/${kind}`, args, this);
            // Computed, because the provider's own `arn` is unknown until the group exists and roles must be judged before.
            const arn = pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${group.name}`;
            return { group, arn };
        });
        this.systemLogGroupArn = system.arn;
        this.securityLogGroupArn = security.arn;
        this.applicationLogGroupArn = application.arn;
        this.sessionLogGroupArn = session.arn;
        this.patchLogGroupArn = patch.arn;
        this.logGroups = [system, security, application, session, patch].map(({ group }) => group);
        this.registerOutputs({
            systemLogGroupArn: this.systemLogGroupArn,
            securityLogGroupArn: this.securityLogGroupArn,
            applicationLogGroupArn: this.applicationLogGroupArn,
            sessionLogGroupArn: this.sessionLogGroupArn,
            patchLogGroupArn: this.patchLogGroupArn,
            logGroups: this.logGroups,
        });
    }
}
