const uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const keyId = `(?:${uuid}|mrk-[0-9a-fA-F]{32})`;
const arn = "arn:[a-z0-9-]+:kms:[a-z0-9-]*:\\d*:";
const awsManaged = new RegExp(`^(?:${arn})?alias/aws/`);
const customer = new RegExp(`^(?:${keyId}|${arn}key/\\S+|(?:${arn})?alias/\\S+)$`);

/**
 * What an identifier of an AWS KMS key says about its owner: an alias below `alias/aws/` names a key that AWS manages, an id, ARN or
 * other alias a customer's. Undefined for text that identifies no key.
 */
export function ownerOfKey(identifier: string): "aws" | "customer" | undefined {
    if (awsManaged.test(identifier)) {
        return "aws";
    }
    return customer.test(identifier) ? "customer" : undefined;
}
