import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildInstallDocument } from "../../../components/patching/install-document";
import { probeScript } from "../../../components/patching/health-script";
import { fetchPath } from "../../../components/server/fetch-script";
import { installerScript } from "../../../patching/installer/installer-script";
import { writeInstallOverrideList } from "../../../patching/gate/install-override-list";

interface Step {
    readonly name: string;
    readonly inputs: { readonly runCommand: readonly string[] };
}

const list = writeInstallOverrideList(
    [{ id: "bash.x86_64", title: "bash.x86_64:0:5.2.15-1" }],
    12,
    "lists",
);
const location = `s3://lists-bucket/${list.key}`;

describe("the list that production verifies before it drains", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-verify-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs one step's lines in a folder of its own; fetching writes `text` and nothing else. */
    function runStep(
        name: string,
        text: string,
        pointer = location,
    ): { status: number | null; said: string } {
        const steps = buildInstallDocument("production", "vault", "patch-manager")
            .mainSteps as readonly Step[];
        const lines = steps.find((step) => step.name === name)?.inputs.runCommand ?? [];
        const fetch = join(folder, "fetch");
        writeFileSync(join(folder, "object"), text);
        writeFileSync(
            fetch,
            `#!/bin/sh\necho "$@" >${folder}/asked\ncp ${folder}/object "$KEYWARD_SAVE_AS"\n`,
            { mode: 0o755 },
        );
        const script = lines
            .join("\n")
            .replaceAll("{{ List }}", pointer)
            .replaceAll(fetchPath, fetch)
            .replaceAll("/run/", `${folder}/`)
            .replaceAll("/var/lib/keyward", `${folder}/state`);
        const { status, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
        return { status, said: stderr.trim() };
    }

    it("is fetched under the hash, bucket and key of the pointer, and its number is kept", () => {
        assert.deepEqual(runStep("verifyList", list.text), { status: 0, said: "" });
        assert.equal(
            readFileSync(join(folder, "asked"), "utf8"),
            `${list.sha256} lists-bucket ${list.key}\n`,
        );
        assert.deepEqual(runStep("remember", list.text), { status: 0, said: "" });
        assert.equal(readFileSync(join(folder, "state/patch-list-sequence"), "utf8"), "12\n");
        assert.deepEqual(runStep("verifyList", list.text), { status: 0, said: "" });
    });

    it("is refused when a newer one was installed", () => {
        const newer = location.replace("00000012", "00000013");
        runStep("remember", "", newer);
        rmSync(join(folder, "keyward-patches.yaml"), { force: true });
        assert.deepEqual(runStep("verifyList", list.text), {
            status: 1,
            said: "list 00000012 is older than 13, which was installed",
        });
    });

    for (const [title, text, said] of [
        [
            "truncated",
            list.text.replace(/^ {2}- id.*\n.*\n/m, ""),
            "the list says 1 and holds 0 patches",
        ],
        ["empty", "", "the list says nothing and holds 0 patches"],
    ] as const) {
        it(`is refused when it is ${title}`, () => {
            assert.deepEqual(runStep("verifyList", text), { status: 1, said });
        });
    }

    it("is not fetched before anything was promoted", () => {
        assert.deepEqual(runStep("verifyList", list.text, "none"), {
            status: 1,
            said: "nothing was promoted yet: production is held",
        });
        assert.equal(existsSync(join(folder, "asked")), false);
    });
});

describe("the step that runs our own installer", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-install-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs the install step with an installer that writes down how it was called, then does what the test wants. */
    function install(
        role: "canary" | "production",
        does: string,
    ): { status: number | null; called: string } {
        const steps = buildInstallDocument(role, "vault", "keyward-patch")
            .mainSteps as readonly Step[];
        const lines = steps.find(({ name }) => name === "install")?.inputs.runCommand ?? [];
        writeFileSync(join(folder, "fetch"), '#!/bin/sh\n: >"$KEYWARD_SAVE_AS"\n', { mode: 0o755 });
        writeFileSync(
            join(folder, "installer"),
            `#!/bin/sh\necho "$@" >>${folder}/called\n${does.replaceAll("MARK", `${folder}/keyward-restart-needed`)}\n`,
            { mode: 0o755 },
        );
        const script = lines
            .join("\n")
            .replaceAll("{{ List }}", location)
            .replace(
                /\/usr\/local\/sbin\/keyward-patch (?=install|upgrade)/g,
                `${folder}/installer `,
            )
            .replaceAll("/usr/local/sbin/keyward-patch", `${folder}/keyward-patch`)
            .replaceAll(fetchPath, `${folder}/fetch`)
            .replaceAll("/run/", `${folder}/`);
        const { status } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
        return { status, called: readFileSync(join(folder, "called"), "utf8").trim() };
    }

    it("lays the installer down as it is in the repository", () => {
        install("canary", "exit 0");
        assert.equal(readFileSync(join(folder, "keyward-patch"), "utf8"), installerScript());
    });

    it("upgrades the canary, and installs the fetched list under its key in production", () => {
        assert.deepEqual(install("canary", "exit 0"), { status: 0, called: "upgrade" });
        rmSync(join(folder, "called"));
        assert.deepEqual(install("production", "exit 0"), {
            status: 0,
            called: `install ${folder}/keyward-patches.yaml ${list.key}`,
        });
    });

    it("asks the agent for a restart when the installer does, and ends well once that is over", () => {
        assert.equal(install("production", ": >MARK").status, 194);
        rmSync(join(folder, "keyward-restart-needed"));
        assert.equal(install("production", "exit 0").status, 0);
    });

    it("fails when the installer fails, without a restart", () => {
        assert.equal(install("production", "exit 3").status, 3);
    });

    it("stays below the length that Systems Manager takes", () => {
        for (const role of ["canary", "production"] as const) {
            const text = JSON.stringify(buildInstallDocument(role, "vault", "keyward-patch"));
            assert.ok(Buffer.byteLength(text) < 65_536 / 2, String(Buffer.byteLength(text)));
        }
    });
});

describe("the probe of a canary", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-probe-"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs the probe with package managers and systemctl that say what the test wants. */
    function probe(dnf: string, systemctl: string): unknown {
        for (const [name, text] of [
            ["dnf", dnf],
            ["systemctl", systemctl],
        ] as const) {
            writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
        }
        const { stdout } = spawnSync("sh", ["-c", probeScript(undefined).join("\n")], {
            encoding: "utf8",
            env: { PATH: `${folder}:/usr/bin:/bin` },
        });
        return JSON.parse(stdout);
    }

    it("says that all is well", () => {
        assert.deepEqual(probe("exit 0", "exit 0"), { healthy: true, repositoryWarnings: [] });
    });

    it("says that the workload does not serve", () => {
        assert.deepEqual(probe("exit 0", "exit 1"), { healthy: false, repositoryWarnings: [] });
    });

    it("says what a repository said, as sound JSON whatever that is", () => {
        const said = 'echo "Error: \\"mirror\\" \\\\ not reached" >&2; echo second >&2; exit 1';
        assert.deepEqual(probe(said, "exit 0"), {
            healthy: true,
            repositoryWarnings: ["dnf makecache failed: Error: mirror not reached second"],
        });
    });
});
