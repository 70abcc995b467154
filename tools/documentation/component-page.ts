import { costDrivers } from "../../aws/cost-drivers";
import type { Control } from "../../catalog/control";
import type { Parameter } from "../../catalog/parameter";
import { parameterById } from "../../catalog/parameters";
import { markdownTable as table, markdownText as text } from "../../catalog/markdown-text";
import type { ComponentSchema, PackageSchema, SchemaProperty } from "./component-schema";
import type { GraphResource } from "./recorded-graph";

/** What a component's page is made of. */
export interface ComponentPage {
    readonly name: string;
    readonly schema: ComponentSchema;
    readonly types: PackageSchema["typeDefinitions"];
    /** Controls that the component sets. */
    readonly controls: readonly Control[];
    /** What it registers itself with its defaults. */
    readonly children: readonly GraphResource[];
}

/** Writes the reference page of a component as GitHub's markdown. */
export function renderComponentPage(page: ComponentPage): string {
    const { name, schema, types, controls, children } = page;
    const nested = nestedTypes(Object.values(schema.inputs ?? {}), types);
    const parts = [
        `# ${name}`,
        "Written from the schema of the package by `npm run docs`.",
        paragraphs(schema.description),
        "## Inputs",
        inputTable(schema.inputs),
        ...nested.flatMap((type) => [
            `### ${type}`,
            paragraphs(types[type]?.description),
            inputTable(types[type]?.properties),
        ]),
        "## Outputs",
        outputTable(schema.outputs),
        "## Controls that it sets",
        controls.length === 0
            ? "None by itself."
            : table(
                  ["Control", "Severity", "Requirement"],
                  controls.map(({ id, title, severity, requirement }) => [
                      [`${text(title)}`, `[\`${id}\`](../checklist.md)`],
                      [severity],
                      [text(requirement)],
                  ]),
              ),
        "## Resources that it makes",
        "With its defaults; more servers, zones or rings make more.",
        resourceTable(children),
        "## What costs money every month",
        costList(children),
    ];
    return `${parts.join("\n\n")}\n`;
}

function inputTable(properties: ComponentSchema["inputs"] = {}): string {
    return table(
        ["Input", "Type", "Default", "What it is"],
        Object.entries(properties).map(([name, property]) => {
            const [what, preset] = splitDefault(property.description ?? "");
            return [
                [`\`${name}\``],
                [typeOf(property)],
                [property.optional === true ? preset || "none" : "**required**"],
                [what],
            ];
        }),
    );
}

function outputTable(properties: ComponentSchema["outputs"] = {}): string {
    return table(
        ["Output", "Type", "What it is"],
        Object.entries(properties).map(([name, property]) => [
            [`\`${name}\``],
            [typeOf(property)],
            [oneLine(property.description ?? "")],
        ]),
    );
}

function resourceTable(children: readonly GraphResource[]): string {
    return table(
        ["Number", "Type"],
        countByType(children).map(([type, count]) => {
            const [, component] = /^keyward:index:(\w+)$/.exec(type) ?? [];
            return [
                [String(count)],
                [component === undefined ? `\`${type}\`` : `[${component}](${component}.md)`],
            ];
        }),
    );
}

function costList(children: readonly GraphResource[]): string {
    const rows = countByType(children).flatMap(([type, count]) => {
        const driver = costDrivers[type];
        const [, component] = /^keyward:index:(\w+)$/.exec(type) ?? [];
        return driver === undefined
            ? component === undefined
                ? []
                : [`- ${count} × what [${component}](${component}.md) costs`]
            : [`- ${count} × \`${type}\`: ${text(driver)}`];
    });
    return rows.length === 0 ? "Nothing." : rows.join("\n");
}

function countByType(children: readonly GraphResource[]): readonly (readonly [string, number])[] {
    const counts = new Map<string, number>();
    for (const { type } of children) {
        counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Names of nested objects, in the order in which a reader meets them. */
function nestedTypes(
    properties: readonly SchemaProperty[],
    types: PackageSchema["typeDefinitions"],
): readonly string[] {
    const found = new Set<string>();
    const look = (property: SchemaProperty | undefined): void => {
        const name = property === undefined ? undefined : nestedName(property);
        if (name !== undefined && !found.has(name)) {
            found.add(name);
            Object.values(types[name]?.properties ?? {}).forEach(look);
        }
        if (property?.items !== undefined) {
            look(property.items);
        }
    };
    properties.forEach(look);
    return [...found];
}

function nestedName({ $ref = "" }: SchemaProperty): string | undefined {
    return /^#\/types\/keyward:index:(\w+)$/.exec($ref)?.[1];
}

function typeOf(property: SchemaProperty): string {
    const { type, items, additionalProperties, $ref = "" } = property;
    const nested = nestedName(property);
    if (nested !== undefined) {
        return `[${nested}](#${nested.toLowerCase()})`;
    }
    if (items !== undefined) {
        return `list of ${typeOf(items)}`;
    }
    if (additionalProperties !== undefined) {
        return `map of ${typeOf(additionalProperties)}`;
    }
    return type ?? `\`${decodeURIComponent($ref.split("/resources/").at(-1) ?? "")}\``;
}

/** A description's text and what the input is by default, where it says so; a value of the catalog is looked up there. */
function splitDefault(description: string): readonly [string, string] {
    const flowing = oneLine(description);
    const [, before = "", preset = "", after = ""] =
        /^(.*?)\s*Defaults to (.+?)\.(?=\s|$)(.*)$/.exec(flowing) ?? [];
    const [, id = ""] = /the catalog's `(\w+)`/.exec(before) ?? [];
    return preset === ""
        ? [flowing, ""]
        : [`${before}${after}`, preset === "that value" ? plainValue(parameterById(id)) : preset];
}

function plainValue({ value, unit }: Parameter): string {
    return `${String(value)} ${unit}`.trim();
}

/** Descriptions are markdown already. */
function oneLine(description: string): string {
    return description.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

function paragraphs(description = ""): string {
    return description
        .split(/\n\s*\n/)
        .map(oneLine)
        .join("\n\n");
}
