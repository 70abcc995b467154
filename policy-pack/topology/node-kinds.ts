import {
    bucketTypes,
    customerKeyTypes,
    securityGroupTypes,
    subnetTypes,
    TypeToken,
    vpcTypes,
} from "../../aws/type-tokens";
import type { PropertyPath } from "../graph/peek";

/** How the resources of some types are drawn. */
export interface NodeKind {
    readonly kind: string;
    /** Name of a fact → property that holds it. */
    readonly facts: Readonly<Record<string, PropertyPath>>;
}

const server = (facts: NodeKind["facts"]): NodeKind => ({ kind: "server", facts });
const machineFacts = { size: ["instanceType"], image: ["ami"], zone: ["availabilityZone"] };

const kindsOfTypes: readonly (readonly [readonly string[], NodeKind])[] = [
    [vpcTypes, { kind: "network", facts: { cidr: ["cidrBlock"] } }],
    [subnetTypes, { kind: "subnet", facts: { cidr: ["cidrBlock"], zone: ["availabilityZone"] } }],
    [[TypeToken.Instance, TypeToken.SpotInstanceRequest], server(machineFacts)],
    [[TypeToken.LaunchTemplate], server({ size: ["instanceType"], image: ["imageId"] })],
    [[TypeToken.LaunchConfiguration], server({ size: ["instanceType"], image: ["imageId"] })],
    [[TypeToken.AutoScalingGroup], server({ servers: ["desiredCapacity"], most: ["maxSize"] })],
    [
        [TypeToken.VpcEndpoint],
        { kind: "endpoint", facts: { service: ["serviceName"], type: ["vpcEndpointType"] } },
    ],
    [securityGroupTypes, { kind: "security-group", facts: { description: ["description"] } }],
    [
        ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"],
        { kind: "load-balancer", facts: { type: ["loadBalancerType"], internal: ["internal"] } },
    ],
    [
        [TypeToken.LogGroup],
        { kind: "log-group", facts: { name: ["name"], retentionDays: ["retentionInDays"] } },
    ],
    [
        bucketTypes,
        { kind: "bucket", facts: { name: ["bucket"], objectLock: ["objectLockEnabled"] } },
    ],
    [customerKeyTypes, { kind: "key", facts: { rotation: ["enableKeyRotation"] } }],
    [
        ["aws:cloudtrail/trail:Trail"],
        { kind: "trail", facts: { validation: ["enableLogFileValidation"] } },
    ],
    [["aws:sns/topic:Topic"], { kind: "topic", facts: { name: ["name"] } }],
];

const kindByType = new Map(
    kindsOfTypes.flatMap(([types, kind]) => types.map((type) => [type, kind] as const)),
);

/** How resources of a type are drawn; undefined for types that no drawing shows. */
export function nodeKindOf(type: string): NodeKind | undefined {
    return kindByType.get(type);
}
