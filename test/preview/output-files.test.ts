import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../catalog/records/input-error";
import { checkOutputFiles, writeOutputFile } from "../../preview/output-files";
import { temporaryFolder } from "../support/program";

describe("the files of a command's output", () => {
    it("are checked all together before any work", () => {
        const folder = temporaryFolder({ "there.json": "{}", "sub/file": "" }, false);
        const outputs = [
            { option: "--json", file: join(folder, "sub") },
            { option: "--sarif", file: join(folder, "none/report.sarif") },
            { option: "--junit", file: join(folder, "there.json/report.xml") },
            { option: "--html", file: "" },
            { option: "--markdown", file: "-" },
            { option: "--graph", file: "-" },
        ];
        assert.throws(
            () => {
                checkOutputFiles(outputs);
            },
            (error) => {
                assert.ok(error instanceof InputError);
                assert.deepEqual(
                    error.problems.map((problem) => problem.replaceAll(folder, "DIR")),
                    [
                        "--json DIR/sub: this is a folder: give the name of a file in it",
                        "--sarif DIR/none/report.sarif: the folder DIR/none does not exist",
                        "--junit DIR/there.json/report.xml: the folder DIR/there.json does not exist",
                        "--html : the name of the file is empty",
                        "--markdown and --graph both write standard output: give one of them another file",
                    ],
                );
                return true;
            },
        );
        assert.deepEqual(readdirSync(folder).sort(), ["sub", "there.json"]);
    });

    it("may be written over, and may be new", () => {
        const folder = temporaryFolder({ "old.json": "old" }, false);
        const [old, fresh] = [join(folder, "old.json"), join(folder, "new.json")];
        checkOutputFiles([
            { option: "--json", file: old },
            { option: "--sarif", file: fresh },
        ]);
        writeOutputFile({ option: "--json", file: old }, "text");
        writeOutputFile({ option: "--sarif", file: fresh }, "more");
        assert.equal(readFileSync(old, "utf8"), "text");
        assert.equal(readFileSync(fresh, "utf8"), "more");
        assert.deepEqual(readdirSync(folder).sort(), ["new.json", "old.json"]);
    });

    it("leave no half of themselves behind when the system refuses", function () {
        if (process.getuid?.() === 0) {
            // Root may write everywhere, so what is refused to it is a folder in the file's place.
            const folder = temporaryFolder({ "taken/file": "" }, false);
            assert.throws(() => {
                writeOutputFile({ option: "--json", file: join(folder, "missing/out") }, "text");
            }, InputError);
            assert.ok(!existsSync(join(folder, "missing")));
            return;
        }
        const folder = temporaryFolder({ "kept.json": "kept" }, false);
        chmodSync(folder, 0o500);
        assert.throws(() => {
            writeOutputFile({ option: "--json", file: join(folder, "kept.json") }, "text");
        }, InputError);
        chmodSync(folder, 0o700);
        assert.deepEqual(readdirSync(folder), ["kept.json"]);
        assert.ok(statSync(join(folder, "kept.json")).size === 4);
    });
});
