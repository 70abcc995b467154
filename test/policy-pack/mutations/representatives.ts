import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";
import { patternOf, placesOf, type Place } from "./leaves";

/** A place of a resource that stands for all places like it. */
export interface Representative {
    readonly resource: RegisteredResource;
    readonly place: Place;
    /** Where it is, without the indexes of lists. */
    readonly pattern: string;
}

/** Properties that say the same whatever part a resource plays. */
const alikeEverywhere: ReadonlySet<unknown> = new Set(["tags", "name", "description"]);

/**
 * The places of all resources of a provider. Of places that differ by a list's index (but for statements of policies) or by a number in the
 * resource's name only, the first stands for all.
 */
export function* representatives(
    resources: readonly RegisteredResource[],
): Generator<Representative> {
    const seen = new Set<string>();
    for (const resource of resources.filter(({ custom, type }) => custom && isCloud(type))) {
        for (const place of placesOf(resource)) {
            const pattern = patternOf(place);
            const role = alikeEverywhere.has(place.steps[0]) ? "" : roleOf(resource);
            const key = JSON.stringify([resource.type, role, pattern, statementOf(place)]);
            if (!seen.has(key)) {
                seen.add(key);
                yield { resource, place, pattern };
            }
        }
    }
}

/** The index of the statement that a place of an IAM policy is in: each says something of its own. */
function statementOf({ steps }: Place): unknown {
    const at = steps.indexOf("Statement");
    return at < 0 ? undefined : steps[at + 1];
}

/** Components and providers are no resources of a cloud: what they make of their inputs is. */
export function isCloud(type: string): boolean {
    return !type.startsWith("keyward:") && !type.startsWith("pulumi:");
}

/** The part that a resource plays: its name without numbers; a document's is what its steps do. */
function roleOf({ name, type, properties }: RegisteredResource): string {
    const { content } = properties;
    return type === "aws:ssm/document:Document" && typeof content === "string"
        ? [...new Set(actionsIn(JSON.parse(content)))].sort().join(" ")
        : name.replaceAll(/\d+/g, "");
}

function actionsIn(document: unknown): readonly string[] {
    const steps = isPlainObject(document) ? document["mainSteps"] : undefined;
    return Array.isArray(steps)
        ? steps.flatMap((step: unknown) =>
              isPlainObject(step) && typeof step["action"] === "string" ? [step["action"]] : [],
          )
        : [];
}
