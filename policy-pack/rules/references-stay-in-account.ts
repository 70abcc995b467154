import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import { UNKNOWN, type RegisteredResource } from "../graph/resource";
import { isForeignAccount } from "../reading/accounts";
import { parseDocument } from "../reading/document-content";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { arnsIn, openReferences } from "../reading/named-references";
import { originOf } from "../reading/value-origin";
import { show, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Properties that name who encrypts, where records and alarms go, and as whom a service acts. */
const references: Readonly<Record<string, readonly string[]>> = {
    "aws:backup/plan:Plan": ["rules"],
    "aws:backup/selection:Selection": ["iamRoleArn"],
    "aws:backup/vault:Vault": ["kmsKeyArn"],
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmActions"],
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": ["destinationArn", "roleArn"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["alarmActions"],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
        "extendedS3Configuration",
        "serverSideEncryption",
    ],
    "aws:lambda/function:Function": ["role", "kmsKeyArn", "layers"],
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["role", "rules"],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
        "rules",
    ],
    "aws:sns/topic:Topic": ["kmsMasterKeyId"],
    "aws:sns/topicPolicy:TopicPolicy": ["arn"],
    "aws:sns/topicSubscription:TopicSubscription": ["topic", "endpoint"],
    [TypeToken.DefaultKmsKey]: ["keyArn"],
    [TypeToken.EventTarget]: ["arn", "roleArn"],
    [TypeToken.FlowLog]: ["logDestination", "iamRoleArn"],
    [TypeToken.Instance]: ["rootBlockDevice", "ebsBlockDevices"],
    [TypeToken.LaunchTemplate]: ["blockDeviceMappings", "iamInstanceProfile"],
    [TypeToken.LogGroup]: ["kmsKeyId"],
    [TypeToken.MaintenanceWindowTask]: ["taskArn", "serviceRoleArn", "taskInvocationParameters"],
    [TypeToken.Role]: ["permissionsBoundary", "managedPolicyArns"],
    [TypeToken.Secret]: ["kmsKeyId"],
    [TypeToken.ServiceSetting]: ["settingId", "settingValue"],
    [TypeToken.SsmDocument]: ["content"],
    [TypeToken.SsmParameter]: ["keyId"],
    [TypeToken.Trail]: [
        "cloudWatchLogsGroupArn",
        "cloudWatchLogsRoleArn",
        "kmsKeyId",
        "snsTopicName",
    ],
    [TypeToken.Volume]: ["kmsKeyId"],
};

/** Nothing that a key server leans on lies in an account that nobody approved. */
export const referencesStayInAccount: Rule = {
    name: "references-stay-in-account",
    reads: Object.keys(references),
    *judge(context) {
        for (const [type, properties] of Object.entries(references)) {
            for (const resource of context.graph.ofType(type)) {
                if (context.scope.includes(resource)) {
                    yield* settle(
                        resource,
                        properties.flatMap((property) =>
                            judgeProperty(context, resource, property),
                        ),
                    );
                }
            }
        }
    },
};

function judgeProperty(
    context: RuleContext,
    resource: RegisteredResource,
    property: string,
): readonly Observation[] {
    const value = valueAt(resource.properties, [property]);
    const isDocument = resource.type === TypeToken.SsmDocument && value !== UNKNOWN;
    const read = isDocument ? parseDocument(value) : value;
    return [
        ...[...arnsIn(read, [property])].flatMap(({ path, arn, account }) =>
            judgeAccount(context, account, {
                resource,
                path: isDocument ? [property] : path,
                what: `names ${show(arn)}`,
                subject: arn,
            }),
        ),
        ...openReferences(read, [property]).flatMap((path) => judgeOrigin(context, resource, path)),
    ];
}

/** An unknown value is judged by the resources that it comes from. */
function judgeOrigin(
    context: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const origin = originOf(context.graph, resource, String(path[0]));
    switch (origin.kind) {
        case "own":
            return [];
        case "account":
            return judgeAccount(context, origin.account, {
                resource,
                path,
                what: `comes from ${label(origin.source)}`,
                subject: origin.source.urn,
            });
        case "open":
            return [
                undecided(
                    resource,
                    path,
                    `${formatPath(path)} is not known before deployment and ${origin.why}, so its account is not known either`,
                ),
            ];
    }
}

interface NamedReference {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    /** Completes a sentence that begins with the property. */
    readonly what: string;
    readonly subject: string;
}

function judgeAccount(
    context: RuleContext,
    account: string,
    { resource, path, what, subject }: NamedReference,
): readonly Observation[] {
    const { graph } = context;
    const foreign = isForeignAccount(graph, account);
    if (
        foreign === "no" ||
        context.parameter<readonly string[]>("trustedAccounts").includes(account)
    ) {
        return [];
    }
    const found = `${formatPath(path)} ${what}`;
    return foreign === "yes"
        ? [
              failed(
                  resource,
                  path,
                  `${found} in the foreign account ${account}, which trustedAccounts does not list`,
                  subject,
              ),
          ]
        : [
              undecided(
                  resource,
                  path,
                  `${found}, and nothing tells whether the account ${account} is this stack's own (allowedAccountIds of the provider would)`,
                  subject,
              ),
          ];
}
