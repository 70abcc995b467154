import assert from "node:assert/strict";
import { policyRecord } from "../../../catalog/policies";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { keywardPack } from "../../../policy-pack/pack";
import type { Rule } from "../../../policy-pack/rules/rule";
import { graphOf } from "../../support/reference-graph";
import { AskedGraph } from "../../support/rule-findings";
import { json, withValue } from "../mutations/leaves";
import { representatives } from "../mutations/representatives";
import { AskedPack, saidIn, type Said } from "./asked-pack";
import { batchesOf } from "./batches";

/** Sound stacks that together have a subject for nearly every policy. */
const folders = ["examples/plain-aws", "test/fixtures/programs/beside-servers"];

/** Policies that no unknown value of these stacks can move, each with the reason. */
const unmoved: Readonly<Record<string, string>> = {
    "detection-enabled": "it misses the account's services before anything is changed",
    "enforcement-levels-sound": "it reads the configuration",
    "exemptions-sound": "it reads the records",
    "iam-no-users-or-access-keys": "it fails users and keys whatever is known of them",
    "metric-filters-alarmed": "these stacks have no metric filter",
    "one-server-per-update": "it compares several servers, and each of these stacks has one",
    "provider-and-stack-guard": "it reads providers, whose inputs are none of a resource's",
    "resource-options-safe": "it reads options, which are always known",
    "sg-no-mixed-rule-management": "it compares who writes rules, not what they say",
};

/** A resource with one of its values unknown and from nowhere. */
interface OpenValue {
    readonly resource: RegisteredResource;
    readonly opened: RegisteredResource;
}

/** A finding without its verdict: what is known to be weak and what is not known to be sound has one name. */
const idOf = ({ policy, urn, fingerprint }: Said): string => `${policy} ${urn} ${fingerprint}`;
const lineOf = (said: Said): string => `${idOf(said)} ${said.verdict} ${said.level}`;

describe("making every value unknown, over the analyzer protocol", function () {
    this.timeout(600_000);
    const told = new Set<string>();
    let pack: AskedPack;
    let count = 0;

    before(async () => {
        pack = await AskedPack.start();
    });
    after(() => pack.close());

    for (const folder of folders) {
        it(`of ${folder} is told exactly as in this process, and blocks for critical and high policies`, async () => {
            const resources = graphOf(folder);
            const values = [...openValues(resources)];
            count += values.length;
            const sound = new Set(saidIn(await pack.preview(resources)).map(idOf));
            const hear = (said: readonly Said[]): void => {
                for (const each of said.filter((one) => !sound.has(idOf(one)))) {
                    told.add(each.policy);
                    assert.equal(each.level, levelOf(each), lineOf(each));
                }
            };
            for (const batch of batchesOf(values)) {
                const opened = new Map(batch.map((each) => [each.resource, each.opened]));
                const said = await pack.instead(opened);
                assert.deepEqual(said.map(lineOf), pack.expected(opened).map(lineOf));
                hear(said);
            }
            // What one unknown value says can be lost among others, so each policy that was not heard is asked about one alone.
            for (const rule of keywardPack.rules.filter(({ name }) => !told.has(name))) {
                const one = values.find((value) => moves(rule, value, resources));
                if (one !== undefined) {
                    hear(await pack.instead(new Map([[one.resource, one.opened]])));
                }
            }
        });
    }

    it("moves every policy, but for those that read no value of a sound stack", () => {
        const still = keywardPack.policies
            .map(({ name }) => name)
            .filter((name) => !told.has(name));
        assert.deepEqual(
            still.filter((name) => unmoved[name] === undefined),
            [],
            "give these policies a subject in one of the stacks, or a reason",
        );
        if (process.env["KEYWARD_FIGURES"] === "1") {
            console.log(`${count} unknown values, noticed by ${told.size} policies`);
        }
    });
});

/** Every value that can be unknown by itself: what a text of JSON holds can be so only with the whole text. */
function* openValues(resources: readonly RegisteredResource[]): Generator<OpenValue> {
    for (const { resource, place } of representatives(resources)) {
        if (!place.steps.includes(json)) {
            const opened = withValue(resource, place, UNKNOWN);
            const nowhere = { ...opened.propertyDependencies, [String(place.steps[0])]: [] };
            yield { resource, opened: { ...opened, propertyDependencies: nowhere } };
        }
    }
}

/** Whether a rule newly finds something when one value is unknown. */
function moves(
    rule: Rule,
    { resource, opened }: OpenValue,
    resources: readonly RegisteredResource[],
): boolean {
    const finds = (graph: readonly RegisteredResource[]): number =>
        new AskedGraph(graph).findings(rule).length;
    return (
        rule.reads.includes(resource.type) &&
        finds(resources.map((one) => (one === resource ? opened : one))) > finds(resources)
    );
}

/** What the engine must be told. */
function levelOf({ policy, verdict }: Said): string {
    const { level, severity } = policyRecord(policy);
    const blocks =
        level === "mandatory" &&
        (verdict === "fail" || severity === "critical" || severity === "high");
    return blocks ? "MANDATORY" : "ADVISORY";
}
