import assert from "node:assert/strict";
import * as keyward from "../../components";
import { isAllowed } from "../support/iam-simulation";
import { record, type RecordedResource } from "../support/monitor";
import { clusterArgs, logKeyArn, serverArgs } from "./programs";

const adopted: keyward.AdoptedVpcArgs = {
    vpcId: "vpc-1",
    cidrBlock: "10.70.0.0/20",
    subnetIds: ["subnet-1", "subnet-2"],
    availabilityZones: ["eu-central-1a", "eu-central-1b"],
    routeTableIds: ["rtb-1", "rtb-2"],
};
const url = "http://mirror.example.internal:8080/debian";

async function network(
    args: Partial<keyward.KeyServerNetworkArgs>,
): Promise<readonly RecordedResource[]> {
    const { resources } = await record(
        () => new keyward.KeyServerNetwork("vault", { logKeyArn, ...args }),
    );
    return resources;
}

function typed(resources: readonly RecordedResource[], type: string): readonly RecordedResource[] {
    return resources.filter((resource) => resource.type === type);
}

const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

describe("a network in an adopted VPC", () => {
    it("makes no VPC, subnet or route table, and leaves the default security group alone", async () => {
        const resources = await network({ adopted });
        assert.deepEqual(
            resources
                .map(({ type }) => type)
                .filter((type) => /vpc:Vpc|subnet|route|DefaultSecurityGroup/i.test(type)),
            [],
        );
        const [flowLog] = typed(resources, "aws:ec2/flowLog:FlowLog");
        assert.deepEqual([flowLog?.inputs.vpcId, flowLog?.inputs.trafficType], ["vpc-1", "ALL"]);
        for (const group of typed(resources, "aws:ec2/securityGroup:SecurityGroup")) {
            assert.equal(group.inputs.vpcId, "vpc-1");
        }
        const gateway = typed(resources, endpoint).find(({ name }) => name === "vault-s3");
        assert.deepEqual(gateway?.inputs.routeTableIds, ["rtb-1", "rtb-2"]);
        const ssm = typed(resources, endpoint).find(({ name }) => name === "vault-ssm");
        assert.deepEqual(ssm?.inputs.subnetIds, ["subnet-1", "subnet-2"]);
    });

    it("gives the adopted subnets as its outputs, after everything that a server needs", async () => {
        const { result } = await record(
            () => new keyward.KeyServerNetwork("vault", { logKeyArn, adopted }),
        );
        assert.equal(result.vpc, undefined);
        assert.equal(result.routeTable, undefined);
        const ids = await Promise.all(
            result.subnetIds.map(
                (id) => new Promise<string>((resolve) => id.apply((value) => resolve(value))),
            ),
        );
        assert.deepEqual(ids, ["subnet-1", "subnet-2"]);
    });

    it("makes no second endpoint of a service that has one, and lets servers reach that one", async () => {
        const resources = await network({
            adopted: {
                ...adopted,
                endpoints: [
                    { service: "ssm", securityGroupId: "sg-theirs" },
                    { service: "kms", securityGroupId: "sg-theirs" },
                ],
            },
        });
        assert.deepEqual(
            typed(resources, endpoint)
                .map(({ name }) => name)
                .sort(),
            [
                "vault-ec2messages",
                "vault-logs",
                "vault-monitoring",
                "vault-s3",
                "vault-secretsmanager",
                "vault-ssmmessages",
                "vault-sts",
            ],
        );
        const into = typed(resources, ingress).find(
            ({ name }) => name === "vault-ssm-from-clients",
        );
        assert.deepEqual(
            [
                into?.inputs.securityGroupId,
                into?.inputs.referencedSecurityGroupId,
                into?.inputs.toPort,
            ],
            ["sg-theirs", "vault-endpoint-clients-id", 443],
        );
        const out = typed(resources, egress).find(({ name }) => name === "vault-clients-to-kms");
        assert.deepEqual(
            [out?.inputs.securityGroupId, out?.inputs.referencedSecurityGroupId],
            ["vault-endpoint-clients-id", "sg-theirs"],
        );
    });

    it("uses the S3 gateway endpoint that exists, because a route table takes one", async () => {
        const resources = await network({ adopted: { ...adopted, routeTableIds: undefined } });
        assert.deepEqual(
            typed(resources, endpoint).filter(({ name }) => name === "vault-s3"),
            [],
        );
        const toS3 = typed(resources, egress).find(({ name }) => name === "vault-clients-to-s3");
        assert.equal(toS3?.inputs.prefixListId, "pl-0123456789abcdef0");
    });

    it("makes no flow logs where complete ones exist", async () => {
        const resources = await network({ adopted: { ...adopted, flowLogged: true } });
        assert.deepEqual(typed(resources, "aws:ec2/flowLog:FlowLog"), []);
        assert.deepEqual(typed(resources, "aws:cloudwatch/logGroup:LogGroup"), []);
    });
});

describe("the endpoints of a network", () => {
    it("admit callers and resources of the account alone, or of the organisation where it is named", async () => {
        for (const [organizationId, condition, gateway] of [
            [
                undefined,
                { "aws:PrincipalAccount": "111122223333", "aws:ResourceAccount": "111122223333" },
                "BucketsOfThisAccount",
            ],
            [
                "o-a1b2c3d4e5",
                { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5" },
                "BucketsOfThisOrganization",
            ],
        ] as const) {
            const resources = typed(await network({ organizationId }), endpoint);
            for (const { name, inputs } of resources) {
                const { Statement } = JSON.parse(String(inputs.policy)) as {
                    Statement: { Sid: string; Condition?: { StringEquals: object } }[];
                };
                const own = Statement.find(({ Sid }) => /^CallersAnd|^BucketsOf/.test(Sid));
                const without = /ec2messages|monitoring|ssmmessages|sts/.test(name);
                const expected = Object.entries(condition).filter(
                    ([key]) => !without || key.startsWith("aws:Principal"),
                );
                assert.deepEqual(own?.Condition?.StringEquals, Object.fromEntries(expected), name);
                if (name === "vault-s3") {
                    assert.equal(own?.Sid, gateway);
                }
            }
            assert.equal(resources.length, 9);
        }
    });
});

describe("the way to a package mirror", () => {
    it("is a route and a rule for its port, from every server of a new network", async () => {
        for (const [kind, id] of [
            ["transitGatewayId", "tgw-1"],
            ["vpcPeeringConnectionId", "pcx-1"],
        ] as const) {
            const resources = await network({
                packageMirror: { url, cidrBlock: "10.90.0.0/28", [kind]: id },
            });
            const [table] = typed(resources, "aws:ec2/routeTable:RouteTable");
            assert.deepEqual(table?.inputs.routes, [{ cidrBlock: "10.90.0.0/28", [kind]: id }]);
            const rule = typed(resources, egress).find(
                ({ name }) => name === "vault-clients-to-mirror",
            );
            assert.deepEqual(
                [
                    rule?.inputs.securityGroupId,
                    rule?.inputs.cidrIpv4,
                    rule?.inputs.fromPort,
                    rule?.inputs.toPort,
                ],
                ["vault-endpoint-clients-id", "10.90.0.0/28", 8080, 8080],
            );
        }
    });

    it("needs no route inside the VPC", async () => {
        const resources = await network({ packageMirror: { url, securityGroupId: "sg-mirror" } });
        const [table] = typed(resources, "aws:ec2/routeTable:RouteTable");
        assert.deepEqual(table?.inputs.routes, []);
    });

    it("is a rule of the server's own group where a server stands alone, and of the cluster's in an adopted network", async () => {
        const packageMirror = {
            url: "https://mirror.example.internal/debian",
            securityGroupId: "sg-mirror",
        };
        const single = await record(
            () =>
                new keyward.KeyServer("vault-1", {
                    ...serverArgs,
                    operatingSystem: "debian-12",
                    packageMirror,
                }),
        );
        const several = await record(
            () =>
                new keyward.KeyServerCluster("vault", {
                    ...clusterArgs,
                    clientNames: undefined,
                    operatingSystem: "debian-12",
                    packageMirror,
                    network: {
                        vpcId: "vpc-1",
                        subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
                        availabilityZones: ["a", "b", "c"],
                        endpointClientSecurityGroupId: "sg-1",
                    },
                }),
        );
        for (const [resources, group] of [
            [single.resources, "vault-1-id"],
            [several.resources, "vault-id"],
        ] as const) {
            const rules = typed(resources, egress).filter(({ name }) =>
                name.endsWith("-to-mirror"),
            );
            assert.deepEqual(
                rules.map(({ inputs }) => [
                    inputs.securityGroupId,
                    inputs.referencedSecurityGroupId,
                    inputs.toPort,
                ]),
                [[group, "sg-mirror", 443]],
            );
        }
    });

    it("stands before the first server starts, and the servers' package filter lets its port through", async () => {
        const { resources } = await record(
            () =>
                new keyward.KeyServerCluster("vault", {
                    ...clusterArgs,
                    operatingSystem: "debian-12",
                    packageMirror: { url, cidrBlock: "10.90.0.0/28", transitGatewayId: "tgw-1" },
                }),
        );
        const instance = resources.find(({ type }) => type === "aws:ec2/instance:Instance");
        assert.ok(instance?.dependencies.includes(`${egress}::vault-clients-to-mirror`));
        const profile = resources.find(
            ({ name, type }) => type === "aws:ssm/document:Document" && name === "vault-profile",
        );
        assert.ok(profile !== undefined && instance !== undefined);
        const userData = String(instance.inputs.userData);
        assert.match(userData, /uri: http:\/\/mirror\.example\.internal:8080\/debian/);
    });
});

describe("a certificate authority that another account shares", () => {
    const arnOf = (owner: string, name: string): string =>
        `arn:aws:acm-pca:eu-central-1:${owner}:certificate-authority/${name}`;
    const shared = arnOf("444455556666", "shared");

    /** Whether a request passes the cluster's endpoint `acm-pca` and, of its servers, their role. */
    async function deciding(
        certificateAuthorityArn: string,
    ): Promise<(action: string, authority: string, caller?: string) => Promise<boolean>> {
        const { resources } = await record(
            () =>
                new keyward.KeyServerCluster("vault", { ...clusterArgs, certificateAuthorityArn }),
        );
        const policyOf = (name: string): string =>
            String(
                resources.find((one) => one.name === name && "policy" in one.inputs)?.inputs.policy,
            );
        return (action, authority, caller = "111122223333") =>
            isAllowed({
                principal: `arn:aws:iam::${caller}:role/server`,
                action: `acm-pca:${action}`,
                resource: authority,
                context: {
                    "aws:PrincipalAccount": caller,
                    "aws:ResourceAccount": authority.split(":")[4] ?? "",
                    "acm-pca:TemplateArn":
                        "arn:aws:acm-pca:::template/EndEntityServerAuthCertificate/V1",
                },
                identityPolicies: [
                    caller === "111122223333" ? policyOf("vault-reads") : everything,
                ],
                endpointPolicy: policyOf("vault-acm-pca"),
            });
    }

    it("is asked by servers through the endpoint of the new network, and no other of that account, by nobody else, for nothing more", async () => {
        const may = await deciding(shared);
        for (const action of [
            "IssueCertificate",
            "GetCertificate",
            "DescribeCertificateAuthority",
        ]) {
            assert.equal(await may(action, shared), true, action);
            assert.equal(await may(action, arnOf("444455556666", "other")), false, action);
            assert.equal(await may(action, shared, "777788889999"), false, action);
        }
        assert.equal(await may("RevokeCertificate", shared), false);
        assert.equal(await may("DeleteCertificateAuthority", shared), false);
    });

    it("adds nothing for an authority of the account itself, which alone is then reached", async () => {
        const own = arnOf("111122223333", "own");
        const may = await deciding(own);
        assert.equal(await may("IssueCertificate", own), true);
        assert.equal(await may("IssueCertificate", shared), false);
    });
});

const everything = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
