import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import type { Rule } from "../../../policy-pack/rules/rule";
import { AskedGraph } from "../../support/rule-findings";
import { recordedGuards } from "../mutations/guard-record";
import { json, withValue } from "../mutations/leaves";
import { changesOf } from "../mutations/operators";
import { representatives, type Representative } from "../mutations/representatives";
import { wireOf } from "../unknowns/wire";

/** A resource of a stack, and what it is with one value of it changed. */
export interface SingleChange {
    readonly resource: RegisteredResource;
    readonly changed: RegisteredResource;
}

type Finding = "fail" | "indeterminate";

/** Looks through a stack for one value that, weak or unknown, gives a rule a certain verdict. */
export class SingleChanges {
    private readonly byUrn: ReadonlyMap<string, RegisteredResource>;
    private readonly places: readonly Representative[];
    /** Places where a stack like this one is guarded, by type and path: there a change is most likely noticed. */
    private readonly guards = recordedGuards("plain-aws");

    public constructor(private readonly resources: readonly RegisteredResource[]) {
        this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        this.places = [...representatives(resources)];
    }

    /** The first change that makes the rule fail, if any does. */
    public failing(rule: Rule): SingleChange | undefined {
        return this.first(rule, "fail", ({ resource, place }) =>
            changesOf(place, resource, this.byUrn).map(({ value }) =>
                withValue(resource, place, value),
            ),
        );
    }

    /** The first value that the rule doubts when it is unknown and comes from nowhere in the stack. */
    public doubted(rule: Rule): SingleChange | undefined {
        return this.first(rule, "indeterminate", ({ resource, place }) => {
            const opened = withValue(resource, place, UNKNOWN);
            const nowhere = { ...opened.propertyDependencies, [String(place.steps[0])]: [] };
            // What a text of JSON holds can be unknown only with the whole text.
            return place.steps.includes(json) ? [] : [{ ...opened, propertyDependencies: nowhere }];
        });
    }

    private first(
        rule: Rule,
        wanted: Finding,
        changesAt: (at: Representative) => readonly RegisteredResource[],
    ): SingleChange | undefined {
        for (const at of this.likelyFirst(rule)) {
            const { resource } = at;
            const changed = changesAt(at).find(
                (one) => this.gives(rule, wanted, { resource, changed: one }) && isAccepted(one),
            );
            if (changed !== undefined) {
                return { resource, changed };
            }
        }
        return undefined;
    }

    private likelyFirst({ name, reads }: Rule): readonly Representative[] {
        const own = this.places.filter(({ resource }) => reads.includes(resource.type));
        const isGuarded = ({ resource: { type }, pattern }: Representative): boolean =>
            this.guards[type]?.[pattern]?.[name] !== undefined;
        return [...own.filter(isGuarded), ...own.filter((one) => !isGuarded(one))];
    }

    private gives(rule: Rule, wanted: Finding, { resource, changed }: SingleChange): boolean {
        return new AskedGraph(this.resources.map((one) => (one === resource ? changed : one)))
            .findings(rule)
            .some(({ verdict }) => verdict === wanted);
    }
}

/** Whether the provider's Check lets a resource pass: what it refuses never comes to a pack. */
function isAccepted(resource: RegisteredResource): boolean {
    try {
        wireOf(resource);
        return true;
    } catch {
        return false;
    }
}
