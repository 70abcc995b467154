import { fingerprintOfParts } from "../../catalog/records/fingerprint";
import { peek, type PropertyPath } from "../graph/peek";
import { UNKNOWN } from "../graph/resource";
import type { JudgedObservation } from "./judged-observation";
import { compareTexts } from "./order";

/** Leaves out what says the same of the same place, and gives every finding a fingerprint of its own. */
export function distinct(observations: readonly JudgedObservation[]): readonly JudgedObservation[] {
    return tellApart(withoutDuplicates(observations));
}

/** The innermost element of a list that a path leads through, as text without secrets; "" where it leads through none. */
export function elementAt(properties: unknown, path: PropertyPath): string {
    const depth = path.map((part) => typeof part).lastIndexOf("number");
    const found = peek(properties, path.slice(0, depth + 1));
    return depth < 0 || found.kind !== "known" ? "" : canonicalText(found.value);
}

/** Names of properties in one order; what is not known by its kind alone, as secrets are by themselves. */
function canonicalText(value: unknown): string {
    return (
        JSON.stringify(value, (_, part: unknown) =>
            typeof part === "object" && part !== null && !Array.isArray(part)
                ? Object.fromEntries(
                      Object.entries(part).sort(([one], [other]) => compareTexts(one, other)),
                  )
                : part === UNKNOWN
                  ? "[unknown]"
                  : part,
        ) ?? ""
    );
}

/**
 * Gives findings that share a fingerprint one of their own each, by the element of a list that they are about and by what they say of it. All
 * of them get a new one: an exemption that named the shared one must not fall on any of them.
 */
function tellApart(observations: readonly JudgedObservation[]): readonly JudgedObservation[] {
    const groups = new Map<string, JudgedObservation[]>();
    for (const observation of observations) {
        const group = groups.get(observation.fingerprint) ?? [];
        groups.set(observation.fingerprint, group);
        group.push(observation);
    }
    groups.delete("");
    const renamed = new Map<JudgedObservation, JudgedObservation>();
    for (const [fingerprint, shared] of groups) {
        const seen = new Map<string, number>();
        for (const observation of shared.length > 1 ? shared : []) {
            const meaning = `${observation.element}\n${observation.message.replaceAll(/\[\d+\]/g, "[]")}`;
            const ordinal = seen.get(meaning) ?? 0;
            seen.set(meaning, ordinal + 1);
            renamed.set(observation, {
                ...observation,
                fingerprint: fingerprintOfParts([fingerprint, meaning, ordinal]),
            });
        }
    }
    return observations.map((observation) => renamed.get(observation) ?? observation);
}

/** Leaves out what says the same of the same place. */
function withoutDuplicates(
    observations: readonly JudgedObservation[],
): readonly JudgedObservation[] {
    const seen = new Map<string, JudgedObservation>();
    for (const observation of observations) {
        const { policy, verdict, urn, fingerprint, path, message } = observation;
        const key = [policy.name, verdict, urn, fingerprint, path, message].join("\n");
        if (!seen.has(key)) {
            seen.set(key, observation);
        }
    }
    return [...seen.values()];
}
