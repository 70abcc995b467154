import { InputError } from "../../catalog/records/input-error";
import type { RegisteredResource } from "./resource";
import { isPlainObject } from "./wire-values";
import { isJudged, readWireResource, stackOf, type WireResource } from "./wire-resource";

/** The resources of an exported stack or of a saved graph, with what its file says of itself. */
export interface DeploymentGraph {
    readonly resources: readonly RegisteredResource[];
    /** The same resources as the file writes them. */
    readonly saved: readonly WireResource[];
    /** From the stack's URN, or "" when the file holds no resource. */
    readonly project: string;
    readonly stack: string;
}

/**
 * Reads what `pulumi stack export` prints and what `keyward preview --graph` saves: `{"version": 3, "deployment": {"resources": […]}}`.
 * Resources that are waiting for deletion are no part of the stack any more and are left out, as are those of which only the id is known.
 * Throws `InputError`.
 */
export function readDeployment(json: unknown): DeploymentGraph {
    if (!isPlainObject(json) || json["version"] !== 3) {
        const version = isPlainObject(json) ? JSON.stringify(json["version"]) : typeof json;
        throw new InputError([
            `a stack's graph must be an object with "version": 3, got ${version ?? "no version"}; write it with \`pulumi stack export\` or \`keyward preview --graph\``,
        ]);
    }
    const deployment = json["deployment"];
    const listed = isPlainObject(deployment) ? (deployment["resources"] ?? []) : undefined;
    if (!Array.isArray(listed)) {
        throw new InputError([
            `deployment.resources must be a list; write the file with \`pulumi stack export\``,
        ]);
    }
    const problems: string[] = [];
    const saved: WireResource[] = [];
    for (const [index, entry] of listed.entries()) {
        const found = problemsOf(entry, `deployment.resources[${index}]`);
        problems.push(...found);
        if (isWireResource(entry, found) && entry.delete !== true && isJudged(entry)) {
            saved.push(entry);
        }
    }
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return { resources: saved.map(readWireResource), saved, ...stackOf(saved[0]?.urn ?? "") };
}

function isWireResource(
    entry: unknown,
    problems: readonly string[],
): entry is WireResource & { readonly delete?: unknown } {
    return problems.length === 0 && isPlainObject(entry);
}

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
    "a string": (value) => typeof value === "string",
    "a boolean": (value) => typeof value === "boolean",
    "an object": isPlainObject,
    "a list of strings": isStringList,
    "an object of lists of strings": (value) =>
        isPlainObject(value) && Object.values(value).every(isStringList),
};

const fields: Readonly<Record<string, string>> = {
    urn: "a string",
    type: "a string",
    custom: "a boolean",
    external: "a boolean",
    id: "a string",
    inputs: "an object",
    outputs: "an object",
    parent: "a string",
    provider: "a string",
    dependencies: "a list of strings",
    propertyDependencies: "an object of lists of strings",
    protect: "a boolean",
    retainOnDelete: "a boolean",
    deleteBeforeReplace: "a boolean",
    ignoreChanges: "a list of strings",
    aliases: "a list of strings",
};

function problemsOf(entry: unknown, place: string): string[] {
    if (!isPlainObject(entry)) {
        return [`${place} must be an object`];
    }
    const problems: string[] = [];
    for (const [field, kind] of Object.entries(fields)) {
        const value = entry[field];
        const required = field === "urn" || field === "type";
        if ((value === undefined || value === null) && !required) {
            continue;
        }
        if (kinds[kind]?.(value) !== true) {
            problems.push(`${place}.${field} must be ${kind}`);
        }
    }
    if (typeof entry["urn"] === "string" && entry["urn"].split("::").length < 4) {
        problems.push(
            `${place}.urn must be urn:pulumi:STACK::PROJECT::TYPE::NAME, got "${entry["urn"]}"`,
        );
    }
    return problems;
}

function isStringList(value: unknown): boolean {
    return Array.isArray(value) && value.every((element) => typeof element === "string");
}
