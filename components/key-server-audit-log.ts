import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarms, createTopic } from "./audit-log/alarms";
import { createArchive } from "./audit-log/archive";
import { createDelivery } from "./audit-log/delivery";
import { createLogGroup } from "./audit-log/log-group";
import { createTrail, trailArn } from "./audit-log/trail";
import { validateKeyServerAuditLogArgs } from "./audit-log/validate";
import { findLocation } from "./location";
import { permissionsBoundary } from "./permissions-boundary";
import { readyAfter } from "./readiness";
import { refuse } from "./validation/refuse";

/** A write-once archive bucket that exists already, such as one in a log archive account. */
export interface AdoptedArchiveArgs {
    /** ARN of the bucket, which has S3 Object Lock in compliance mode and versioning. */
    bucketArn: pulumi.Input<string>;
    /** Key that encrypts copies; its policy lets the replication role of this stack encrypt. */
    keyArn: pulumi.Input<string>;
    /** Account that owns the bucket, where it is another one; copies become its property. Defaults to this account. */
    accountId?: pulumi.Input<string>;
    /** Whether the bucket has S3 Object Lock in compliance mode. Must be true: whoever writes it has looked. */
    objectLocked: boolean;
}

/** Arguments of `KeyServerAuditLog`. */
export interface KeyServerAuditLogArgs {
    /** ARN of the customer-managed key that encrypts log groups, buckets, trail and topic; its policy lets those services in. */
    logKeyArn: pulumi.Input<string>;
    /** Retention of the log groups in days, at least the catalog's `logRetentionDays`. Defaults to that value. */
    retentionDays?: number;
    /** Write-once retention in days, at least the catalog's `archiveRetentionDays`. Defaults to that value. */
    archiveRetentionDays?: number;
    /** Archive bucket that exists already. Defaults to a new one in this account. */
    archive?: AdoptedArchiveArgs;
    /** Name of the log group of a trail that exists already; AWS allows five trails in a region. Defaults to a new trail. */
    trailLogGroupName?: pulumi.Input<string>;
    /** Whether everything can be destroyed; for development stacks. Defaults to false: log groups and buckets are protected. */
    disposable?: boolean;
    /** ARN of an IAM policy that bounds what the roles that deliver and archive logs can ever do. Defaults to a new one that allows what they need. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * The audit trail of key servers: log groups that keep a year or more, a write-once archive that they are copied into, a trail of calls to
 * AWS, and alarms for whoever tampers with any of it.
 */
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
    /** ARN of the encrypted topic that alarms publish to; people subscribe to it. */
    public readonly alarmTopicArn: pulumi.Output<string>;
    /** ARN of the write-once archive bucket. */
    public readonly archiveBucketArn: pulumi.Output<string>;
    /** Account that owns the archive bucket. */
    public readonly archiveAccountId: pulumi.Output<string>;
    /** The log groups: system, security, application, session and patch. */
    public readonly logGroups: aws.cloudwatch.LogGroup[];
    /** The topic that alarms publish to. */
    public readonly alarmTopic: aws.sns.Topic;
    /** The archive bucket; absent for one that existed already. */
    public readonly archiveBucket?: aws.s3.Bucket;
    /** The trail; absent for one that existed already. */
    public readonly trail?: aws.cloudtrail.Trail;

    public constructor(
        name: string,
        args: KeyServerAuditLogArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerAuditLog", name, validateKeyServerAuditLogArgs(args));
        super("keyward:index:KeyServerAuditLog", name, args, opts);
        const location = findLocation(this, args.region);
        const { account, partition, region } = location;
        const createGroup = (kind: string): aws.cloudwatch.LogGroup =>
            createLogGroup(`${name}-${kind}`, `${name}/${kind}`, args, this);
        const groups = {
            system: createGroup("system"),
            security: createGroup("security"),
            application: createGroup("application"),
            session: createGroup("session"),
            patch: createGroup("patch"),
        };
        // Computed, because the provider's own `arn` is unknown until the group exists and roles must be judged before.
        const arnOf = ({ name: group }: aws.cloudwatch.LogGroup): pulumi.Output<string> =>
            pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${group}`;
        const bounded = {
            ...args,
            permissionsBoundaryArn: permissionsBoundary(`${name}-audit-log`, args, this),
        };
        const archive = createArchive(name, bounded, trailArn(name, location), location, this);
        createDelivery(name, groups, archive, bounded, location, this);
        const trailGroup = args.trailLogGroupName === undefined ? createGroup("trail") : undefined;
        if (trailGroup !== undefined) {
            this.trail = createTrail(name, trailGroup, archive, bounded, location, this);
        }
        const topic = createTopic(`${name}-alarms`, args, location, this);
        createAlarms(
            name,
            {
                trail: trailGroup?.name ?? args.trailLogGroupName,
                security: groups.security.name,
                application: groups.application.name,
            },
            readyAfter(topic.arn, [topic.topic]),
            args,
            this,
        );
        this.systemLogGroupArn = arnOf(groups.system);
        this.securityLogGroupArn = arnOf(groups.security);
        this.applicationLogGroupArn = arnOf(groups.application);
        this.sessionLogGroupArn = arnOf(groups.session);
        this.patchLogGroupArn = arnOf(groups.patch);
        this.alarmTopicArn = readyAfter(topic.arn, [topic.topic]);
        this.archiveBucketArn = archive.archiveArn;
        this.archiveAccountId = pulumi.output(args.archive?.accountId ?? account);
        this.logGroups = Object.values(groups);
        this.alarmTopic = topic.topic;
        this.archiveBucket = archive.archive?.bucket;
        this.registerOutputs({
            systemLogGroupArn: this.systemLogGroupArn,
            securityLogGroupArn: this.securityLogGroupArn,
            applicationLogGroupArn: this.applicationLogGroupArn,
            sessionLogGroupArn: this.sessionLogGroupArn,
            patchLogGroupArn: this.patchLogGroupArn,
            alarmTopicArn: this.alarmTopicArn,
            archiveBucketArn: this.archiveBucketArn,
            archiveAccountId: this.archiveAccountId,
            logGroups: this.logGroups,
            alarmTopic: this.alarmTopic,
            archiveBucket: this.archiveBucket,
            trail: this.trail,
        });
    }
}
