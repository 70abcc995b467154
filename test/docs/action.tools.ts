import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { action, runJudge, runShell } from "../support/action";
import { repository } from "../support/engine";
import { temporaryFolder } from "../support/program";

/** The files of the repository, as GitHub fetches them: nothing installed, nothing built. */
function checkout(): string {
    const folder = temporaryFolder({}, false);
    const files = execFileSync("git", ["ls-files", "-z"], { cwd: repository, encoding: "utf8" });
    for (const file of files.split("\0").filter((each) => existsSync(join(repository, each)))) {
        if (file !== "") {
            cpSync(join(repository, file), join(folder, file));
        }
    }
    return folder;
}

describe("the GitHub action, fetched by GitHub", function () {
    this.timeout(600_000);

    it("builds Keyward in its own folder and judges with it", () => {
        const fetched = checkout();
        const [build] = action.runs.steps;
        const built = runShell(build?.run ?? "exit 99", temporaryFolder({}, false), {
            GITHUB_ACTION_PATH: fetched,
        });
        assert.equal(built.status, 0, built.stderr);
        const { status, folder, stderr } = runJudge({ directory: "infra" }, fetched);
        assert.equal(status, 1, stderr);
        assert.match(readFileSync(join(folder, "summary"), "utf8"), /^<!-- keyward ci\/dev -->\n/);
    });
});
