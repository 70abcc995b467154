import assert from "node:assert/strict";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import ts from "typescript";
import schema from "../../../report/schema.json";

interface SchemaPart {
    readonly $ref?: string;
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly const?: string;
    readonly oneOf?: readonly SchemaPart[];
    readonly items?: SchemaPart;
    readonly properties?: Readonly<Record<string, SchemaPart>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: boolean | SchemaPart;
    readonly [other: string]: unknown;
}

const definitions: Readonly<Record<string, SchemaPart>> = schema.$defs;

/** The records of the catalog as the compiler sees them. */
function loadRecords(): { checker: ts.TypeChecker; judgedStack: ts.Type } {
    const file = join(__dirname, "../../../catalog/records/judged-stack.ts");
    const program = ts.createProgram([file], {
        strict: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        types: [],
    });
    const checker = program.getTypeChecker();
    const source = program.getSourceFile(file);
    assert.ok(source);
    const declaration = source.statements.find(
        (statement): statement is ts.InterfaceDeclaration =>
            ts.isInterfaceDeclaration(statement) && statement.name.text === "JudgedStack",
    );
    assert.ok(declaration);
    return { checker, judgedStack: checker.getTypeAtLocation(declaration) };
}

/**
 * Lists where a type of the catalog and a part of the schema differ: names of fields, which of them are optional, literals, lists.
 * A plain `string` of the catalog may be narrower in the schema.
 */
function differences(
    checker: ts.TypeChecker,
    type: ts.Type,
    given: SchemaPart | undefined,
    place: string,
): string[] {
    if (given === undefined) {
        return [`${place} is not in the schema`];
    }
    if (given.$ref !== undefined) {
        return differences(checker, type, definitions[given.$ref.slice("#/$defs/".length)], place);
    }
    if (given.oneOf !== undefined) {
        const [nothing, something] = given.oneOf;
        assert.equal(nothing?.type, "null", place);
        assert.notEqual(checker.getNonNullableType(type), type, `${place} is nullable`);
        return differences(checker, checker.getNonNullableType(type), something, place);
    }
    const literals = type.isUnion() ? type.types : [type];
    if (literals.every((literal) => literal.isStringLiteral())) {
        const inType = literals.map(({ value }) => value).sort();
        const inSchema = [...(given.enum ?? [given.const ?? ""])].sort();
        return isDeepEqual(inType, inSchema)
            ? []
            : [`${place}: ${String(inType)} ≠ ${String(inSchema)}`];
    }
    const name = checker.typeToString(type);
    if (["string", "number", "boolean"].includes(name)) {
        const allowed = { string: ["string"], number: ["integer", "number"], boolean: ["boolean"] };
        const fits =
            given.type === undefined
                ? (given.enum ?? []).every((value) => typeof value === name)
                : allowed[name as keyof typeof allowed].includes(given.type);
        return fits ? [] : [`${place}: ${name} ≠ ${String(given.type)}`];
    }
    if (checker.isArrayType(type)) {
        const [item] = checker.getTypeArguments(type as ts.TypeReference);
        assert.ok(item);
        return differences(checker, item, given.items, `${place}[]`);
    }
    const index = type.getStringIndexType();
    if (index !== undefined && type.getProperties().length === 0) {
        const values = given.additionalProperties;
        assert.ok(typeof values === "object", place);
        return differences(checker, index, values, `${place}{}`);
    }
    return objectDifferences(checker, type, given, place);
}

function objectDifferences(
    checker: ts.TypeChecker,
    type: ts.Type,
    given: SchemaPart,
    place: string,
): string[] {
    const fields = type.getProperties();
    const names = fields.map((field) => field.name).sort();
    const required = fields
        .filter((field) => (field.flags & ts.SymbolFlags.Optional) === 0)
        .map((field) => field.name)
        .sort();
    assert.deepEqual(Object.keys(given.properties ?? {}).sort(), names, `fields of ${place}`);
    assert.deepEqual([...(given.required ?? [])].sort(), required, `required in ${place}`);
    assert.equal(given.additionalProperties, false, `${place} is closed`);
    return fields.flatMap((field) => {
        const declared = checker.getTypeOfSymbol(field);
        const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
        return differences(
            checker,
            isOptional ? checker.getNonNullableType(declared) : declared,
            given.properties?.[field.name],
            `${place}.${field.name}`,
        );
    });
}

function isDeepEqual(a: readonly string[], b: readonly string[]): boolean {
    return a.join("\n") === b.join("\n");
}

describe("the schema of the JSON report", () => {
    it("is a valid schema of JSON Schema 2020-12", () => {
        const ajv = new Ajv2020({ strictRequired: false });
        addFormats(ajv);
        assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
        assert.equal(ajv.validateSchema(schema, true), true);
    });

    it("says exactly what the records of the catalog say", function () {
        this.timeout(60_000);
        const { checker, judgedStack } = loadRecords();
        assert.deepEqual(differences(checker, judgedStack, schema, "report"), []);
    });

    it("closes every object", () => {
        for (const [name, part] of Object.entries(definitions)) {
            if (part.properties !== undefined) {
                assert.equal(part.additionalProperties, false, name);
            }
        }
    });

    it("uses every definition", () => {
        const text = JSON.stringify(schema);
        for (const name of Object.keys(definitions)) {
            assert.ok(text.includes(`"#/$defs/${name}"`), `nothing refers to ${name}`);
        }
    });
});
