import type { PolicyRecord } from "../policy";

/** Sessions, passwords, parameters and secrets. */
export const accessPolicies: readonly PolicyRecord[] = [
    {
        name: "ssm-managed",
        displayName: "Servers are managed by Systems Manager",
        description:
            "The role of a key server must hold the core rights of Systems Manager, or the account must manage hosts by default.",
        rationale:
            "A server that is not managed can be neither patched nor audited, and needs SSH.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Attach the core policy to the server's role.",
            example:
                'new aws.iam.RolePolicyAttachment("managed", { role: serverRole.name, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" });',
        },
        remediable: false,
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "session-preferences-hardened",
        displayName: "Sessions are encrypted, recorded, short and unprivileged",
        description:
            "A session document must exist that encrypts sessions, streams them to encrypted logs, ends them when idle or too long, and runs them as a named user who is not root; whoever may start a session must be held to the documents that a policy names.",
        rationale:
            "An unrecorded root session is an administrator whom nobody can hold to account.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set key, log group, streaming, times and run-as user in the session document.",
            example:
                'new aws.ssm.Document("session", { documentType: "Session", documentFormat: "JSON", content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: { kmsKeyId: "alias/keyward-session", cloudWatchLogGroupName: "/keyward/prod/session", cloudWatchEncryptionEnabled: true, cloudWatchStreamingEnabled: true, idleSessionTimeout: "15", maxSessionDuration: "60", runAsEnabled: true, runAsDefaultUser: "keyward-operator" } }) });',
        },
        remediable: false,
        parameters: [
            "sessionIdleMinutes",
            "sessionMaximumMinutes",
            "accountAttestations",
            "attestationAgeDays",
        ],
    },
    {
        name: "mfa-for-sessions",
        displayName: "Sessions need multi-factor authentication",
        description:
            "Whoever may open a session on a key server or run a command there must have logged in with a second factor recently.",
        rationale: "A stolen password or access key alone must not open a key server.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Demand aws:MultiFactorAuthPresent and limit its age.",
            example:
                'new aws.iam.Policy("operator", { policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["ssm:StartSession"], Resource: [serverInstance.arn, sessionDocument.arn], Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, NumericLessThan: { "aws:MultiFactorAuthAge": "3600" }, BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } } }] } });',
        },
        remediable: false,
        parameters: ["sessionMfaAgeMinutes"],
    },
    {
        name: "account-password-policy",
        displayName: "The account's password policy is the organisation's",
        description:
            "Where a stack sets the IAM account's password policy, it must hold the organisation's length, classes, history, age and right to change.",
        rationale:
            "IAM's default policy takes short passwords, lets them live for ever and lets them come back.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set every value of the password policy.",
            example:
                'new aws.iam.AccountPasswordPolicy("organisation", { minimumPasswordLength: 14, requireLowercaseCharacters: true, requireUppercaseCharacters: true, requireNumbers: true, requireSymbols: true, passwordReusePrevention: 24, maxPasswordAge: 90, allowUsersToChangePassword: true });',
        },
        remediable: true,
        parameters: [
            "passwordMinimumLength",
            "passwordCharacterClasses",
            "passwordHistory",
            "passwordMaximumDays",
        ],
    },
    {
        name: "ssm-documents-private",
        displayName: "Documents of Systems Manager stay private",
        description:
            "No document may be shared publicly, the account must block public sharing, and automations must log to a log group of the stack or an attested one.",
        rationale:
            "A shared document tells strangers how the servers are run, and may carry secrets.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Remove the public permission and block public sharing.",
            example:
                'new aws.ssm.ServiceSetting("private-documents", { settingId: "/ssm/documents/console/public-sharing-permission", settingValue: "Disable" });',
        },
        remediable: true,
        parameters: ["trustedAccounts", "accountAttestations", "attestationAgeDays"],
    },
    {
        name: "parameters-and-secrets-cmk",
        displayName: "Parameters and secrets use a customer-managed key",
        description:
            "Secret parameters must be SecureString under a customer-managed key; secrets must use such a key, be recoverable, refuse public policies and, in a stack with key servers, be rotated.",
        rationale:
            "A secret in clear text, or under the account's default key, is readable by whoever may read the service.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set type, key, rotation and recovery window.",
            example:
                'new aws.secretsmanager.Secret("tls", { kmsKeyId: secretKey.arn, recoveryWindowInDays: 30 });',
        },
        remediable: false,
        parameters: ["secretRotationDays", "secretRecoveryWindowDays"],
    },
];
