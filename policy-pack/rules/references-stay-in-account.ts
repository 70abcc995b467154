import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isForeignAccount } from "../reading/accounts";
import { parseDocument } from "../reading/document-content";
import { failed, settle, undecided } from "../reading/observations";
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
    const isDocument = resource.type === TypeToken.SsmDocument;
    return [...arnsIn(isDocument ? parseDocument(value) : value, [property])].flatMap(
        ({ path, arn, account }) =>
            judgeArn(context, resource, isDocument ? [property] : path, arn, account),
    );
}

function judgeArn(
    context: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
    arn: string,
    account: string,
): readonly Observation[] {
    const { graph } = context;
    const foreign = isForeignAccount(graph, account);
    if (
        foreign === "no" ||
        context.parameter<readonly string[]>("trustedAccounts").includes(account)
    ) {
        return [];
    }
    const name = `${formatPath(path)} names ${show(arn)}`;
    return foreign === "yes"
        ? [
              failed(
                  resource,
                  path,
                  `${name} in the foreign account ${account}, which trustedAccounts does not list`,
                  arn,
              ),
          ]
        : [
              undecided(
                  resource,
                  path,
                  `${name}, and nothing tells whether the account ${account} is this stack's own (allowedAccountIds of the provider would)`,
                  arn,
              ),
          ];
}

interface FoundArn {
    readonly path: PropertyPath;
    readonly arn: string;
    readonly account: string;
}

function* arnsIn(value: unknown, path: PropertyPath): Generator<FoundArn> {
    if (typeof value === "string") {
        const account = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/.exec(value)?.[1];
        if (account !== undefined) {
            yield { path, arn: value, account };
        }
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            yield* arnsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
        }
    }
}
