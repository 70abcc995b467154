import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";
import { json, type Place } from "./leaves";

/** The ways in which a value is changed. */
export const operators = ["delete", "empty", "flip", "widen", "narrow", "foreign"] as const;
export type Operator = (typeof operators)[number];

/** A change of one place. */
export interface Change {
    readonly operator: Operator;
    /** Undefined takes the place away. */
    readonly value: unknown;
}

/** Words that configuration writes instead of true and false, and weaker words of the same kind. */
const opposites: Readonly<Record<string, string>> = {
    true: "false",
    false: "true",
    enabled: "disabled",
    disabled: "enabled",
    Enabled: "Disabled",
    Disabled: "Enabled",
    required: "optional",
    Allow: "Deny",
    Deny: "Allow",
    COMPLIANCE: "GOVERNANCE",
    CRITICAL: "UNSPECIFIED",
    HIGH: "UNSPECIFIED",
    BLOCK: "ALLOW_AS_DEPENDENCY",
    Install: "Scan",
    Scan: "Install",
    RebootIfNeeded: "NoReboot",
    CANCEL_TASK: "CONTINUE_TASK",
    ALL: "REJECT",
    breaching: "notBreaching",
    notBreaching: "ignore",
    "aws:kms": "AES256",
    yes: "no",
    no: "yes",
    StringEquals: "StringNotEquals",
};

const briefly: ReadonlySet<Operator> = new Set(["empty", "widen", "narrow"]);

const account = "123456789012";
const otherAccount = "999999999999";

/** Ids of another account or network, by the type that a value comes from. */
const foreignIds: Readonly<Record<string, string>> = {
    "aws:backup/vault:Vault": `arn:aws:backup:eu-central-1:${otherAccount}:backup-vault:foreign`,
    "aws:cloudwatch/logGroup:LogGroup": `arn:aws:logs:eu-central-1:${otherAccount}:log-group:foreign:*`,
    "aws:iam/policy:Policy": `arn:aws:iam::${otherAccount}:policy/foreign`,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": `arn:aws:firehose:eu-central-1:${otherAccount}:deliverystream/foreign`,
    "aws:lambda/function:Function": `arn:aws:lambda:eu-central-1:${otherAccount}:function:foreign`,
    "aws:lb/loadBalancer:LoadBalancer": `arn:aws:elasticloadbalancing:eu-central-1:${otherAccount}:loadbalancer/net/foreign/0f0e0d0c0b0a0908`,
    "aws:lb/targetGroup:TargetGroup": `arn:aws:elasticloadbalancing:eu-central-1:${otherAccount}:targetgroup/foreign/0f0e0d0c0b0a0908`,
    "aws:sns/topic:Topic": `arn:aws:sns:eu-central-1:${otherAccount}:foreign`,
    "aws:kms/key:Key": `arn:aws:kms:eu-central-1:${otherAccount}:key/0f0e0d0c-0000-4000-8000-000000000000`,
    "aws:iam/role:Role": `arn:aws:iam::${otherAccount}:role/foreign`,
    "aws:ec2/vpc:Vpc": "vpc-0f0e0d0c0b0a09080",
    "aws:ec2/subnet:Subnet": "subnet-0f0e0d0c0b0a09080",
    "aws:ec2/securityGroup:SecurityGroup": "sg-0f0e0d0c0b0a09080",
    "aws:ec2/instance:Instance": "i-0f0e0d0c0b0a09080",
    "aws:ebs/volume:Volume": "vol-0f0e0d0c0b0a09080",
    "aws:ec2/routeTable:RouteTable": "rtb-0f0e0d0c0b0a09080",
};

/** Every change that a place is put to: none makes it what it was. */
export function changesOf(
    place: Place,
    resource: RegisteredResource,
    graph: ReadonlyMap<string, RegisteredResource>,
): readonly Change[] {
    const { value } = place;
    const changes: Change[] = [{ operator: "delete", value: undefined }];
    // A step of a document that says nothing and one that says something else are judged alike, and documents take longest to judge.
    const brief = resource.type === "aws:ssm/document:Document" && place.steps.includes(json);
    const add = (operator: Operator, other: unknown): void => {
        if (other !== value && !(brief && briefly.has(operator))) {
            changes.push({ operator, value: other });
        }
    };
    if (value === UNKNOWN) {
        add("foreign", foreignOf(place, resource, graph));
    } else if (typeof value === "boolean") {
        add("flip", !value);
    } else if (typeof value === "number") {
        add("widen", value * 10 + 1);
        add("narrow", 0);
    } else if (typeof value === "string") {
        changesOfText(value, place, add);
    } else if (Array.isArray(value) && value.length > 0) {
        add("empty", []);
    } else if (isPlainObject(value) && Object.keys(value).length > 0) {
        add("empty", {});
    }
    return changes;
}

function changesOfText(
    value: string,
    { steps }: Place,
    add: (operator: Operator, other: unknown) => void,
): void {
    add("empty", "");
    const opposite = Object.hasOwn(opposites, value) ? opposites[value] : undefined;
    if (opposite !== undefined) {
        add("flip", opposite);
        return;
    }
    if (/^\d+(\.\d+){3}\/\d+$/.test(value)) {
        add("widen", "0.0.0.0/0");
        add("foreign", "203.0.113.0/24");
    } else if (/^\d+$/.test(value) && value !== account) {
        add("widen", `${value}1`);
        add("narrow", "0");
    } else if (/^(rate|cron)\(/.test(value)) {
        add("widen", "cron(0 4 1 1 ? *)");
    } else if (steps.includes(json) && isPolicyWord(steps)) {
        add("widen", "*");
    }
    if (!isPlainObject(documentOf(value)) && value !== "*") {
        add(
            "foreign",
            value.includes(account) ? value.replaceAll(account, otherAccount) : `foreign-${value}`,
        );
    }
}

function documentOf(value: string): unknown {
    try {
        return JSON.parse(value);
    } catch {
        return undefined;
    }
}

/** Whether a text names actions, resources or principals of an IAM policy. */
function isPolicyWord(steps: Place["steps"]): boolean {
    return ["Action", "Resource", "Principal"].some((word) => steps.includes(word));
}

function foreignOf(
    { steps: [property] }: Place,
    { propertyDependencies }: RegisteredResource,
    graph: ReadonlyMap<string, RegisteredResource>,
): string {
    const sources = typeof property === "string" ? (propertyDependencies[property] ?? []) : [];
    const [known] = sources
        .map((urn) => foreignIds[graph.get(urn)?.type ?? ""])
        .filter((id) => id !== undefined);
    return known ?? "foreign-0f0e0d0c0b0a09080";
}
