import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

/** Longest names that AWS accepts, in characters. Source: the API reference of each service. */
export const longestName = {
    backupVault: 50,
    // 63, less a hyphen and the account's twelve digits.
    bucketBeforeAccount: 50,
    eventRule: 64,
    firehoseStream: 64,
    alarm: 255,
    iamPolicy: 128,
    iamRole: 64,
    // 256, less "alias/".
    keyAlias: 250,
    lambdaFunction: 64,
    loadBalancer: 32,
    document: 128,
    logGroup: 512,
    maintenanceWindow: 128,
    patchBaseline: 128,
    securityGroup: 255,
    tagValue: 256,
    imageBuilder: 126,
    placementGroup: 255,
    topic: 256,
    trail: 128,
} as const;

const hashDigits = 8;

/**
 * A physical name, `project-stack-name-hash`: lower case letters, digits and hyphens, at most `longest` characters. Equal for equal
 * input and different for every other project, stack or name, because the hash is taken of all three.
 */
export function buildName(project: string, stack: string, name: string, longest: number): string {
    const readable = [project, stack, name]
        .join("-")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^[^a-z]+/, "")
        .slice(0, longest - hashDigits - 1)
        .replace(/-+$/, "");
    const hash = shortHash(JSON.stringify([project, stack, name]));
    return readable === "" ? `k${hash}` : `${readable}-${hash}`;
}

/** Physical name, within the limit of its kind, of something in the running program's project and stack. */
export function physicalName(name: string, kind: keyof typeof longestName): string {
    return buildName(pulumi.getProject(), pulumi.getStack(), name, longestName[kind]);
}

/** Name of a log group under the stack's path; one that is too long ends in a hash of the whole. */
export function logGroupName(path: string): string {
    const name = `${stackPath()}${path}`;
    return name.length <= longestName.logGroup
        ? name
        : `${name.slice(0, longestName.logGroup - hashDigits - 1)}-${shortHash(name)}`;
}

function shortHash(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, hashDigits);
}

/** Path that all log groups, roles and parameters of this stack live under: `/keyward/project/stack/`. */
export function stackPath(): string {
    return `/keyward/${pulumi.getProject()}/${pulumi.getStack()}/`;
}
