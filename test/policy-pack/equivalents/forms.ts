import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import {
    beside,
    eachOf,
    moved,
    renamed,
    withProperties,
    type Graph,
    type Properties,
    type Rewrite,
} from "./rewriting";

const type = {
    bucket: "aws:s3/bucket:Bucket",
    group: "aws:ec2/securityGroup:SecurityGroup",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    instance: "aws:ec2/instance:Instance",
    key: "aws:kms/key:Key",
    role: "aws:iam/role:Role",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
} as const;

/** Rules of a group, by the group's URN. */
function rulesOf(graph: Graph, token: string): ReadonlyMap<string, readonly RegisteredResource[]> {
    const found = new Map<string, RegisteredResource[]>();
    for (const rule of graph.filter((resource) => resource.type === token)) {
        const [group = ""] = rule.propertyDependencies["securityGroupId"] ?? [];
        found.set(group, [...(found.get(group) ?? []), rule]);
    }
    return found;
}

/** Every rule as the older resource for rules in both directions. */
function asSecurityGroupRules(graph: Graph): Graph {
    return graph.map((rule) => {
        if (rule.type !== type.ingress && rule.type !== type.egress) {
            return rule;
        }
        const { properties, propertyDependencies } = moved(rule, {
            ipProtocol: "protocol",
            fromPort: "fromPort",
            toPort: "toPort",
            description: "description",
            securityGroupId: "securityGroupId",
            referencedSecurityGroupId: "sourceSecurityGroupId",
            prefixListId: "prefixListIds",
            cidrIpv4: "cidrBlocks",
        });
        const { prefixListIds, cidrBlocks, ...rest } = properties;
        return {
            ...beside(rule, "aws:ec2/securityGroupRule:SecurityGroupRule", rule.name, {
                type: rule.type === type.ingress ? "ingress" : "egress",
                ...rest,
                ...(prefixListIds === undefined ? {} : { prefixListIds: [prefixListIds] }),
                ...(cidrBlocks === undefined ? {} : { cidrBlocks: [cidrBlocks] }),
            }),
            propertyDependencies,
            dependencies: rule.dependencies,
        };
    });
}

/** Every rule within its group. */
function inline(graph: Graph): Graph {
    const directions = [
        ["ingress", rulesOf(graph, type.ingress)],
        ["egress", rulesOf(graph, type.egress)],
    ] as const;
    return graph
        .filter((resource) => resource.type !== type.ingress && resource.type !== type.egress)
        .map((group) =>
            group.type !== type.group
                ? group
                : directions.reduce((made, [property, rules]) => {
                      const own = rules.get(group.urn) ?? [];
                      const sources = own.flatMap(({ propertyDependencies: all }) => [
                          ...(all["referencedSecurityGroupId"] ?? []),
                          ...(all["prefixListId"] ?? []),
                      ]);
                      return {
                          ...withProperties(made, { [property]: own.map(inlineRule) }),
                          propertyDependencies: {
                              ...made.propertyDependencies,
                              [property]: [...new Set(sources)],
                          },
                          dependencies: [...made.dependencies, ...sources],
                      };
                  }, group),
        );
}

function inlineRule({ properties }: RegisteredResource): Properties {
    const { ipProtocol, fromPort, toPort, description } = properties;
    return {
        protocol: ipProtocol,
        fromPort,
        toPort,
        description,
        ...("referencedSecurityGroupId" in properties
            ? { securityGroups: [properties["referencedSecurityGroupId"]] }
            : {}),
        ...("cidrIpv4" in properties ? { cidrBlocks: [properties["cidrIpv4"]] } : {}),
        ...("prefixListId" in properties ? { prefixListIds: [properties["prefixListId"]] } : {}),
    };
}

/** Buckets and their settings in the second generation of the provider. */
const secondGeneration = renamed(
    Object.fromEntries(
        [
            ...["Bucket", "BucketVersioning", "BucketObjectLockConfiguration"],
            ...["BucketServerSideEncryptionConfiguration", "BucketLifecycleConfiguration"],
        ].map((name) => {
            const module = `${name[0]?.toLowerCase() ?? ""}${name.slice(1)}`;
            return [`aws:s3/${module}:${name}`, `aws:s3/${module}V2:${name}V2`];
        }),
    ),
);

/** Versioning and encryption within the bucket, as its first generation writes them. */
function inBucket(graph: Graph): Graph {
    const partOf = (bucket: RegisteredResource, token: string): RegisteredResource | undefined =>
        graph.find(
            (part) =>
                part.type === token && part.properties["bucket"] === bucket.properties["bucket"],
        );
    const versioning = "aws:s3/bucketVersioning:BucketVersioning";
    const encryption =
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    return graph
        .filter((resource) => resource.type !== versioning && resource.type !== encryption)
        .map((bucket) => {
            const encrypted = partOf(bucket, encryption);
            if (bucket.type !== type.bucket || encrypted === undefined) {
                return bucket;
            }
            const [rule] = encrypted.properties["rules"] as readonly unknown[];
            const property = "serverSideEncryptionConfiguration";
            return {
                ...withProperties(bucket, { versioning: { enabled: true }, [property]: { rule } }),
                propertyDependencies: {
                    ...bucket.propertyDependencies,
                    [property]: encrypted.propertyDependencies["rules"] ?? [],
                },
            };
        });
}

/** Gives every resource of a type a companion that holds one of its properties. */
function split(
    token: string,
    companion: string,
    property: string,
    link: string,
    as = property,
): (graph: Graph) => Graph {
    return (graph) =>
        graph.flatMap((resource) => {
            if (resource.type !== token || resource.properties[property] === undefined) {
                return [resource];
            }
            const { properties, propertyDependencies } = moved(resource, { [property]: as });
            const made = beside(
                resource,
                companion,
                `${resource.name}-${property}`,
                { ...properties, [link]: UNKNOWN },
                { ...propertyDependencies, [link]: [resource.urn] },
            );
            return [withProperties(resource, { [property]: undefined }), made];
        });
}

/** Gives every inline policy of a role to the role in another way. */
function attached(
    attach: (role: RegisteredResource, policy: RegisteredResource) => Graph,
    inRole: (role: RegisteredResource, own: Graph) => RegisteredResource = (role) => role,
): (graph: Graph) => Graph {
    return (graph) => {
        const roleOf = (policy: RegisteredResource): RegisteredResource | undefined => {
            const [urn] = policy.propertyDependencies["role"] ?? [];
            return graph.find(
                (one) =>
                    one.type === type.role &&
                    (one.urn === urn || one.properties["name"] === policy.properties["role"]),
            );
        };
        const policies = graph.filter(({ type: token }) => token === type.rolePolicy);
        return graph.flatMap((resource) => {
            if (resource.type === type.rolePolicy) {
                const role = roleOf(resource);
                return role === undefined ? [resource] : attach(role, resource);
            }
            return resource.type === type.role
                ? [
                      inRole(
                          resource,
                          policies.filter((policy) => roleOf(policy) === resource),
                      ),
                  ]
                : [resource];
        });
    };
}

const managed = ({ name, properties, ...policy }: RegisteredResource): RegisteredResource =>
    beside({ name, properties, ...policy }, "aws:iam/policy:Policy", name, {
        policy: properties["policy"],
    });

const attachment = (token: string, role: string): Rewrite["rewrite"] =>
    attached((roleResource, policy) => {
        const made = managed(policy);
        return [
            made,
            beside(
                policy,
                token,
                policy.name,
                { [role]: role === "roles" ? [UNKNOWN] : UNKNOWN, policyArn: UNKNOWN },
                { [role]: [roleResource.urn], policyArn: [made.urn] },
            ),
        ];
    });

/** Tags of the only machine among the default tags of the provider. */
function byProvider(graph: Graph): Graph {
    const [server, ...others] = graph.filter(({ type: token }) => token === type.instance);
    if (server === undefined || others.length > 0) {
        return graph;
    }
    const shared = Object.entries(server.properties["tags"] as Properties);
    const defaults = { tags: Object.fromEntries(shared.filter(([name]) => name !== "Name")) };
    const { provider } = server;
    return graph.map((resource) =>
        resource.urn === provider
            ? withProperties(resource, { defaultTags: JSON.stringify(defaults) })
            : resource.type === type.instance
              ? withProperties(resource, { tags: undefined })
              : resource,
    );
}

/** Keys named through an alias, wherever a property takes its value from a key alone. */
function throughAliases(graph: Graph): Graph {
    const keys = graph.filter(({ type: token }) => token === type.key);
    const aliases = new Map(
        keys.map((key) => [
            key.urn,
            beside(
                key,
                "aws:kms/alias:Alias",
                `${key.name}-other`,
                { name: `alias/${key.name}-other`, targetKeyId: UNKNOWN },
                { targetKeyId: [key.urn] },
            ),
        ]),
    );
    const named = new Set(["kmsKeyId", "kmsMasterKeyId", "kmsKeyArn"]);
    return [
        ...graph.map((resource) => ({
            ...resource,
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([name, urns]) => [
                    name,
                    named.has(name) ? urns.map((urn) => aliases.get(urn)?.urn ?? urn) : urns,
                ]),
            ),
        })),
        ...aliases.values(),
    ];
}

/** The security groups of machines on interfaces of their own. */
function onInterfaces(graph: Graph): Graph {
    return graph.flatMap((server) => {
        if (server.type !== type.instance) {
            return [server];
        }
        const { properties, propertyDependencies } = moved(server, {
            vpcSecurityGroupIds: "securityGroups",
            subnetId: "subnetId",
        });
        const made = {
            ...beside(
                server,
                "aws:ec2/networkInterface:NetworkInterface",
                `${server.name}-eni`,
                {},
            ),
            properties,
            propertyDependencies,
            dependencies: Object.values(propertyDependencies).flat(),
        };
        const bare = withProperties(server, {
            vpcSecurityGroupIds: undefined,
            subnetId: undefined,
            associatePublicIpAddress: undefined,
            networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: UNKNOWN }],
        });
        return [
            made,
            {
                ...bare,
                propertyDependencies: {
                    ...bare.propertyDependencies,
                    vpcSecurityGroupIds: [],
                    subnetId: [],
                    networkInterfaces: [made.urn],
                },
            },
        ];
    });
}

/** Metadata options and the profile in a launch template. */
function byTemplate(graph: Graph): Graph {
    return graph.flatMap((server) => {
        if (server.type !== type.instance || "launchTemplate" in server.properties) {
            return [server];
        }
        const { properties, propertyDependencies } = moved(server, {
            iamInstanceProfile: "iamInstanceProfile",
            rootBlockDevice: "blockDeviceMappings",
        });
        const { rootBlockDevice: ebs } = server.properties;
        const made = beside(
            server,
            "aws:ec2/launchTemplate:LaunchTemplate",
            `${server.name}-template`,
            {
                iamInstanceProfile: { name: properties["iamInstanceProfile"] },
                blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }],
                metadataOptions: server.properties["metadataOptions"],
                disableApiStop: server.properties["disableApiStop"],
                disableApiTermination: server.properties["disableApiTermination"],
                monitoring: { enabled: server.properties["monitoring"] },
                updateDefaultVersion: true,
                tagSpecifications: [{ resourceType: "instance", tags: server.properties["tags"] }],
            },
            propertyDependencies,
        );
        const bare = withProperties(server, {
            metadataOptions: undefined,
            monitoring: undefined,
            iamInstanceProfile: undefined,
            launchTemplate: { id: UNKNOWN, version: "1" },
        });
        return [
            made,
            {
                ...bare,
                propertyDependencies: { ...bare.propertyDependencies, launchTemplate: [made.urn] },
            },
        ];
    });
}

const tokens = (from: string, to: string): Rewrite["rewrite"] => renamed({ [from]: to });

/** Everything within a component of somebody else. */
function withinComponent(graph: Graph): Graph {
    const [stack] = graph.filter(({ type: token }) => token === "pulumi:pulumi:Stack");
    if (stack === undefined) {
        return graph;
    }
    const component = {
        ...beside(stack, "acme:index:Landscape", "all", {}),
        custom: false,
        parent: stack.urn,
    };
    return [
        component,
        ...graph.map((resource) =>
            resource.parent === stack.urn ? { ...resource, parent: component.urn } : resource,
        ),
    ];
}

/** Other resources that say the same. */
export const formRewrites: readonly Rewrite[] = [
    { what: "security group rules as the older resource", rewrite: asSecurityGroupRules },
    { what: "security group rules within their groups", rewrite: inline },
    { what: "buckets of the second generation", rewrite: secondGeneration },
    { what: "versioning and encryption within buckets", rewrite: inBucket },
    {
        what: "policies of keys as resources of their own",
        rewrite: split(type.key, "aws:kms/keyPolicy:KeyPolicy", "policy", "keyId"),
    },
    {
        what: "policies of endpoints as resources of their own",
        rewrite: split(
            type.endpoint,
            "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
            "policy",
            "vpcEndpointId",
        ),
    },
    {
        what: "policies of topics as resources of their own",
        rewrite: split("aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy", "policy", "arn"),
    },
    {
        what: "policies of roles within the roles",
        rewrite: attached(
            () => [],
            (role, own) =>
                withProperties(role, {
                    inlinePolicies: own.map(({ name, properties }) => ({
                        name,
                        policy: properties["policy"],
                    })),
                }),
        ),
    },
    {
        what: "policies of roles as managed ones, attached one by one",
        rewrite: attachment("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"),
    },
    {
        what: "policies of roles as managed ones, attached to a list of roles",
        rewrite: attachment("aws:iam/policyAttachment:PolicyAttachment", "roles"),
    },
    {
        what: "policies of roles as managed ones that the roles name",
        rewrite: (graph) =>
            attached(
                (_, policy) => [managed(policy)],
                (role, own) => ({
                    ...withProperties(role, { managedPolicyArns: own.map(() => UNKNOWN) }),
                    propertyDependencies: {
                        ...role.propertyDependencies,
                        managedPolicyArns: own.map((policy) => managed(policy).urn),
                    },
                }),
            )(graph),
    },
    { what: "tags by the provider's default tags", rewrite: byProvider },
    {
        what: "tags as the provider computes them as well",
        rewrite: eachOf(type.instance, (server) =>
            withProperties(server, { tagsAll: server.properties["tags"] }),
        ),
    },
    { what: "keys through aliases", rewrite: throughAliases },
    { what: "network interfaces of their own", rewrite: onInterfaces },
    { what: "metadata options by a launch template", rewrite: byTemplate },
    {
        what: "load balancers by their second name",
        rewrite: renamed({
            "aws:lb/loadBalancer:LoadBalancer": "aws:alb/loadBalancer:LoadBalancer",
            "aws:lb/targetGroup:TargetGroup": "aws:alb/targetGroup:TargetGroup",
            "aws:lb/listener:Listener": "aws:alb/listener:Listener",
            "aws:lb/targetGroupAttachment:TargetGroupAttachment":
                "aws:alb/targetGroupAttachment:TargetGroupAttachment",
        }),
    },
    {
        what: "resources that had other names",
        rewrite: (graph) =>
            graph.map((resource) => ({
                ...resource,
                options: { ...resource.options, aliases: [`${resource.urn}-before`] },
            })),
    },
    {
        what: "all resources within a component of somebody else",
        rewrite: withinComponent,
    },
    {
        what: "bucket objects of the first generation",
        rewrite: tokens("aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"),
    },
];
