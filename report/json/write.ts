import type { JudgedStack } from "../../catalog/records/judged-stack";
import schema from "../schema.json";

/**
 * Writes a report as canonical JSON: fields in the order of `report/schema.json`, four spaces, one line feed at the end. The same
 * report gives the same bytes, whatever order its fields were set in.
 */
export function writeReport(report: JudgedStack): string {
    return `${JSON.stringify(canonicalReport(report), null, 4)}\n`;
}

/** The same report with its fields in the order of the schema, and those of free records by name. */
export function canonicalReport(report: JudgedStack): JudgedStack {
    return inSchemaOrder(report, schema) as JudgedStack;
}

/** The parts of a schema that say where the fields of a value stand. */
interface SchemaPart {
    readonly $ref?: string;
    readonly oneOf?: readonly SchemaPart[];
    readonly items?: SchemaPart;
    readonly properties?: Readonly<Record<string, SchemaPart>>;
    readonly [other: string]: unknown;
}

const definitions: Readonly<Record<string, SchemaPart>> = schema.$defs;

function inSchemaOrder(value: unknown, part: SchemaPart): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const { items = {}, properties = {} } = resolve(part);
    if (Array.isArray(value)) {
        return value.map((item) => inSchemaOrder(item, items));
    }
    const fields = value as Readonly<Record<string, unknown>>;
    const stated = Object.keys(properties).filter((name) => Object.hasOwn(fields, name));
    const free = Object.keys(fields).filter((name) => !Object.hasOwn(properties, name));
    return Object.fromEntries([
        ...free.sort().map((name) => [name, inSchemaOrder(fields[name], {})] as const),
        ...stated.map(
            (name) => [name, inSchemaOrder(fields[name], properties[name] ?? {})] as const,
        ),
    ]);
}

/** Follows a reference; of alternatives the one that is not `null`. */
function resolve(part: SchemaPart): SchemaPart {
    if (part.$ref !== undefined) {
        return resolve(definitions[part.$ref.replace("#/$defs/", "")] ?? {});
    }
    const object = part.oneOf?.find(({ $ref }) => $ref !== undefined);
    return object === undefined ? part : resolve(object);
}
