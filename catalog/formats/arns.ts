import type { Format } from "./format";

/** Forms of ARNs, by what they are of. */
export const arnFormats = {
    certificateAuthorityArn: arnOf("acm-pca"),
    iamArn: arnOf("iam"),
    keyArn: arnOf("kms"),
    logGroupArn: arnOf("logs"),
    bucketArn: arnOf("s3"),
    secretArn: arnOf("secretsmanager"),
    topicArn: arnOf("sns"),
    principalArn: {
        pattern: /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[^*?/][^?]*$/,
        what: 'the ARN of an IAM role or user such as "arn:aws:iam::111122223333:role/key-administrator"',
        source: "IAM user guide, IAM identifiers",
    },
} as const satisfies Readonly<Record<string, Format>>;

function arnOf(service: string): Format {
    return {
        pattern: new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]*:(\\d{12})?:.+$`),
        what: `an ARN of ${service}`,
        source: "IAM user guide, Amazon Resource Names (ARNs)",
    };
}
