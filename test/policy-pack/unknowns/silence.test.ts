import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { graphOf } from "../../support/reference-graph";
import { WeaknessFinder } from "../mutations/weakness-finder";
import { alarmsOf, amongUnknown, nameOf, openable, opened, type Alarm } from "./alarms";
import { silences, type Silence } from "./silences";

describe("a value that would alarm a policy", function () {
    this.timeout(600_000);
    const used = new Set<Silence>();
    let finder: WeaknessFinder;
    let alarms: readonly Alarm[];

    const findersOf = (
        { resource, place }: Pick<Alarm, "resource" | "place">,
        changed: RegisteredResource,
    ): readonly string[] => finder.afterChange(resource, String(place.steps[0]), changed);

    before(() => {
        const resources = graphOf("examples/plain-aws");
        finder = new WeaknessFinder(resources);
        alarms = [...alarmsOf(resources, finder)];
    });

    it("is noticed by the policy as well when it, or what is around it, is unknown, but for reviewed reasons", () => {
        const known = new Map<string, readonly string[]>();
        const silent = new Set<string>();
        const asked = new Set<string>();
        for (const { resource, place: weak, policies } of alarms) {
            for (const place of openable({ resource, place: weak })) {
                const key = JSON.stringify([resource.urn, place.steps]);
                const finders =
                    known.get(key) ?? findersOf({ resource, place }, opened(resource, place));
                known.set(key, finders);
                for (const policy of policies) {
                    asked.add(key + policy);
                    const name = nameOf(resource, place);
                    if (!finders.includes(policy) && !isExcused(policy, name)) {
                        silent.add(`${policy}: ${name}`);
                    }
                }
            }
        }
        assert.deepEqual([...silent], [], "let the policy say indeterminate, or give a reason");
        assert.deepEqual(
            silences.filter((silence) => !used.has(silence)),
            [],
            "drop reasons that hold no more",
        );
        print(`${known.size} unknown values, ${asked.size} answers of policies`);
    });

    it("is noticed as well with an unknown element before or behind it in a list", () => {
        const hidden = new Set<string>();
        let count = 0;
        for (const alarm of alarms) {
            for (const changed of amongUnknown(alarm)) {
                const finders = findersOf(alarm, changed);
                count += 1;
                alarm.policies
                    .filter((policy) => !finders.includes(policy))
                    .forEach((policy) => {
                        hidden.add(`${policy}: ${nameOf(alarm.resource, alarm.place)}`);
                    });
            }
        }
        assert.deepEqual([...hidden], []);
        print(`${count} lists with a weak and an unknown element`);
    });

    function isExcused(policy: string, name: string): boolean {
        const excuses = silences.filter(
            (one) => one.policy === policy && (one.places?.includes(name) ?? true),
        );
        excuses.forEach((one) => used.add(one));
        return excuses.length > 0;
    }
});

function print(figures: string): void {
    if (process.env["KEYWARD_FIGURES"] === "1") {
        console.log(figures);
    }
}
