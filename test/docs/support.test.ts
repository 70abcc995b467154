import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { regionsWithPatchBuckets } from "../../aws/service-buckets";
import { operatingSystems } from "../../catalog/operating-systems";
import { acceptedWorkloadIds, workload } from "../../catalog/workloads";
import { patchSourceOf } from "../../components/patching/patch-source";

const page = readFileSync(join(__dirname, "../../docs/support.md"), "utf8");

/** Cells of the rows of the first table, the heading's included, by the first cell. */
const table = new Map(
    page
        .slice(page.indexOf("|"), page.indexOf("\n\n", page.indexOf("|")))
        .split("\n")
        .map((line) =>
            line
                .split("|")
                .slice(1, -1)
                .map((cell) => cell.trim()),
        )
        .map(([first = "", ...cells]) => [first.replaceAll("`", ""), cells] as const),
);

/** The cells of one row up to a reason: `no: mirror needed` says `no`. */
const answers = (row: string): readonly string[] =>
    (table.get(row) ?? assert.fail(`there is no row ${row}`)).map((cell) =>
        cell.replace(/[:,].*/, ""),
    );

describe("the support table", () => {
    it("has a column for every operating system, in the catalog's order", () => {
        assert.deepEqual(
            answers(""),
            operatingSystems.map(({ title }) => title.replace(/( LTS)? \(.*/, "")),
        );
    });

    for (const [row, service] of [
        ["Patch Manager", "patchManager"],
        ["EC2 Image Builder (KeyServerImage)", "imageBuilder"],
        ["Systems Manager agent", "systemsManagerAgent"],
        ["CloudWatch agent", "cloudWatchAgent"],
    ] as const) {
        it(`says of ${row} what the catalog's supportedBy says`, () => {
            assert.deepEqual(
                answers(row).map((answer) => answer === "yes"),
                operatingSystems.map(({ supportedBy }) => supportedBy[service]),
            );
            for (const answer of answers(row)) {
                assert.match(answer, /^(yes|no|not listed)$/);
            }
        });
    }

    it("says how KeyServerPatching patches each system", () => {
        const ways = {
            "patch-manager": "by Patch Manager",
            "keyward-patch": "by our own installer",
        };
        assert.deepEqual(
            answers("KeyServerPatching"),
            operatingSystems.map(({ id }) => ways[patchSourceOf([id])]),
        );
    });

    it("says which systems' packages come through the S3 gateway endpoint", () => {
        assert.deepEqual(
            answers("Packages through the S3 gateway endpoint"),
            operatingSystems.map(({ repositoryInS3 }) => (repositoryInS3 ? "yes" : "no")),
        );
    });
});

describe("the support page", () => {
    it("counts the regions whose Patch Manager buckets are known, and names those since 2024 that are not", () => {
        assert.deepEqual(
            /for (\d+) regions/.exec(page)?.[1],
            String(regionsWithPatchBuckets.length),
        );
        const [, since = ""] = /opened since 2024 \(([^)]*)\)/.exec(page) ?? [];
        const named = [...since.matchAll(/`([a-z0-9-]+)`/g)].map(([, region = ""]) => region);
        assert.equal(named.length, 5);
        assert.deepEqual(
            named.filter((region) => regionsWithPatchBuckets.includes(region)),
            [],
        );
    });

    it("names the workloads that a program from S3 is refused for", () => {
        const [, names = ""] = /\(`software\.artifactKey`\) for ([^|]*)\|/.exec(page) ?? [];
        assert.deepEqual(
            names
                .split(",")
                .map((name) => name.replaceAll("`", "").trim().toLowerCase())
                .sort(),
            acceptedWorkloadIds.filter((id) => workload(id).program === null).sort(),
        );
    });
});
