import { controls } from "../../catalog/controls";
import { readComponentSchema } from "./component-schema";
import { renderComponentPage } from "./component-page";
import { renderPermissionsPage } from "./permissions-page";
import { readChildren, readWholeStack } from "./recorded-graph";

/** Every page that is written from the package itself: path below `docs` → text. */
export function buildPages(): ReadonlyMap<string, string> {
    const { components, typeDefinitions } = readComponentSchema();
    const names = Object.keys(components).sort();
    const pages = names.map((name): readonly [string, string] => [
        `components/${name}.md`,
        renderComponentPage({
            name,
            schema: components[name] ?? {},
            types: typeDefinitions,
            controls: controls.filter(({ enforcement }) => enforcement.components.includes(name)),
            children: readChildren(name),
        }),
    ]);
    const resources = [...readWholeStack(), ...names.flatMap((name) => readChildren(name))];
    return new Map([...pages, ["permissions.md", renderPermissionsPage(resources)]]);
}
