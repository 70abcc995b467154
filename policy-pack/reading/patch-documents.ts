import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { peek, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { parseDocument } from "./document-content";
import { patchCommandOf, restartsServer } from "./patch-commands";
import { readAny, readText, valueAt } from "./values";

/** AWS's documents that install what a baseline approves. */
const patchDocuments = new Set([
    "AWS-RunPatchBaseline",
    "AWS-RunPatchBaselineWithHooks",
    "AWS-RunPatchBaselineAssociation",
]);

/**
 * Whether a task's document installs patches; `fixed` are the parameters that the document itself settles, `by` is who installs: shell
 * lines read no patch baseline.
 */
export type PatchDocument =
    | {
          readonly kind: "patches";
          readonly by: "patch-manager" | "shell";
          readonly fixed: Readonly<Record<string, string>>;
      }
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
    return isPatchDocument(name.value)
        ? { kind: "patches", by: "patch-manager", fixed: {} }
        : { kind: "other" };
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
    const parsed = parseDocument(valueAt(document.properties, ["content"]));
    if (parsed === undefined) {
        return {
            kind: "open",
            why: `is the document "${document.name}", whose content cannot be read`,
        };
    }
    const steps = stepsOf(parsed);
    for (const step of steps) {
        const name =
            text(step, ["inputs", "documentPath"]) ?? text(step, ["inputs", "DocumentName"]);
        if (name !== undefined && isPatchDocument(name)) {
            return { kind: "patches", by: "patch-manager", fixed: fixedParameters(parsed, step) };
        }
    }
    const shell = steps.filter((step) => /^installs/.test(patchCommandOf(step) ?? ""));
    if (shell.length > 0) {
        const RebootOption = shell.some(restartsServer) ? "RebootIfNeeded" : "NoReboot";
        return { kind: "patches", by: "shell", fixed: { Operation: "Install", RebootOption } };
    }
    return { kind: "other" };
}

/** Parameters that a step passes on as plain values; `{{ Operation }}` is the task's own, or the document's default. */
function fixedParameters(content: unknown, step: unknown): Record<string, string> {
    const fixed: Record<string, string> = {};
    for (const name of ["Operation", "RebootOption"]) {
        const passed = ["documentParameters", "Parameters"]
            .map((field) => valueOf(step, ["inputs", field], name))
            .find((value) => value !== undefined);
        const own = /^\{\{\s*(\w+)\s*\}\}$/.exec(passed ?? "")?.[1];
        const value = own === undefined ? passed : text(content, ["parameters", own, "default"]);
        if (value !== undefined) {
            fixed[name] = value;
        }
    }
    return fixed;
}

/** The steps of a document that was read. */
export function stepsOf(content: unknown): readonly unknown[] {
    const steps = peek(content, ["mainSteps"]);
    return steps.kind === "known" && Array.isArray(steps.value) ? steps.value : [];
}

/** A step's parameters are an object, or that object as JSON text. */
function valueOf(content: unknown, path: PropertyPath, name: string): string | undefined {
    const found = peek(content, path);
    const parameters =
        found.kind === "known" && typeof found.value === "string"
            ? parseDocument(found.value)
            : found.kind === "known"
              ? found.value
              : undefined;
    return text(parameters, [name]) ?? text(parameters, [name, 0]);
}

function text(properties: unknown, path: PropertyPath): string | undefined {
    const reading = readText(properties, path);
    return reading.kind === "known" ? reading.value : undefined;
}
