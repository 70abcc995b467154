import assert from "node:assert/strict";
import { judgeStack } from "../../../policy-pack/judge";
import { SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";
import type { Rule } from "../../../policy-pack/rules/rule";
import { packOf, sketchPolicy } from "../../support/packs";
import { graphOf } from "../../support/reference-graph";
import { sketchResource, testProject, testStack } from "../../support/resources";

const type = "aws:ec2/instance:Instance";
const asOf = new Date("2026-11-20T00:00:00Z");
const failsEveryVolume: Rule = {
    name: "volumes",
    reads: [type],
    judge: ({ graph }) =>
        graph.ofType(type).flatMap((resource) =>
            (resource.properties["volumes"] as readonly unknown[]).map((_, index) => ({
                verdict: "fail",
                resource,
                path: ["volumes", index],
                message: `volumes[${index}] is weak`,
            })),
        ),
};
const pack = packOf([failsEveryVolume], [sketchPolicy({ name: "volumes" })]);

/** The fingerprints of the findings about a list's elements, in the order of the list. */
function fingerprintsOf(volumes: readonly unknown[]): readonly string[] {
    const resource = sketchResource({ type, name: "server", properties: { volumes } });
    const input = { resources: [resource], project: testProject, stack: testStack, asOf };
    return judgeStack(input, pack).findings.map(({ fingerprint }) => fingerprint);
}

describe("findings that a rule gives no names of their own", () => {
    const a = { device: "a", size: 1 };
    const b = { device: "b", size: 1 };

    it("have fingerprints that go by the elements, not by their places or the order of their fields", () => {
        const [first, second] = fingerprintsOf([a, b]);
        assert.notEqual(first, second);
        assert.deepEqual(fingerprintsOf([b, a]), [second, first]);
        assert.deepEqual(fingerprintsOf([{ size: 1, device: "a" }, b]), [first, second]);
    });

    it("have two also where the elements are equal", () => {
        assert.equal(new Set(fingerprintsOf([a, a])).size, 2);
    });

    it("tell unknown elements and secrets by their kind alone", () => {
        const secret = (text: string) => ({ key: new SecretValue(text) });
        assert.equal(new Set(fingerprintsOf([UNKNOWN, a])).size, 2);
        assert.deepEqual(fingerprintsOf([secret("one"), a]), fingerprintsOf([secret("two"), a]));
    });

    it("leave an exemption of a single one behind when a second one comes", () => {
        const [alone] = fingerprintsOf([a]);
        assert.ok(alone !== undefined && !fingerprintsOf([a, b]).includes(alone));
    });
});

describe("the findings of one report", function () {
    this.timeout(120_000);
    for (const folder of ["examples/unhardened", "."]) {
        it(`have a fingerprint each, and the same one in another order: ${folder}`, () => {
            const resources = graphOf(folder);
            const named = (graph: typeof resources) =>
                judgeStack({ resources: graph, project: "p", stack: "dev", asOf }).findings.map(
                    ({ fingerprint }) => fingerprint,
                );
            const fingerprints = named(resources);
            assert.equal(new Set(fingerprints).size, fingerprints.length);
            assert.deepEqual(named([...resources].reverse()), fingerprints);
        });
    }
});
