import { accountId, type Identity } from "./identity";
import { openShape, type ObjectShape, type PropertyShape } from "./resource-shape";
import { isPlainObject, UNKNOWN, type Properties } from "./wire";

type Choose = (property: string, shape: PropertyShape) => unknown;

/** Outputs of a resource that does not exist yet: what AWS will choose is unknown. */
export function plannedOutputs(shape: ObjectShape, inputs: Properties): Properties {
    return laidOut(shape, inputs, () => UNKNOWN);
}

/** Outputs of a resource that exists: every computed property has a value that looks like one of AWS's. */
export function createdOutputs(
    shape: ObjectShape,
    inputs: Properties,
    identity: Identity,
    region: string,
): Properties {
    const hex = identity.id.replaceAll(/[^0-9a-f]/g, "").padEnd(17, "0");
    const choose: Choose = (property, { kind, properties }) => {
        if (kind === "object") {
            return laidOut(properties?.() ?? new Map<string, PropertyShape>(), {}, choose);
        }
        if (kind === "string") {
            return chosenText(property, identity, region, hex);
        }
        return { boolean: false, number: chosenNumbers[property] ?? 0, list: [], map: {} }[kind];
    };
    return laidOut(shape, inputs, choose);
}

/** Outputs after a change in place: new inputs over what AWS had chosen. */
export function updatedOutputs(
    shape: ObjectShape,
    inputs: Properties,
    before: Properties,
): Properties {
    return laidOut(shape, inputs, (property) => before[property]);
}

function laidOut(shape: ObjectShape, inputs: Properties, choose: Choose): Properties {
    const outputs: Properties = shape === openShape ? { ...inputs } : {};
    for (const [property, expected] of shape) {
        const given = inputs[property];
        const { properties } = expected;
        const deeper = (value: unknown): unknown =>
            isPlainObject(value) && properties !== undefined
                ? laidOut(properties(), value, choose)
                : value;
        if (given !== undefined) {
            outputs[property] = Array.isArray(given) ? given.map(deeper) : deeper(given);
        } else if (expected.computed) {
            outputs[property] = choose(property, expected);
        }
    }
    return outputs;
}

const chosenNumbers: Readonly<Record<string, number>> = {
    defaultVersion: 1,
    httpPutResponseHopLimit: 1,
    latestVersion: 1,
    volumeSize: 8,
};

const chosenTexts: Readonly<Record<string, string>> = {
    accountId,
    defaultSecurityGroupId: "sg-",
    defaultVersion: "1",
    httpTokens: "optional",
    instanceMetadataTags: "disabled",
    instanceState: "running",
    latestVersion: "1",
    mainRouteTableId: "rtb-",
    defaultRouteTableId: "rtb-",
    defaultNetworkAclId: "acl-",
    networkInterfaceId: "eni-",
    ownerId: accountId,
    prefixListId: "pl-",
    primaryNetworkInterfaceId: "eni-",
    securityGroupRuleId: "sgr-",
    subnetId: "subnet-",
    tenancy: "default",
    volumeId: "vol-",
    vpcId: "vpc-",
};

function chosenText(property: string, identity: Identity, region: string, hex: string): string {
    const fixed = chosenTexts[property];
    if (fixed !== undefined) {
        return fixed.endsWith("-") ? `${fixed}${hex.slice(0, 17)}` : fixed;
    }
    const octet = (at: number): string => String(parseInt(hex.slice(at, at + 2), 16) % 250);
    switch (property) {
        case "arn":
        case "topicArn":
            return identity.arn;
        case "keyId":
        case "bucket":
        case "name":
        case "id":
            return identity.id;
        case "region":
            return region;
        case "availabilityZone":
            return `${region}a`;
        case "privateIp":
            return `10.0.${octet(0)}.${octet(2)}`;
        case "privateDns":
            return `ip-10-0-${octet(0)}-${octet(2)}.${region}.compute.internal`;
        case "dnsName":
            return `${hex.slice(0, 12)}.elb.${region}.amazonaws.com`;
        default:
            return /(Arn|Id)$/.test(property) ? `${property}-${hex.slice(0, 12)}` : "";
    }
}
