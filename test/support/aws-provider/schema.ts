import { readdirSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./resource-shape";

/**
 * The package's schema as far as other packages need it: every resource type exists, so that a component may have one as an output. What its
 * properties are is left out; programs in YAML that use AWS resources of their own would need them.
 */
export function packageSchema(version: string): string {
    const resources: Record<string, object> = {};
    for (const folder of readdirSync(packageFolder, { withFileTypes: true })) {
        const files =
            folder.isDirectory() && !["node_modules", "types", "config"].includes(folder.name)
                ? readdirSync(join(packageFolder, folder.name))
                : [];
        for (const file of files) {
            const name = /^(?!get|index\b)(\w+)\.d\.ts$/.exec(file)?.[1];
            if (name !== undefined) {
                const type = name.charAt(0).toUpperCase() + name.slice(1);
                resources[`aws:${folder.name}/${name}:${type}`] = {};
            }
        }
    }
    return JSON.stringify({
        name: "aws",
        version,
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        resources,
    });
}
