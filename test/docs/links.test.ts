import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");

/** Every markdown file of the repository. */
const documents = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".md") && !/(^|\/)(node_modules|coverage|\.git|\.cache)\//.test(name),
);

describe("the documentation", () => {
    it("has the pages that a reader looks for first", () => {
        for (const page of [
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "docs/architecture.md",
        ]) {
            assert.ok(documents.includes(page), page);
        }
    });

    it("is reached from the README, page by page", () => {
        const readme = readFileSync(join(root, "README.md"), "utf8");
        const pages = documents.filter((name) => /^docs\/[^/]+$/.test(name));
        assert.ok(pages.length > 10);
        assert.deepEqual(
            pages.filter((page) => !readme.includes(`](${page})`)),
            [],
        );
    });

    for (const document of documents) {
        it(`leads somewhere from ${document}`, () => {
            const text = readFileSync(join(root, document), "utf8").replace(/```[\s\S]*?```/g, "");
            const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
                .map((match) => match[1] ?? "")
                .filter((target) => !/^(https?:|mailto:|#)/.test(target))
                .map((target) => target.split("#")[0] ?? "")
                .filter((target) => !existsSync(join(root, dirname(document), target)));
            assert.deepEqual(broken, []);
        });
    }
});
