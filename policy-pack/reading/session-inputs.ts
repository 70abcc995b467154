import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";
import { failed, undecided } from "./observations";

/** The property of a document that holds the preferences of sessions. */
export const contentPath: PropertyPath = ["content"];

/** A weak input of a session document; the text completes a sentence that begins with the input. */
export function weakness(document: RegisteredResource, input: string, text: string): Observation {
    return failed(document, contentPath, `content: inputs.${input} ${text}`, input);
}

/** An input of a session document that is not known. */
export function doubt(document: RegisteredResource, input: string, why: string): Observation {
    return undecided(document, contentPath, `content: inputs.${input} ${why}`, input);
}
