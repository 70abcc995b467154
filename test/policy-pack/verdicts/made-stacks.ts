import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { Mutation } from "../../support/reference-graph";
import { sketchResource } from "../../support/resources";

const instance = "aws:ec2/instance:Instance";
const provider = "pulumi:providers:aws";
const key = "aws:kms/key:Key";
const group = "aws:ec2/securityGroup:SecurityGroup";
const filter = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const detector = "aws:guardduty/detector:Detector";
const feature = "aws:guardduty/detectorFeature:DetectorFeature";
const peers = { protocol: "tcp", fromPort: 8200, toPort: 8200, self: true, description: "peers" };
const metric = { namespace: "Audit", name: "Stopped", value: "1" };

/** A stack of someone's with nothing that a policy is about. */
export const unrelated: readonly RegisteredResource[] = [
    sketchResource({ type: "pulumi:pulumi:Stack", name: "vault-dev", custom: false }),
    sketchResource({ type: "random:index/randomPet:RandomPet", name: "pet" }),
];

/** A sound stack with what it may as well leave to the account, or do without. */
export function completed(sound: readonly RegisteredResource[]): readonly RegisteredResource[] {
    const server = firstOf(sound, instance);
    const topic = firstOf(sound, alarm);
    return new Mutation(sound)
        .add(detector, "account", server, { enable: true })
        .add(feature, "runtime", server, featureOf("RUNTIME_MONITORING"))
        .add(feature, "malware", server, featureOf("EBS_MALWARE_PROTECTION"))
        .add("aws:inspector2/enabler:Enabler", "account", server, {
            ...{ accountIds: ["123456789012"], resourceTypes: ["EC2"] },
        })
        .add(...filterOf(sound, metric))
        .add(
            alarm,
            "stopped",
            topic,
            { ...topic.properties, namespace: metric.namespace, metricName: metric.name },
            topic.propertyDependencies,
        ).graph;
}

/** A sound stack with weaknesses that no single value makes. */
export function weakened(sound: readonly RegisteredResource[]): readonly RegisteredResource[] {
    const server = firstOf(sound, instance);
    const baseline = firstOf(sound, "aws:ssm/patchBaseline:PatchBaseline");
    const [first] = sound.filter(({ type }) => type === key);
    const open = { ...server.properties, disableApiTermination: false };
    const unprotected = sound.map((one) =>
        one === first ? { ...one, options: { ...one.options, protect: false } } : one,
    );
    return new Mutation(unprotected)
        .change(provider, firstOf(sound, provider).name, { accessKey: "AKIAABCDEFGHIJKLMNOP" })
        .change(group, "server", { ingress: [peers] })
        .change(instance, server.name, {
            disableApiTermination: false,
            userData: "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMNOP\n",
        })
        .change(baseline.type, baseline.name, { sources: [untrustedSource] })
        .add(instance, "second", server, open, server.propertyDependencies)
        .add("aws:iam/user:User", "robot", server, { name: "robot" })
        .add(...administratorOf(firstOf(sound, "aws:iam/role:Role", "server")))
        .add(...filterOf(sound, { ...metric, value: "0" })).graph;
}

/** A sound stack with doubts that no single unknown value makes. */
export function clouded(sound: readonly RegisteredResource[]): readonly RegisteredResource[] {
    const server = firstOf(sound, instance);
    const hidden = { ...server.properties, disableApiTermination: UNKNOWN };
    const elsewhere = "arn:aws:sns:eu-central-1:999999999999:elsewhere";
    return new Mutation(sound)
        .change(provider, firstOf(sound, provider).name, { region: UNKNOWN })
        .change(group, "server", { ingress: UNKNOWN })
        .change(alarm, firstOf(sound, alarm).name, { alarmActions: [elsewhere] })
        .add(instance, "second", server, hidden, server.propertyDependencies)
        .add(detector, "account", server, { enable: UNKNOWN })
        .add(...filterOf(sound, { ...metric, value: UNKNOWN })).graph;
}

const untrustedSource = {
    name: "packages",
    products: ["AmazonLinux2023"],
    configuration: "[packages]\nbaseurl=http://packages.example.com\ngpgcheck=0",
};

function featureOf(name: string): Readonly<Record<string, unknown>> {
    return { detectorId: UNKNOWN, name, status: "ENABLED" };
}

type Added = Parameters<Mutation["add"]>;

function filterOf(
    sound: readonly RegisteredResource[],
    metricTransformation: Readonly<Record<string, unknown>>,
): Added {
    const log = firstOf(sound, "aws:cloudwatch/logGroup:LogGroup");
    const written = {
        ...{ name: "stopped", pattern: "{ $.eventName = StopLogging }" },
        ...{ logGroupName: UNKNOWN, metricTransformation },
    };
    return [filter, "stopped", log, written, { logGroupName: [log.urn] }];
}

function administratorOf(role: RegisteredResource): Added {
    return [
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "administrator",
        role,
        { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        { role: [role.urn] },
    ];
}

function firstOf(
    resources: readonly RegisteredResource[],
    type: string,
    name?: string,
): RegisteredResource {
    const found = resources.find(
        (resource) => resource.type === type && resource.name === (name ?? resource.name),
    );
    if (found === undefined) {
        throw new Error(`the stack has no ${type}`);
    }
    return found;
}
