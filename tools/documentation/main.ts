// Writes the reference pages of the components and of the deployer's permissions.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildPages } from "./pages";

for (const [path, text] of buildPages()) {
    const file = join(__dirname, "..", "..", "docs", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
}
