import {
    delegate,
    encryption,
    type KeyPolicyFacts,
    type KeyStatement,
    rolesOfStack,
    through,
} from "./key-statements";

/** Who uses the key for logs: log groups, trails, topics, the archive and its streams, sessions. */
export function logKeyStatements(facts: KeyPolicyFacts): readonly KeyStatement[] {
    return [
        {
            Sid: "LogGroupsOfThisStack",
            Effect: "Allow",
            Principal: { Service: `logs.${facts.region}.amazonaws.com` },
            Action: encryption,
            Resource: "*",
            Condition: {
                ArnLike: {
                    "kms:EncryptionContext:aws:logs:arn": [
                        facts.stackPath,
                        // EC2 Image Builder writes below its own path only.
                        "/aws/imagebuilder/",
                    ].map(
                        (path) =>
                            `arn:${facts.partition}:logs:${facts.region}:${facts.account}:log-group:${path}*`,
                    ),
                },
            },
        },
        rolesOfStack("RolesThroughLogs", facts, encryption, {
            StringEquals: through("logs", facts),
        }),
        delegate("CallersThroughLogs", facts, encryption, {
            StringEquals: through("logs", facts),
        }),
        {
            Sid: "TrailsOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            Resource: "*",
            Condition: {
                StringEquals: { "aws:SourceAccount": facts.account },
                StringLike: {
                    "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${facts.partition}:cloudtrail:*:${facts.account}:trail/*`,
                },
            },
        },
        {
            Sid: "AlarmsToTopics",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": facts.account } },
        },
        {
            Sid: "EventsToTopics",
            Effect: "Allow",
            // EventBridge passes no source account to AWS KMS: with that condition the topic would stay silent.
            Principal: { Service: "events.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: "*",
        },
        rolesOfStack("RolesThroughS3", facts, encryption, { StringEquals: through("s3", facts) }),
        delegate("CallersThroughS3", facts, encryption, { StringEquals: through("s3", facts) }),
        rolesOfStack("RolesThroughFirehose", facts, encryption, {
            StringEquals: through("firehose", facts),
        }),
        delegate("GrantsForStreams", facts, ["kms:CreateGrant"], {
            StringEquals: through("firehose", facts),
            Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
        delegate("CallersThroughFirehose", facts, encryption, {
            StringEquals: through("firehose", facts),
        }),
        // The session agent encrypts the channel itself, without a service in between.
        rolesOfStack("SessionChannels", facts, ["kms:Decrypt"], {
            StringLike: { "kms:EncryptionContext:aws:ssm:SessionId": "*" },
        }),
    ];
}
