import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paragraphs } from "../../catalog/article";
import { renderChecklist } from "../../catalog/checklist";
import { buildChecklist } from "../../catalog/checklist/checklist";
import { controls } from "../../catalog/controls";
import { parameters } from "../../catalog/parameters";

describe("docs/checklist.md", () => {
    it("is what `keyward checklist --output docs/checklist.md` writes; run that after a change of the catalog", () => {
        const written = readFileSync(join(__dirname, "../../docs/checklist.md"), "utf8");
        const checklist = buildChecklist({ paragraphs, controls, parameters });
        assert.equal(written, renderChecklist(checklist, "markdown"));
    });
});
