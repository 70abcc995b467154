import assert from "node:assert/strict";
import { GraphIndex } from "../../../policy-pack/graph/graph-index";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { sketchResource, testProject, testStack, urnOf } from "../../support/resources";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const one = sketchResource({ type: groupType, name: "one" });
const two = sketchResource({ type: groupType, name: "two" });
const told = sketchResource({ type: groupType, name: "told", id: "sg-3" });
const vpc = sketchResource({ type: "aws:ec2/vpc:Vpc", name: "vpc" });

function refer(
    value: unknown,
    sources: readonly RegisteredResource[],
    path: readonly (string | number)[] = ["groups", 0],
): string {
    const instance = sketchResource({
        type: "aws:ec2/instance:Instance",
        name: "i",
        properties: { groups: value },
        propertyDependencies: { groups: sources.map(({ urn }) => urn) },
    });
    const graph = new GraphIndex([one, two, told, vpc, instance], testProject, testStack);
    const { kind, resources } = graph.reference(instance, path, [groupType]);
    return [kind, ...resources.map(({ name }) => name)].join(" ");
}

describe("GraphIndex", () => {
    it("finds resources by URN, type, parent and dependency", () => {
        const child = sketchResource({
            type: groupType,
            name: "child",
            parent: one.urn,
            dependencies: [two.urn],
            propertyDependencies: { vpcId: [vpc.urn, two.urn] },
        });
        const graph = new GraphIndex([one, two, vpc, child], testProject, testStack);
        assert.equal(graph.byUrn(two.urn), two);
        assert.equal(graph.byUrn("urn:other"), undefined);
        assert.deepEqual(graph.ofType(vpc.type, groupType), [vpc, one, two, child]);
        assert.deepEqual(graph.children(one.urn), [child]);
        assert.deepEqual(graph.ancestors(child), [one]);
        assert.deepEqual(graph.dependentsOf(two.urn), [child]);
    });

    it("survives parents that form a circle", () => {
        const a = sketchResource({ type: groupType, name: "a", parent: urnOf(groupType, "b") });
        const b = sketchResource({ type: groupType, name: "b", parent: a.urn });
        const graph = new GraphIndex([a, b], testProject, testStack);
        assert.deepEqual(graph.ancestors(a), [b, a]);
    });

    it("follows an unknown that comes from a component to what the component made, at any depth", () => {
        const outer = sketchResource({ type: "acme:index:Network", name: "outer", custom: false });
        const inner = sketchResource({
            type: "acme:index:Groups",
            name: "inner",
            custom: false,
            parent: outer.urn,
        });
        const deep = sketchResource({ type: groupType, name: "deep", parent: inner.urn });
        const shallow = sketchResource({ type: groupType, name: "shallow", parent: outer.urn });
        const other = sketchResource({ type: vpc.type, name: "other", parent: outer.urn });
        const made = [outer, inner, deep, shallow, other, one];
        const referred = (...sources: readonly RegisteredResource[]): readonly string[] => {
            const instance = sketchResource({
                type: "aws:ec2/instance:Instance",
                name: "i",
                properties: { groups: [UNKNOWN] },
                propertyDependencies: { groups: sources.map(({ urn }) => urn) },
            });
            const graph = new GraphIndex([...made, instance], testProject, testStack);
            const { kind, resources } = graph.reference(instance, ["groups", 0], [groupType]);
            return [kind, ...resources.map(({ name }) => name)];
        };
        assert.deepEqual(referred(outer), ["resources", "shallow", "deep"]);
        assert.deepEqual(referred(inner), ["resources", "deep"]);
        assert.deepEqual(referred(other), ["unknown"]);
        // A resource that is named itself tells more than a component.
        assert.deepEqual(referred(outer, one), ["resources", "one"]);
    });

    it("names the stack when the stack itself is not registered", () => {
        const graph = new GraphIndex([one], testProject, testStack);
        assert.equal(graph.stackUrn, "urn:pulumi:dev::vault::pulumi:pulumi:Stack::vault-dev");
    });

    const cases: readonly (readonly [string, string, string])[] = [
        ["an unknown by its provenance", refer([UNKNOWN], [one, vpc]), "resources one"],
        ["an unknown without one", refer([UNKNOWN], [vpc]), "unknown"],
        ["nothing", refer([], [one]), "absent"],
        ["a known id", refer(["sg-3"], []), "resources told"],
        ["a known id of nothing here", refer(["sg-9"], []), "foreign"],
        ["an id that only its source explains", refer(["sg-1"], [one]), "resources one"],
        [
            "ids that only their sources explain",
            refer(["sg-1", "sg-2"], [one, two]),
            "resources one two",
        ],
        ["a foreign id beside one with a source", refer(["sg-9", "sg-1"], [one]), "foreign"],
        [
            "a foreign id beside an unknown with a source",
            refer(["sg-9", UNKNOWN], [one]),
            "foreign",
        ],
        ["a foreign id whose source has another id", refer(["sg-9"], [told]), "foreign"],
        [
            "a nested id that only its source explains",
            refer({ id: "sg-1", version: "1" }, [one], ["groups", "id"]),
            "resources one",
        ],
        [
            "a nested foreign id beside an unknown of the same name",
            refer([{ id: "sg-9" }, { id: UNKNOWN }], [one], ["groups", 0, "id"]),
            "foreign",
        ],
        ["a whole property", refer("sg-1", [one], ["groups"]), "resources one"],
    ];
    for (const [what, found, expected] of cases) {
        it(`resolves ${what}`, () => {
            assert.equal(found, expected);
        });
    }
});
