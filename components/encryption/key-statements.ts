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

/** One statement of a key policy. */
export interface KeyStatement {
    readonly Sid: string;
    readonly Effect: "Allow";
    readonly Principal: Readonly<Record<string, string>>;
    readonly Action: readonly string[];
    readonly Resource: "*";
    readonly Condition?: Readonly<
        Record<string, Readonly<Record<string, string | readonly string[]>>>
    >;
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

/** Using a key, and nothing that changes it. */
export const encryption = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/** Administration, by principals that cannot use the key. */
export function administer(facts: KeyPolicyFacts): KeyStatement {
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
export function delegate(
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
export function rolesOfStack(
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

/** Condition values: callers of this account, through one service. */
export function through(
    service: string,
    { account, region }: KeyPolicyFacts,
): Record<string, string> {
    return {
        "kms:CallerAccount": account,
        "kms:ViaService": `${service}.${region}.amazonaws.com`,
    };
}

function root({ account, partition }: KeyPolicyFacts): string {
    return `arn:${partition}:iam::${account}:root`;
}
