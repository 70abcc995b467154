/** What a customer-managed key encrypts. */
export type KeyPurpose = "volumes" | "logs" | "secrets" | "unseal";

/** What a key policy is computed from; all of it is known before anything exists, so no key waits for a role and no role for a key. */
export interface KeyPolicyFacts {
    readonly account: string;
    readonly region: string;
    readonly partition: string;
    /** Path of the stack's log groups and roles, with slashes at both ends. */
    readonly stackPath: string;
    /** Principals that administer the key; empty leaves it to the account's IAM policies. */
    readonly administratorArns: readonly string[];
    /** Roles that use an unseal key. */
    readonly unsealRoleArns: readonly string[];
}

interface KeyStatement {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Principal: Readonly<Record<string, string>>;
    readonly Action: readonly string[];
    readonly Resource: "*";
    readonly Condition?: Readonly<
        Record<string, Readonly<Record<string, string | readonly string[]>>>
    >;
}

export interface KeyPolicy {
    readonly Version: "2012-10-17";
    readonly Statement: readonly KeyStatement[];
}

/** What administrators may do: everything but use the key. PutKeyPolicy must stay with whoever creates it, or AWS refuses the policy. */
const administration = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];

const encryption = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/** The policy of a customer-managed key. Services act for callers of this account only; nobody both administers and uses a key. */
export function buildKeyPolicy(purpose: KeyPurpose, facts: KeyPolicyFacts): KeyPolicy {
    return {
        Version: "2012-10-17",
        Statement: [administer(facts), ...users[purpose](facts)],
    };
}

const users: Readonly<Record<KeyPurpose, (facts: KeyPolicyFacts) => readonly KeyStatement[]>> = {
    volumes: (facts) => [
        delegate("VolumesThroughEc2", facts, encryption, {
            StringEquals: through("ec2", facts),
        }),
        delegate("GrantsForVolumes", facts, ["kms:CreateGrant"], {
            StringEquals: through("ec2", facts),
            Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
    ],
    logs: (facts) => [
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
    ],
    secrets: (facts) => [
        rolesOfStack("RolesThroughSecretsManager", facts, ["kms:Decrypt", "kms:DescribeKey"], {
            StringEquals: through("secretsmanager", facts),
        }),
        delegate("CallersThroughSecretsManager", facts, encryption, {
            StringEquals: through("secretsmanager", facts),
        }),
        rolesOfStack("RolesThroughS3", facts, ["kms:Decrypt"], {
            StringEquals: through("s3", facts),
        }),
        delegate("CallersThroughS3", facts, encryption, { StringEquals: through("s3", facts) }),
    ],
    unseal: (facts) => [
        {
            Sid: "ServersUnseal",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"],
            Resource: "*",
            Condition: {
                StringEquals: { "kms:CallerAccount": facts.account },
                ArnEquals: { "aws:PrincipalArn": facts.unsealRoleArns },
            },
        },
    ],
};

function administer(facts: KeyPolicyFacts): KeyStatement {
    return {
        Sid: "Administration",
        Effect: "Allow",
        Principal: { AWS: root(facts) },
        Action: administration,
        Resource: "*",
        // A condition instead of a principal: a role that does not exist yet may not be named as one.
        ...(facts.administratorArns.length === 0
            ? {}
            : { Condition: { ArnLike: { "aws:PrincipalArn": facts.administratorArns } } }),
    };
}

/** The account's IAM policies decide who, within the conditions. */
function delegate(
    sid: string,
    facts: KeyPolicyFacts,
    actions: readonly string[],
    condition: NonNullable<KeyStatement["Condition"]>,
): KeyStatement {
    return {
        Sid: sid,
        Effect: "Allow",
        Principal: { AWS: root(facts) },
        Action: actions,
        Resource: "*",
        Condition: condition,
    };
}

/** The stack's own roles, whether or not their IAM policies mention the key. */
function rolesOfStack(
    sid: string,
    facts: KeyPolicyFacts,
    actions: readonly string[],
    condition: Readonly<Record<string, Readonly<Record<string, string>>>>,
): KeyStatement {
    return {
        Sid: sid,
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions,
        Resource: "*",
        Condition: {
            ...condition,
            StringEquals: { "kms:CallerAccount": facts.account, ...condition.StringEquals },
            ArnLike: {
                "aws:PrincipalArn": `arn:${facts.partition}:iam::${facts.account}:role${facts.stackPath}*`,
            },
        },
    };
}

function through(service: string, { account, region }: KeyPolicyFacts): Record<string, string> {
    return {
        "kms:CallerAccount": account,
        "kms:ViaService": `${service}.${region}.amazonaws.com`,
    };
}

function root({ account, partition }: KeyPolicyFacts): string {
    return `arn:${partition}:iam::${account}:root`;
}
