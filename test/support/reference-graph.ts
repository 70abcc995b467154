import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { readGraphFile } from "../../preview/graph/read-graph";

const root = join(__dirname, "../..");

/** The resources that a program of this repository registers, as the offline preview saves them. */
export function graphOf(folder: string): readonly RegisteredResource[] {
    const work = mkdtempSync(join(tmpdir(), "keyward-graph-"));
    try {
        const file = join(work, "graph.json");
        const { status, stderr } = spawnSync(
            process.execPath,
            ["cli/bin/keyward.js", "preview", folder, "--graph", file],
            { cwd: root, encoding: "utf8", timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
        );
        // A stack that is blocked has a graph as well.
        assert.ok(status === 0 || status === 1, stderr);
        return readGraphFile(file).resources;
    } finally {
        rmSync(work, { recursive: true, force: true });
    }
}

/** A copy of a graph with one change. */
export class Mutation {
    public constructor(private resources: readonly RegisteredResource[]) {}

    public get graph(): readonly RegisteredResource[] {
        return this.resources;
    }

    /** The resource of this type and name; there must be one. */
    public find(type: string, name: string): RegisteredResource {
        const found = this.resources.find((one) => one.type === type && one.name === name);
        assert.ok(found !== undefined, `${type} ${name} is not in the graph`);
        return found;
    }

    /**
     * Lays properties over those of one resource; undefined removes one. Nested objects are merged. What is written instead of an output comes
     * from no resource any more.
     */
    public change(type: string, name: string, properties: Readonly<Record<string, unknown>>): this {
        const resource = this.find(type, name);
        this.replace(resource, {
            ...resource,
            properties: merge(resource.properties, properties) as RegisteredResource["properties"],
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).filter(
                    ([key]) => !Object.hasOwn(properties, key) || isPlain(properties[key]),
                ),
            ),
        });
        return this;
    }

    public drop(type: string, name: string): this {
        const gone = this.find(type, name);
        this.resources = this.resources.filter((resource) => resource !== gone);
        return this;
    }

    /** Adds a resource beside another one, whose parent and provider it takes; its options are the defaults. */
    public add(
        type: string,
        name: string,
        beside: RegisteredResource,
        properties: Readonly<Record<string, unknown>>,
        propertyDependencies: Readonly<Record<string, readonly string[]>> = {},
    ): this {
        const urn = `${beside.urn.slice(0, beside.urn.lastIndexOf("::") + 2)}${name}`.replace(
            beside.type,
            type,
        );
        this.resources = [
            ...this.resources,
            {
                ...beside,
                urn,
                type,
                name,
                properties,
                propertyDependencies,
                dependencies: Object.values(propertyDependencies).flat(),
                options: { protect: false, retainOnDelete: false, ignoreChanges: [], aliases: [] },
            },
        ];
        return this;
    }

    private replace(old: RegisteredResource, changed: RegisteredResource): void {
        this.resources = this.resources.map((resource) => (resource === old ? changed : resource));
    }
}

function merge(value: unknown, over: unknown): unknown {
    if (!isPlain(value) || !isPlain(over)) {
        return over;
    }
    const merged = { ...value };
    for (const [key, part] of Object.entries(over)) {
        if (part === undefined) {
            delete merged[key];
        } else {
            merged[key] = merge(merged[key], part);
        }
    }
    return merged;
}

function isPlain(value: unknown): value is Record<string, unknown> {
    return (
        typeof value === "object" &&
        value !== null &&
        Object.getPrototypeOf(value) === Object.prototype
    );
}
