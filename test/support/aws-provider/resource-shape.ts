import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a property holds. */
export type ValueKind = "string" | "number" | "boolean" | "list" | "map" | "object";

/** One property of a resource type, as the declarations of `@pulumi/aws` tell it. */
export interface PropertyShape {
    readonly kind: ValueKind;
    /** A program may set it. */
    readonly input: boolean;
    /** A program must set it. */
    readonly required: boolean;
    /** AWS chooses the value where the program does not: unknown until the resource exists. */
    readonly computed: boolean;
    /** Kind of the elements of a list. */
    readonly element?: ValueKind;
    /** Properties of the object, or of the objects of the list. */
    readonly properties?: () => ObjectShape;
}

export type ObjectShape = ReadonlyMap<string, PropertyShape>;

interface Member {
    readonly type: string;
    readonly optional: boolean;
}

/** Shape of a type of another provider's: nothing is known of it, everything may be given. */
export const openShape: ObjectShape = new Map<string, PropertyShape>();

/** Folder of the installed `@pulumi/aws`. */
export const packageFolder = dirname(require.resolve("@pulumi/aws/package.json"));
const shapes = new Map<string, ObjectShape | undefined>();
const typeFiles = new Map<string, string>();

/**
 * Gives the shape of a resource type (`aws:ec2/instance:Instance`), or undefined for a type of `aws` that `@pulumi/aws` does not have.
 * The package declares a property that AWS computes as optional in the arguments and always present in the resource.
 */
export function shapeOf(type: string): ObjectShape | undefined {
    if (!shapes.has(type)) {
        shapes.set(type, readShape(type));
    }
    return shapes.get(type);
}

function readShape(type: string): ObjectShape | undefined {
    if (!type.startsWith("aws:")) {
        return openShape;
    }
    const [, folder, file, name] = /^aws:([\w-]+)\/(\w+):(\w+)$/.exec(type) ?? [];
    if (folder === undefined || file === undefined || name === undefined) {
        return undefined;
    }
    const path = join(packageFolder, folder === "index" ? "" : folder, `${file}.d.ts`);
    if (!existsSync(path)) {
        return undefined;
    }
    const text = withoutComments(readFileSync(path, "utf8"));
    const declared = block(text, `export declare class ${name} extends `);
    const given = block(text, `export interface ${name}Args `);
    if (declared === undefined || given === undefined) {
        return undefined;
    }
    const outputs = new Map<string, Member>();
    for (const [, property, value] of declared.matchAll(
        /readonly (\w+): pulumi\.Output<([^]*?)>;\n/g,
    )) {
        const type = String(value);
        outputs.set(String(property), { type, optional: /\| undefined$/.test(type) });
    }
    return combine(outputs, members(given));
}

function combine(
    outputs: ReadonlyMap<string, Member>,
    inputs: ReadonlyMap<string, Member>,
): ObjectShape {
    const shape = new Map<string, PropertyShape>();
    for (const [property, output] of outputs) {
        const input = inputs.get(property);
        shape.set(property, {
            ...valueShape(output.type),
            input: input !== undefined,
            required: input?.optional === false,
            computed: input === undefined || (input.optional && !output.optional),
        });
    }
    return shape;
}

function valueShape(declared: string): Pick<PropertyShape, "kind" | "element" | "properties"> {
    const type = declared.replace(/\s*\| undefined$/, "").trim();
    const named = /^outputs\.([\w.]+)$/.exec(type)?.[1];
    if (named !== undefined) {
        return { kind: "object", properties: () => nestedShape(named) };
    }
    if (type.endsWith("[]")) {
        const element = valueShape(type.slice(0, -2));
        return { kind: "list", element: element.kind, properties: element.properties };
    }
    if (type.startsWith("{")) {
        return { kind: "map" };
    }
    return { kind: type === "number" || type === "boolean" ? type : "string" };
}

function nestedShape(name: string): ObjectShape {
    const key = `types.${name}`;
    const known = shapes.get(key);
    if (known !== undefined) {
        return known;
    }
    const outputs = members(nestedBlock("output", name) ?? "");
    const inputs = members(nestedBlock("input", name) ?? "");
    const shape = combine(outputs, inputs);
    shapes.set(key, shape);
    return shape;
}

function nestedBlock(direction: "input" | "output", name: string): string | undefined {
    const text =
        typeFiles.get(direction) ??
        readFileSync(join(packageFolder, "types", `${direction}.d.ts`), "utf8");
    typeFiles.set(direction, text);
    const path = name.split(".");
    const last = path.pop();
    const indent = path.length === 0 ? "" : "    ";
    const space = path.length === 0 ? 0 : text.indexOf(`namespace ${path.join(".")} {`);
    const start = text.indexOf(
        path.length === 0 ? `export interface ${last} {` : `    interface ${last} {`,
        space,
    );
    if (space < 0 || start < 0) {
        return undefined;
    }
    return withoutComments(text.slice(start, text.indexOf(`\n${indent}}`, start))).replace(
        /^[^\n]*\n/,
        "",
    );
}

/** Members of an interface's body, whatever its indentation; maps span lines. */
function members(body: string): ReadonlyMap<string, Member> {
    const found = new Map<string, Member>();
    const indent = /^ */.exec(body.replace(/^\s*\n/, ""))?.[0].length ?? 0;
    const pattern = new RegExp(
        `^ {${String(indent)}}(\\w+)(\\??): ([^]*?);(?=\\n {${String(indent)}}\\w|\\s*$)`,
        "gm",
    );
    for (const [, name, mark, type] of body.matchAll(pattern)) {
        found.set(String(name), { type: String(type), optional: mark === "?" });
    }
    return found;
}

function block(text: string, head: string): string | undefined {
    const start = text.indexOf(head);
    return start < 0
        ? undefined
        : text.slice(text.indexOf("{\n", start) + 2, text.indexOf("\n}", start) + 1);
}

function withoutComments(text: string): string {
    return text.replace(/^\s*\/\*\*[^]*?\*\/\n/gm, "");
}
