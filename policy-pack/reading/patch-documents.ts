import { parse } from "yaml";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { peek, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { readAny, readText, valueAt } from "./values";

/** AWS's documents that install what a baseline approves. */
const patchDocuments = new Set([
    "AWS-RunPatchBaseline",
    "AWS-RunPatchBaselineWithHooks",
    "AWS-RunPatchBaselineAssociation",
]);

/** Whether a task's document installs patches; `fixed` are the parameters that the document itself settles. */
export type PatchDocument =
    | { readonly kind: "patches"; readonly fixed: Readonly<Record<string, string>> }
    | { readonly kind: "other" }
    | { readonly kind: "open"; readonly why: string };

/** Reads the document that the property at `path` names: one of AWS's, or one of this stack by its content. */
export function patchDocumentAt(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): PatchDocument {
    const reference = graph.reference(resource, path, [TypeToken.SsmDocument]);
    if (reference.kind === "resources") {
        const documents = reference.resources.map(readDocument);
        return (
            documents.find(({ kind }) => kind === "patches") ??
            documents.find(({ kind }) => kind === "open") ?? { kind: "other" }
        );
    }
    const name = readText(resource.properties, path);
    if (name.kind !== "known") {
        return name.kind === "open" ? name : { kind: "other" };
    }
    return isPatchDocument(name.value) ? { kind: "patches", fixed: {} } : { kind: "other" };
}

/** Whether a name or ARN is one of AWS's documents that install patches. */
export function isPatchDocument(name: string): boolean {
    return patchDocuments.has(name.slice(name.lastIndexOf("/") + 1));
}

function readDocument(document: RegisteredResource): PatchDocument {
    const content = readAny(document.properties, ["content"]);
    if (content.kind === "open") {
        return {
            kind: "open",
            why: `is the document "${document.name}", whose content ${content.why}`,
        };
    }
    const parsed = parseContent(valueAt(document.properties, ["content"]));
    if (parsed === undefined) {
        return {
            kind: "open",
            why: `is the document "${document.name}", whose content cannot be read`,
        };
    }
    const steps = peek(parsed, ["mainSteps"]);
    const count = steps.kind === "known" && Array.isArray(steps.value) ? steps.value.length : 0;
    for (let index = 0; index < count; index++) {
        const inputs: PropertyPath = ["mainSteps", index, "inputs"];
        const name =
            text(parsed, [...inputs, "documentPath"]) ?? text(parsed, [...inputs, "DocumentName"]);
        if (name !== undefined && isPatchDocument(name)) {
            return { kind: "patches", fixed: fixedParameters(parsed, inputs) };
        }
    }
    return { kind: "other" };
}

/** Parameters that a step passes on as plain values; `{{ Operation }}` is the task's own, or the document's default. */
function fixedParameters(content: unknown, inputs: PropertyPath): Record<string, string> {
    const fixed: Record<string, string> = {};
    for (const name of ["Operation", "RebootOption"]) {
        const passed = ["documentParameters", "Parameters"]
            .map((field) => valueOf(content, [...inputs, field], name))
            .find((value) => value !== undefined);
        const own = /^\{\{\s*(\w+)\s*\}\}$/.exec(passed ?? "")?.[1];
        const value = own === undefined ? passed : text(content, ["parameters", own, "default"]);
        if (value !== undefined) {
            fixed[name] = value;
        }
    }
    return fixed;
}

/** A step's parameters are an object, or that object as JSON text. */
function valueOf(content: unknown, path: PropertyPath, name: string): string | undefined {
    const found = peek(content, path);
    const parameters =
        found.kind === "known" && typeof found.value === "string"
            ? parseContent(found.value)
            : found.kind === "known"
              ? found.value
              : undefined;
    return text(parameters, [name]) ?? text(parameters, [name, 0]);
}

function text(properties: unknown, path: PropertyPath): string | undefined {
    const reading = readText(properties, path);
    return reading.kind === "known" ? reading.value : undefined;
}

/** Documents are written in JSON or YAML, of which JSON is a part. */
function parseContent(content: unknown): unknown {
    if (typeof content !== "string") {
        return typeof content === "object" ? content : undefined;
    }
    try {
        return parse(content) as unknown;
    } catch {
        return undefined;
    }
}
