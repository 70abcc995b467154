import type { ErrorObject } from "ajv";

/** Turns what the schema's validator found into sentences for people, each with the place, the value and what is allowed. */
export function describeProblems(errors: readonly ErrorObject[], report: unknown): string[] {
    const sentences = errors
        .filter((error) => !(error.keyword in summedUpByOthers))
        .map((error) => describe(error, report));
    return [...new Set(sentences)];
}

/** Keywords whose errors only repeat the errors of the schemas inside them. */
const summedUpByOthers = { if: true, oneOf: true, propertyNames: true } as const;

function describe(error: ErrorObject, report: unknown): string {
    const place = toPath(error.instancePath);
    const parameters = error.params as Readonly<Record<string, unknown>>;
    switch (error.keyword) {
        case "required":
            return `${place} lacks "${String(parameters["missingProperty"])}"`;
        case "additionalProperties":
            return `${place} has the unknown field ${quote(parameters["additionalProperty"])}`;
        case "enum":
            return `${place} is ${show(report, error)}; allowed are ${list(parameters["allowedValues"])}`;
        case "const":
            return `${place} is ${show(report, error)}; it must be ${quote(parameters["allowedValue"])}`;
        case "type":
            return `${place} is ${show(report, error)}; it must be of type ${String(parameters["type"])}`;
        case "not":
            return `${place} has the name ${quote(error.propertyName)}, which is not allowed`;
        default:
            return `${place} is ${show(report, error)}; it ${error.message ?? "is not valid"}`;
    }
}

/** `/findings/3/path` → `findings[3].path`. */
function toPath(pointer: string): string {
    const path = pointer
        .split("/")
        .slice(1)
        .map(unescapePart)
        .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
        .join("")
        .replace(/^\./, "");
    return path === "" ? "the report" : path;
}

function unescapePart(part: string): string {
    return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function show(report: unknown, error: ErrorObject): string {
    let value: unknown = report;
    for (const part of error.instancePath.split("/").slice(1)) {
        value = (value as Record<string, unknown>)[unescapePart(part)];
    }
    return quote(value);
}

const longestQuote = 80;

/** A value as it would stand in JSON, cut when it is long; containers are named only. */
function quote(value: unknown): string {
    if (Array.isArray(value)) {
        return "a list";
    }
    if (typeof value === "object" && value !== null) {
        return "an object";
    }
    const text = JSON.stringify(value) ?? "nothing";
    return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

function list(values: unknown): string {
    return Array.isArray(values) ? values.map(quote).join(", ") : quote(values);
}
