import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";

/**
 * Compiles a JSON schema. Reports all problems at once, with the schema and the value that they are about. Keywords and formats that
 * are not known are an error, unless the schema is `foreign`: then they demand nothing.
 */
export function compileSchema<T>(schema: object, foreign = false): ValidateFunction<T> {
    const ajv = new Ajv({
        allErrors: true,
        strict: !foreign,
        strictRequired: false,
        verbose: true,
        ...(foreign ? { logger: false } : {}),
    });
    addFormats(ajv, ["date"]);
    return ajv.compile<T>(schema);
}

/** One line for each problem of a value: the path (`place` in front), what is allowed, and the value. */
export function schemaProblems(
    validate: ValidateFunction,
    value: unknown,
    place: string,
): readonly string[] {
    if (validate(value)) {
        return [];
    }
    const problems = (validate.errors ?? [])
        // Combining keywords only repeat what their branches say, unless no branch said anything.
        .filter(({ keyword }, _, all) => !combining.has(keyword) || all.length === 1)
        .map((error) => describe(error, place));
    return [...new Set(problems)];
}

const combining = new Set(["anyOf", "if"]);

function describe(error: ErrorObject, place: string): string {
    const inside = error.instancePath
        .split("/")
        .slice(1)
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
        .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
        .join("");
    const where = `${place}${inside}`.replace(/^\./, "") || "the value";
    const parameters: Readonly<Record<string, unknown>> = error.params;
    switch (error.keyword) {
        case "additionalProperties":
            return `${where} has the unknown field "${text(parameters["additionalProperty"])}"; known: ${knownFields(error)}`;
        case "required":
            return `${where} lacks the field "${text(parameters["missingProperty"])}"`;
        case "enum":
            return `${where} must be one of ${listed(parameters["allowedValues"])}, got ${shown(error.data)}`;
        case "pattern":
            return `${where} must match ${text(parameters["pattern"])}, got ${shown(error.data)}`;
        case "format":
            return `${where} must be a ${text(parameters["format"])} (YYYY-MM-DD), got ${shown(error.data)}`;
        default:
            return `${where} ${error.message ?? "is not acceptable"}, got ${shown(error.data)}`;
    }
}

function knownFields(error: ErrorObject): string {
    const schema = error.parentSchema as { readonly properties?: object } | undefined;
    return Object.keys(schema?.properties ?? {}).join(", ");
}

function listed(values: unknown): string {
    return Array.isArray(values) ? values.map(shown).join(", ") : "";
}

function text(value: unknown): string {
    return typeof value === "string" ? value : shown(value);
}

/** Values may be long, and a whole object says less than its type. */
function shown(value: unknown): string {
    const json = JSON.stringify(value) ?? "nothing";
    return json.length <= 80 ? json : `${json.slice(0, 77)}…`;
}
