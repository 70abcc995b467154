import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { subnetPrivate as rule } from "../../../policy-pack/rules/subnet-private";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const vpc = resource(token.vpc, "main", { cidrBlock: "10.0.0.0/16" });
const subnet = resource(token.subnet, "a", { vpcId: from(vpc) });
const gateway = resource(token.internetGateway, "igw", { vpcId: from(vpc) });
const table = resource(token.routeTable, "table", { vpcId: from(vpc) });
const associated = resource(token.association, "association", {
    subnetId: from(subnet),
    routeTableId: from(table),
});

function server(place: unknown, name = "vault"): RegisteredResource {
    return resource(token.instance, name, { subnetId: place });
}

function withSubnet(properties: Record<string, unknown>): readonly RegisteredResource[] {
    const own = resource(token.subnet, "a", { vpcId: from(vpc), ...properties });
    return [vpc, own, server(from(own))];
}

function withRoutes(...more: readonly RegisteredResource[]): readonly RegisteredResource[] {
    return [vpc, subnet, gateway, table, associated, server(from(subnet)), ...more];
}

describe("subnet-private", () => {
    it("passes a subnet without addresses and without a way out", () => {
        assert.deepEqual(verdicts(rule, withSubnet({})), ["pass a", "pass vault"]);
        const explicit = { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: "false" };
        assert.deepEqual(verdicts(rule, withSubnet(explicit)), ["pass a", "pass vault"]);
        assert.deepEqual(verdicts(rule, withRoutes()), ["pass a", "pass vault"]);
    });

    for (const property of ["mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"]) {
        it(`fails ${property} and is indeterminate when it is unknown`, () => {
            assert.deepEqual(verdicts(rule, withSubnet({ [property]: true })), [
                `fail a ${property}`,
                "pass vault",
            ]);
            assert.deepEqual(verdicts(rule, withSubnet({ [property]: unknown })), [
                `indeterminate a ${property}`,
                "pass vault",
            ]);
        });
    }

    it("fails a separate route to an internet gateway, on the route", () => {
        const route = resource(token.route, "out", {
            routeTableId: from(table),
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: from(gateway),
        });
        assert.deepEqual(verdicts(rule, withRoutes(route)), ["fail out gatewayId", "pass vault"]);
        assert.deepEqual(messages(rule, withRoutes(route)), [
            'gatewayId leads to the internet through the gateway "igw" (subnet "a" ← route table "table" ← Route "out")',
        ]);
    });

    it("fails an inline route, last in the list, to a gateway known by its id only", () => {
        const inlineTable = resource(token.routeTable, "table", {
            vpcId: from(vpc),
            routes: [
                { cidrBlock: "10.9.0.0/16", vpcPeeringConnectionId: "pcx-1" },
                { cidrBlock: "0.0.0.0/0", gatewayId: "igw-0abc" },
            ],
        });
        const stack = [
            vpc,
            subnet,
            inlineTable,
            resource(token.association, "x", {
                subnetId: from(subnet),
                routeTableId: from(inlineTable),
            }),
            server(from(subnet)),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail table routes[1].gatewayId", "pass vault"]);
    });

    it("fails an egress-only gateway and passes NAT, endpoints and virtual private gateways", () => {
        const egressOnly = resource(
            "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
            "e",
        );
        const to = { routeTableId: from(table) };
        const stack = withRoutes(
            egressOnly,
            resource(token.route, "r1", { ...to, egressOnlyGatewayId: from(egressOnly) }),
            resource(token.route, "r2", { ...to, natGatewayId: unknown }),
            resource(token.route, "r3", { ...to, gatewayId: "vgw-0abc" }),
        );
        assert.deepEqual(verdicts(rule, stack), ["fail r1 egressOnlyGatewayId", "pass vault"]);
    });

    it("is indeterminate for unknown gateways, routes and tables", () => {
        const route = resource(token.route, "out", {
            routeTableId: from(table),
            gatewayId: unknown,
        });
        assert.deepEqual(verdicts(rule, withRoutes(route)), [
            "indeterminate out gatewayId",
            "pass vault",
        ]);
        const adopted = resource(token.association, "adopted", {
            subnetId: from(subnet),
            routeTableId: "rtb-0abc",
        });
        assert.deepEqual(verdicts(rule, [vpc, subnet, adopted, server(from(subnet))]), [
            "indeterminate adopted routeTableId",
            "pass vault",
        ]);
        const open = resource(token.routeTable, "table", { vpcId: from(vpc), routes: unknown });
        const toOpen = resource(token.association, "x", {
            subnetId: from(subnet),
            routeTableId: from(open),
        });
        assert.deepEqual(verdicts(rule, [vpc, subnet, open, toOpen, server(from(subnet))]), [
            "indeterminate table routes",
            "pass vault",
        ]);
    });

    it("follows the main route table where no table is associated", () => {
        const byVpc = resource(token.route, "main-out", {
            routeTableId: from(vpc),
            gatewayId: from(gateway),
        });
        const stack = [vpc, subnet, gateway, server(from(subnet)), byVpc];
        assert.deepEqual(verdicts(rule, stack), ["fail main-out gatewayId", "pass vault"]);
        const adopted = resource("aws:ec2/defaultRouteTable:DefaultRouteTable", "default", {
            defaultRouteTableId: from(vpc),
            routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: from(gateway) }],
        });
        assert.deepEqual(verdicts(rule, [vpc, subnet, gateway, server(from(subnet)), adopted]), [
            "fail default routes[0].gatewayId",
            "pass vault",
        ]);
        const replaced = resource(
            "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
            "m",
            {
                vpcId: from(vpc),
                routeTableId: from(table),
            },
        );
        const out = resource(token.route, "out", {
            routeTableId: from(table),
            gatewayId: from(gateway),
        });
        assert.deepEqual(
            verdicts(rule, [vpc, subnet, gateway, table, replaced, out, server(from(subnet))]),
            ["fail out gatewayId", "pass vault"],
        );
    });

    it("finds the routes of a main table by its id once that exists", () => {
        const existing = resource(
            token.vpc,
            "main",
            { mainRouteTableId: "rtb-0" },
            { id: "vpc-0" },
        );
        const own = resource(token.subnet, "a", { vpcId: "vpc-0" });
        const out = resource(token.route, "out", { routeTableId: "rtb-0", gatewayId: "igw-0" });
        assert.deepEqual(verdicts(rule, [existing, own, out, server(from(own))]), [
            "fail out gatewayId",
            "pass vault",
        ]);
    });

    it("is indeterminate for a subnet of a VPC outside the stack", () => {
        const adopted = resource(token.subnet, "a", { vpcId: "vpc-0abc" });
        assert.deepEqual(verdicts(rule, [adopted, server(from(adopted))]), [
            "indeterminate a vpcId",
            "pass vault",
        ]);
    });

    it("asks of a subnet without servers what it states itself, not where a foreign main table leads", () => {
        const empty = (properties: Record<string, unknown>) =>
            resource(token.subnet, "a", { vpcId: "vpc-0abc", ...properties });
        assert.deepEqual(verdicts(rule, [empty({})]), ["pass a"]);
        assert.deepEqual(verdicts(rule, [empty({ mapPublicIpOnLaunch: true })]), [
            "fail a mapPublicIpOnLaunch",
        ]);
    });

    it("fails servers in default subnets, named or not", () => {
        const standard = resource("aws:ec2/defaultSubnet:DefaultSubnet", "d", {
            availabilityZone: "eu-central-1a",
        });
        assert.deepEqual(
            verdicts(rule, [standard, server(from(standard)), server(undefined, "b")]),
            ["fail b subnetId", "fail d", "fail d mapPublicIpOnLaunch", "pass vault"],
        );
    });

    it("accepts an adopted subnet only while the configuration attests it", () => {
        const stack = [server("subnet-0abc")];
        const attested = (day: string) => ({
            parameters: { accountAttestations: [`private-subnet/subnet-0abc ${day}`] },
            asOf: "2026-11-24T12:00:00Z",
        });
        assert.deepEqual(verdicts(rule, stack), ["indeterminate vault subnetId"]);
        assert.deepEqual(verdicts(rule, stack, attested("2026-11-01")), ["pass vault"]);
        for (const day of ["2026-07-01", "2026-12-01", "soon"]) {
            assert.deepEqual(verdicts(rule, stack, attested(day)), [
                "indeterminate vault subnetId",
            ]);
        }
    });

    it("looks at every subnet of an Auto Scaling group, first and last", () => {
        const bad = resource(token.subnet, "b", { vpcId: from(vpc), mapPublicIpOnLaunch: true });
        const nodes = resource(token.scalingGroup, "nodes", {
            vpcZoneIdentifiers: [unknown, from(subnet, bad)],
        });
        assert.deepEqual(verdicts(rule, [vpc, subnet, bad, nodes]), [
            "fail b mapPublicIpOnLaunch",
            "pass a",
            "pass nodes",
        ]);
        const foreign = resource(token.scalingGroup, "nodes", {
            vpcZoneIdentifiers: ["subnet-1", unknown],
        });
        assert.deepEqual(verdicts(rule, [foreign]), [
            "indeterminate nodes vpcZoneIdentifiers[0]",
            "indeterminate nodes vpcZoneIdentifiers[1]",
        ]);
    });

    it("leaves subnets without a key server alone, unless the stack has no server at all", () => {
        const open = resource(token.subnet, "open", {
            vpcId: from(vpc),
            mapPublicIpOnLaunch: true,
        });
        assert.deepEqual(verdicts(rule, [vpc, subnet, open, server(from(subnet))]), [
            "not-applicable open",
            "pass a",
            "pass vault",
        ]);
        assert.deepEqual(verdicts(rule, [vpc, open]), ["fail open mapPublicIpOnLaunch"]);
    });
});
