import {
    administer,
    delegate,
    encryption,
    type KeyPolicyFacts,
    type KeyStatement,
    rolesOfStack,
    through,
} from "./key-statements";
import { logKeyStatements } from "./log-key-statements";

/** What a customer-managed key encrypts. */
export type KeyPurpose = "volumes" | "logs" | "secrets" | "unseal";

export interface KeyPolicy {
    readonly Version: "2012-10-17";
    readonly Statement: readonly KeyStatement[];
}

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
        // Making a backup vault with the key takes the caller's rights; taking a backup those of the role that takes it.
        delegate("VaultsThroughBackup", facts, encryption, {
            StringEquals: through("backup", facts),
        }),
        delegate("GrantsForVaults", facts, ["kms:CreateGrant"], {
            StringEquals: through("backup", facts),
            Bool: { "kms:GrantIsForAWSResource": "true" },
        }),
    ],
    logs: logKeyStatements,
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
        // EC2 Image Builder is no value of kms:ViaService; what it encrypts carries the component's ARN.
        rolesOfStack("BuildersReadComponents", facts, ["kms:Decrypt"], {
            StringLike: ofComponents(facts),
        }),
        delegate("CallersWriteComponents", facts, encryption, {
            StringEquals: { "kms:CallerAccount": facts.account },
            StringLike: ofComponents(facts),
        }),
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

/** Condition values: components of EC2 Image Builder in this account. */
function ofComponents({ account, partition, region }: KeyPolicyFacts): Record<string, string> {
    return {
        "kms:EncryptionContext:aws:imagebuilder:arn": `arn:${partition}:imagebuilder:${region}:${account}:component/*`,
    };
}
