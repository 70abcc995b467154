import { createHash } from "node:crypto";
import { accountId } from "./identity";
import { policyDocument } from "./policy-document";
import type { Properties } from "./wire";

/** What an invoke may know. */
export interface InvokeContext {
    readonly region: string;
    /** Values of public SSM parameters that a test sets, by name; others are made up, always the same. */
    readonly parameters: Readonly<Record<string, string>>;
}

type Answer = (args: Properties, context: InvokeContext) => Properties;

const answers: Readonly<Record<string, Answer>> = {
    "aws:index/getAvailabilityZones:getAvailabilityZones": (_, { region }) => ({
        id: region,
        groupNames: [region],
        names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
        zoneIds: ["az1", "az2", "az3"].map((suffix) => `${region}-${suffix}`),
        region,
    }),
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
        id: accountId,
        accountId,
        arn: `arn:aws:iam::${accountId}:role/deployer`,
        userId: "AROAEXAMPLEDEPLOYER",
    }),
    "aws:index/getPartition:getPartition": () => ({
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:index/getRegion:getRegion": (_, { region }) => ({
        id: region,
        name: region,
        region,
        description: region,
        endpoint: `ec2.${region}.amazonaws.com`,
    }),
    "aws:ec2/getAmi:getAmi": (args, { region }) => ({
        ...args,
        id: imageId(JSON.stringify(args)),
        imageId: imageId(JSON.stringify(args)),
        architecture: "x86_64",
        arn: `arn:aws:ec2:${region}::image/${imageId(JSON.stringify(args))}`,
        rootDeviceName: "/dev/xvda",
        rootDeviceType: "ebs",
        region,
        tags: {},
    }),
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ name }, { region }) => ({
        id: `pl-${hex(String(name)).slice(0, 8)}`,
        name,
        addressFamily: "IPv4",
        arn: `arn:aws:ec2:${region}:aws:prefix-list/pl-${hex(String(name)).slice(0, 8)}`,
        entries: [],
        maxEntries: 0,
        ownerId: "AWS",
        version: 0,
        region,
        tags: {},
    }),
    "aws:ec2/getPrefixList:getPrefixList": ({ name }, { region }) => ({
        id: `pl-${hex(String(name)).slice(0, 8)}`,
        name,
        cidrBlocks: ["52.95.154.0/23"],
        region,
    }),
    "aws:ec2/getSubnet:getSubnet": (args, { region }) => ({
        vpcId: "vpc-0adopted",
        cidrBlock: "10.0.0.0/24",
        mapPublicIpOnLaunch: false,
        ...args,
        availabilityZone: `${region}a`,
        region,
    }),
    "aws:ec2/getSubnets:getSubnets": (_, { region }) => ({
        id: region,
        ids: ["subnet-0adopted1", "subnet-0adopted2", "subnet-0adopted3"],
        region,
        tags: {},
    }),
    "aws:ec2/getVpc:getVpc": (args, { region }) => ({
        id: "vpc-0adopted",
        cidrBlock: "10.0.0.0/16",
        enableDnsHostnames: true,
        enableDnsSupport: true,
        ...args,
        region,
    }),
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
        const json = policyDocument(args);
        return { ...args, id: hex(json).slice(0, 10), json, minifiedJson: minified(json) };
    },
    "aws:ssm/getParameter:getParameter": ({ name }, { parameters, region }) => ({
        id: String(name),
        name,
        arn: `arn:aws:ssm:${region}::parameter${String(name)}`,
        type: "String",
        value: parameters[String(name)] ?? imageId(String(name)),
        insecureValue: parameters[String(name)] ?? imageId(String(name)),
        version: 1,
        region,
    }),
};

/** Answers an invoke. Throws for one that the stand-in does not know, and names it. */
export function answer(token: string, args: Properties, context: InvokeContext): Properties {
    const known = answers[token];
    if (known === undefined) {
        throw new Error(
            `the stand-in AWS provider has no answer for ${token}; it knows ${Object.keys(answers).join(", ")}`,
        );
    }
    const { region } = args;
    return known(args, typeof region === "string" ? { ...context, region } : context);
}

function imageId(seed: string): string {
    return `ami-${hex(seed).slice(0, 17)}`;
}

function minified(json: string): string {
    return JSON.stringify(JSON.parse(json));
}

function hex(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}
