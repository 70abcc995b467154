import { createHash } from "node:crypto";
import { computePolicyDocument } from "./policy-document";

type Fields = Readonly<Record<string, unknown>>;

/** A fact that an answer rests on: known, or taken for true. */
export interface Basis {
    readonly value: string;
    readonly assumed: boolean;
}

/** What AWS functions are answered from. */
export interface AwsSurroundings {
    readonly region: Basis;
    readonly account: Basis;
    /** Names; undefined for the first three of the region. */
    readonly zones: readonly string[] | undefined;
    readonly parameters: Readonly<Record<string, string>>;
}

/** A computed result. Fields that it leaves out are unknown. */
export interface ComputedAnswer {
    readonly result: Fields;
    /** Rests on something that nobody stated. */
    readonly assumed: boolean;
}

type Compute = (args: Fields, aws: AwsSurroundings) => ComputedAnswer | undefined;

const partitions: readonly {
    readonly prefix: string;
    readonly id: string;
    readonly dnsSuffix: string;
}[] = [
    { prefix: "cn-", id: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
    { prefix: "us-gov-", id: "aws-us-gov", dnsSuffix: "amazonaws.com" },
    { prefix: "", id: "aws", dnsSuffix: "amazonaws.com" },
];

function partitionOf(region: string): { readonly id: string; readonly dnsSuffix: string } {
    return (
        partitions.find(({ prefix }) => region.startsWith(prefix)) ?? {
            id: "aws",
            dnsSuffix: "amazonaws.com",
        }
    );
}

const region: Compute = (_args, aws) => ({
    result: {
        id: aws.region.value,
        name: aws.region.value,
        region: aws.region.value,
        endpoint: `ec2.${aws.region.value}.${partitionOf(aws.region.value).dnsSuffix}`,
    },
    assumed: aws.region.assumed,
});

const partition: Compute = (_args, aws) => {
    const { id, dnsSuffix } = partitionOf(aws.region.value);
    const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
    return {
        result: { id, partition: id, dnsSuffix, reverseDnsPrefix },
        assumed: aws.region.assumed,
    };
};

const callerIdentity: Compute = (_args, aws) => ({
    result: { id: aws.account.value, accountId: aws.account.value },
    assumed: aws.account.assumed,
});

const availabilityZones: Compute = (args, aws) => {
    const excluded = new Set(Array.isArray(args["excludeNames"]) ? args["excludeNames"] : []);
    const names = (
        aws.zones ?? ["a", "b", "c"].map((letter) => `${aws.region.value}${letter}`)
    ).filter((name) => !excluded.has(name));
    return {
        result: { ...args, id: aws.region.value, region: aws.region.value, names },
        assumed: aws.zones === undefined,
    };
};

/** Parameters below `/aws/service/` are Amazon's own, readable by everyone; others belong to an account and are not guessed. */
const parameter: Compute = (args, aws) => {
    const name = typeof args["name"] === "string" ? args["name"] : "";
    const stated = Object.hasOwn(aws.parameters, name) ? aws.parameters[name] : undefined;
    const isImage = /^\/aws\/service\/.*(ami|image)/.test(name);
    if (stated === undefined && !isImage) {
        return undefined;
    }
    const value = stated ?? `ami-${createHash("sha256").update(name).digest("hex").slice(0, 17)}`;
    return {
        result: { ...args, id: name, name, value, insecureValue: value, region: aws.region.value },
        assumed: stated === undefined,
    };
};

const arn: Compute = (args) => {
    const written = typeof args["arn"] === "string" ? args["arn"] : "";
    const [prefix, part = "", service = "", place = "", account = "", ...rest] = written.split(":");
    return prefix !== "arn" || rest.length === 0
        ? undefined
        : {
              result: {
                  id: written,
                  arn: written,
                  partition: part,
                  service,
                  region: place,
                  account,
                  resource: rest.join(":"),
              },
              assumed: false,
          };
};

/** China has names of its own for some services; there nothing is computed. */
const servicePrincipal: Compute = (args, aws) => {
    const serviceName = typeof args["serviceName"] === "string" ? args["serviceName"] : "";
    const { id, dnsSuffix } = partitionOf(aws.region.value);
    const name = `${serviceName}.${dnsSuffix}`;
    return id === "aws-cn"
        ? undefined
        : {
              result: {
                  id: `${serviceName}.${aws.region.value}.${dnsSuffix}`,
                  name,
                  serviceName,
                  suffix: dnsSuffix,
                  region: aws.region.value,
              },
              assumed: aws.region.assumed,
          };
};

const policyDocument: Compute = (args) => ({
    result: computePolicyDocument(args),
    assumed: false,
});

const functions: Readonly<Record<string, Compute>> = {
    "aws:index/getRegion:getRegion": region,
    "aws:index/getPartition:getPartition": partition,
    "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
    "aws:index/getAvailabilityZones:getAvailabilityZones": availabilityZones,
    "aws:index/getArn:getArn": arn,
    "aws:index/getServicePrincipal:getServicePrincipal": servicePrincipal,
    "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
    "aws:ssm/getParameter:getParameter": parameter,
    "aws-native:index:getRegion": region,
    "aws-native:index:getPartition": partition,
    "aws-native:index:getAccountId": callerIdentity,
};

/** Answers an AWS function from its arguments and surroundings; undefined for one that cannot be computed. May throw. */
export function computeAwsAnswer(
    token: string,
    args: Fields,
    aws: AwsSurroundings,
): ComputedAnswer | undefined {
    return Object.hasOwn(functions, token) ? functions[token]?.(args, aws) : undefined;
}
