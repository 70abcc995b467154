import type { Account, LiveObject } from "./account";
import type { Properties } from "./wire";

const instanceType = "aws:ec2/instance:Instance";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";
const vaultType = "aws:backup/vault:Vault";
/** Final from the start here: a test has no days of grace. */
const vaultLockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const lockType = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const lockedObjects = "locked-objects";

/** Properties of an instance that AWS changes only while it is stopped. */
const stoppingProperties = ["ebsOptimized", "instanceType", "userData", "userDataBase64"];

/** Switches that make AWS refuse a deletion, by property. */
const protections: readonly (readonly [property: string, message: string])[] = [
    ["enableDeletionProtection", "OperationNotPermitted: deletion protection is enabled"],
    ["deletionProtection", "InvalidParameterCombination: deletion protection is enabled"],
    ["deletionProtectionEnabled", "ValidationException: deletion protection is enabled"],
];

/** Types that cannot go while another object names them. */
const neededByOthers = [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
];

/** Says why AWS would refuse to make this object, or undefined. */
export function refusalToCreate(
    account: Account,
    type: string,
    id: string,
    inputs: Properties,
): string | undefined {
    if (account.find(type, id) !== undefined) {
        return `AlreadyExists: ${type} "${id}" exists`;
    }
    if (type === attachmentType) {
        const { volumeId } = inputs;
        const holder = account
            .objects(attachmentType)
            .find((other) => other.inputs["volumeId"] === volumeId);
        return holder === undefined
            ? undefined
            : `VolumeInUse: ${String(volumeId)} is already attached to ${String(holder.inputs["instanceId"])}`;
    }
    if (type === instanceType) {
        const taken = account
            .objects(instanceType)
            .find(
                ({ inputs: other }) =>
                    other["privateIp"] !== undefined &&
                    other["privateIp"] === inputs["privateIp"] &&
                    other["subnetId"] === inputs["subnetId"],
            );
        return taken === undefined
            ? undefined
            : `InvalidIPAddress.InUse: address ${String(inputs["privateIp"])} is held by ${taken.id}`;
    }
    return undefined;
}

/** Says why AWS would refuse this change, or undefined. An instance that must not be stopped cannot change what needs a stop. */
export function refusalToUpdate(
    object: LiveObject,
    changed: readonly string[],
): string | undefined {
    return needsStop(object.type, changed) && object.inputs["disableApiStop"] === true
        ? notToBeStopped(object.id)
        : undefined;
}

function notToBeStopped(id: string): string {
    return `OperationNotPermitted: the instance '${id}' may not be stopped, its attribute 'disableApiStop' forbids it`;
}

/** Whether AWS stops and starts the server for this change. */
export function needsStop(type: string, changed: readonly string[]): boolean {
    return type === instanceType && changed.some((path) => stoppingProperties.includes(path));
}

/** Says why AWS would refuse to delete this object, or undefined. */
export function refusalToDelete(account: Account, object: LiveObject): string | undefined {
    const { type, id, inputs } = object;
    if (
        type === instanceType &&
        inputs["disableApiTermination"] === true &&
        inputs["forceDestroy"] !== true
    ) {
        return `OperationNotPermitted: the instance '${id}' may not be terminated, its attribute 'disableApiTermination' forbids it`;
    }
    if (type === attachmentType && inputs["stopInstanceBeforeDetaching"] === true) {
        const server = account.find(instanceType, String(inputs["instanceId"]));
        if (server?.inputs["disableApiStop"] === true) {
            return notToBeStopped(server.id);
        }
    }
    if (type === vaultType && inputs["forceDestroy"] !== true) {
        return `InvalidRequestException: backup vault ${id} holds recovery points`;
    }
    if (type === vaultLockType && inputs["changeableForDays"] !== undefined) {
        return `InvalidRequestException: the lock of backup vault ${id} is final`;
    }
    for (const [property, message] of protections) {
        if (inputs[property] === true) {
            return `${message}: ${id}`;
        }
    }
    if (type === "aws:s3/bucket:Bucket" && account.find(lockedObjects, id) !== undefined) {
        return `BucketNotEmpty: ${id} holds objects that are locked in compliance mode`;
    }
    if (
        type === "aws:ebs/volume:Volume" &&
        account.objects(attachmentType).some(({ inputs: held }) => held["volumeId"] === id)
    ) {
        return `VolumeInUse: ${id} is attached`;
    }
    if (neededByOthers.includes(type)) {
        const user = account
            .objects()
            .find((other) => other.urn !== object.urn && names(other.inputs, id));
        if (user !== undefined) {
            return `DependencyViolation: ${id} is used by ${user.type} ${user.id}`;
        }
    }
    return undefined;
}

/**
 * Puts a first object into a bucket that gets a default retention in compliance mode: nobody can remove it, and taking the configuration away
 * later does not change that.
 */
export function fillLockedBucket(account: Account, type: string, inputs: Properties): void {
    const { bucket, rule } = inputs;
    if (type === lockType && JSON.stringify(rule ?? {}).includes('"mode":"COMPLIANCE"')) {
        account.put({ type: lockedObjects, id: String(bucket), urn: "", inputs: {}, outputs: {} });
    }
}

function names(value: unknown, id: string): boolean {
    return (
        value === id ||
        (typeof value === "object" &&
            value !== null &&
            Object.values(value).some((inner) => names(inner, id)))
    );
}
