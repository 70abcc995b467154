import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { Location } from "../location";
import { physicalName, stackPath } from "../names";
import { type Tags, withName } from "../tags";
import { buildKeyPolicy, type KeyPurpose } from "./key-policy";

/** Deletion window of keys in stacks that are thrown away: the shortest that AWS KMS allows. */
const disposableDeletionDays = 7;

/** Name of the alias that a key of this name gets, known before either exists. */
export function keyAliasName(name: string): string {
    return `alias/${physicalName(name, "keyAlias")}`;
}

/** A customer-managed key with rotation, the longest deletion window, a policy for its purpose, and an alias. */
export function createKey(
    name: string,
    args: {
        readonly purpose: KeyPurpose;
        readonly description: string;
        readonly administratorArns?: pulumi.Input<string>[];
        readonly unsealRoleArns?: pulumi.Input<string>[];
        readonly rotationDays?: number;
        readonly disposable?: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    location: Location,
    parent: pulumi.Resource,
): aws.kms.Key {
    const { disposable = false, region, tags } = args;
    const policy = pulumi
        .output({
            ...location,
            administratorArns: args.administratorArns ?? [],
            unsealRoleArns: args.unsealRoleArns ?? [],
        })
        .apply((facts) =>
            JSON.stringify(buildKeyPolicy(args.purpose, { ...facts, stackPath: stackPath() })),
        );
    const key = new aws.kms.Key(
        name,
        {
            description: args.description,
            enableKeyRotation: true,
            rotationPeriodInDays: args.rotationDays ?? parameter("keyRotationDays").value,
            deletionWindowInDays: disposable
                ? disposableDeletionDays
                : parameter("keyDeletionWindowDays").value,
            policy,
            region,
            tags: withName(tags, name),
        },
        { parent, protect: !disposable },
    );
    new aws.kms.Alias(
        name,
        { name: keyAliasName(name), targetKeyId: key.keyId, region },
        // The engine asks for it before the key: a destroy is refused with nothing touched.
        { parent, protect: !disposable },
    );
    return key;
}
