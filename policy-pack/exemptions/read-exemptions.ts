import type { ValidateFunction } from "ajv";
import { parse, YAMLParseError } from "yaml";
import type { Exemption, ExemptionScope } from "../../catalog/records/exemption";
import { InputError } from "../../catalog/records/input-error";
import { compileSchema, schemaProblems } from "../configuration/schema-problems";
import { isPlainObject } from "../graph/wire-values";
import { exemptionSchema } from "./exemption-schema";

/** A record as far as it can be read; `problems` is empty for a well-formed one. */
export interface ReadExemption {
    /** Fields that are missing or of the wrong type are "". */
    readonly exemption: Exemption;
    readonly problems: readonly string[];
}

/**
 * Reads the records of a YAML or JSON text: a list, or an object whose field `exemptions` is one. Throws `InputError` for a text that is
 * neither; a record that is wrong by itself is a finding of the judgement, not an error.
 */
export function parseExemptions(text: string, source: string): readonly unknown[] {
    let document: unknown;
    try {
        document = parse(text);
    } catch (error) {
        const reason = error instanceof YAMLParseError ? error.message : "it cannot be parsed";
        throw new InputError([`${source} is neither YAML nor JSON: ${reason}`]);
    }
    if (document === null || document === undefined) {
        return [];
    }
    const records = isPlainObject(document) ? document["exemptions"] : document;
    const unknown = isPlainObject(document)
        ? Object.keys(document).filter((key) => key !== "exemptions")
        : [];
    if (!Array.isArray(records) || unknown.length > 0) {
        throw new InputError([
            `${source} must hold a list of exemption records, or an object with the one field "exemptions"${
                unknown.length > 0 ? `, got the fields ${unknown.join(", ")}` : ""
            }`,
        ]);
    }
    return records;
}

let compiled: ValidateFunction | undefined;

/** Compiling takes longer than reading some records, and most stacks have none. */
function validator(): ValidateFunction {
    return (compiled ??= compileSchema<Exemption>(exemptionSchema));
}

/** Reads one record without ever throwing. */
export function readExemption(record: unknown, place: string): ReadExemption {
    const problems = schemaProblems(validator(), record, place);
    const fields = isPlainObject(record) ? record : {};
    const text = (name: string): string => {
        const value = fields[name];
        return typeof value === "string" ? value : "";
    };
    const compensatingControl = text("compensatingControl");
    return {
        problems,
        exemption: {
            id: text("id"),
            policy: text("policy"),
            scope: readScope(fields["scope"]),
            reason: text("reason"),
            owner: text("owner"),
            approver: text("approver"),
            ticket: text("ticket"),
            created: text("created"),
            expires: text("expires"),
            ...(compensatingControl === "" ? {} : { compensatingControl }),
        },
    };
}

function readScope(scope: unknown): ExemptionScope {
    const fields = isPlainObject(scope) ? scope : {};
    const text = (name: "urn" | "path" | "fingerprint"): ExemptionScope => {
        const value = fields[name];
        return typeof value === "string" ? { [name]: value } : {};
    };
    return { ...text("urn"), ...text("path"), ...text("fingerprint") };
}
