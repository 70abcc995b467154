import assert from "node:assert/strict";
import { requiredVpcEndpoints as rule } from "../../../policy-pack/rules/required-vpc-endpoints";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

type Properties = Readonly<Record<string, unknown>>;
const services = ["ec2messages", "kms", "logs", "monitoring", "s3", "ssm", "ssmmessages", "sts"];

interface Changes {
    readonly vpc?: Properties;
    readonly endpoints?: Readonly<Record<string, Properties | null>>;
    readonly routes?: readonly Properties[];
    readonly region?: string;
}

function stack({ vpc, endpoints = {}, routes = [], region = "eu-central-1" }: Changes = {}) {
    const network = resource("aws:ec2/vpc:Vpc", "network", { enableDnsHostnames: true, ...vpc });
    const vpcId = from(network);
    const subnet = resource("aws:ec2/subnet:Subnet", "private", { vpcId });
    const table = resource("aws:ec2/routeTable:RouteTable", "table", { vpcId, routes });
    const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId });
    const made = services.flatMap((service) => {
        const changed = endpoints[service];
        const placed =
            service === "s3"
                ? { vpcEndpointType: "Gateway", routeTableIds: [from(table)] }
                : {
                      vpcEndpointType: "Interface",
                      privateDnsEnabled: true,
                      subnetIds: [from(subnet)],
                      securityGroupIds: [from(group)],
                  };
        const serviceName = `com.amazonaws.${region}.${service}`;
        return changed === null
            ? []
            : [
                  resource("aws:ec2/vpcEndpoint:VpcEndpoint", service, {
                      vpcId,
                      serviceName,
                      ...placed,
                      ...changed,
                  }),
              ];
    });
    return [
        network,
        subnet,
        table,
        group,
        ...made,
        resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "association", {
            subnetId: from(subnet),
            routeTableId: from(table),
        }),
        resource("aws:ec2/instance:Instance", "server", { subnetId: from(subnet) }),
    ];
}

describe("required-vpc-endpoints", () => {
    for (const [title, changes, expected] of [
        ["passes a closed network with every endpoint", {}, "pass network"],
        [
            "passes without the older message service where the region has none",
            { endpoints: { ec2messages: null }, region: "mx-central-1" },
            "pass network",
        ],
        [
            "fails without the older message service elsewhere",
            { endpoints: { ec2messages: null } },
            "fail network",
        ],
        ["fails without an endpoint", { endpoints: { logs: null } }, "fail network"],
        [
            "fails an endpoint without private names",
            { endpoints: { ssm: { privateDnsEnabled: undefined } } },
            "fail ssm privateDnsEnabled",
        ],
        [
            "takes text for private names",
            { endpoints: { ssm: { privateDnsEnabled: "true" } } },
            "pass network",
        ],
        [
            "fails an endpoint behind the default group",
            { endpoints: { kms: { securityGroupIds: undefined } } },
            "fail kms securityGroupIds",
        ],
        [
            "fails an endpoint in no subnet of the servers",
            { endpoints: { sts: { subnetIds: [] } } },
            "fail sts subnetIds",
        ],
        [
            "fails a gateway that the servers' routes do not lead to",
            { endpoints: { s3: { routeTableIds: [] } } },
            "fail s3 routeTableIds",
        ],
        [
            "fails a network without host names",
            { vpc: { enableDnsHostnames: undefined } },
            "fail network enableDnsHostnames",
        ],
        [
            "fails a network without DNS",
            { vpc: { enableDnsSupport: false } },
            "fail network enableDnsSupport",
        ],
        [
            "is not applicable to a network with a way out",
            {
                endpoints: { logs: null },
                routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }],
            },
            "not-applicable network",
        ],
        [
            "is indeterminate for unknown private names",
            { endpoints: { ssm: { privateDnsEnabled: unknown } } },
            "indeterminate ssm privateDnsEnabled",
        ],
        [
            "is indeterminate for unknown subnets",
            { endpoints: { ssm: { subnetIds: unknown } } },
            "indeterminate ssm subnetIds",
        ],
        [
            "is indeterminate for unknown route tables",
            { endpoints: { s3: { routeTableIds: [unknown] } } },
            "indeterminate s3 routeTableIds",
        ],
        [
            "is indeterminate for an unknown service that may be the missing one",
            { endpoints: { logs: { serviceName: unknown } } },
            "indeterminate logs serviceName",
        ],
        [
            "is indeterminate for unknown DNS",
            { vpc: { enableDnsSupport: unknown } },
            "indeterminate network enableDnsSupport",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, stack(changes)), [expected]);
        });
    }

    it("names the service that is missing", () => {
        assert.deepEqual(messages(rule, stack({ endpoints: { kms: null } })), [
            "the network has no way out and no endpoint for kms, so its servers cannot reach that service",
        ]);
    });

    it("finds an endpoint that a resource of its own places", () => {
        const resources = stack({ endpoints: { ssm: { subnetIds: undefined } } });
        const find = (name: string, type: string) =>
            resources.filter((one) => one.name === name && one.type.endsWith(type));
        const placed = resource(
            "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
            "placed",
            {
                vpcEndpointId: from(...find("ssm", "VpcEndpoint")),
                subnetId: from(...find("private", "Subnet")),
            },
        );
        assert.deepEqual(verdicts(rule, [...resources, placed]), ["pass network"]);
    });

    it("asks for an attestation of a network outside the stack", () => {
        const adopting = resource("aws:ec2/instance:Instance", "server", { subnetId: "subnet-1" });
        assert.deepEqual(verdicts(rule, [adopting]), ["indeterminate server subnetId"]);
        const accountAttestations = ["vpc-endpoints/subnet-1 2026-10-20"];
        assert.deepEqual(verdicts(rule, [adopting], { parameters: { accountAttestations } }), []);
    });
});
