import assert from "node:assert/strict";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    writeInstallOverrideList,
    type InstallOverrideList,
    type PinnedPatch,
} from "../../../patching/gate/install-override-list";
import { readPatchItems, type ScannedPatches } from "../../../patching/gate/patch-items";
import { Container } from "../../host/support/container";
import { bookworm, trixie } from "../../host/support/releases";
import { requireMachine } from "../../host/support/requirements";
import { must, run, type Finished } from "../../host/support/run";
import { buildDeb, buildRpm, indexDebs } from "./packages";

const script = join(__dirname, "../../../patching/installer/keyward-patch.sh");

/** The list that a promotion writes of what `keyward-patch report` printed, for the packages of the test. */
function promoted(report: string, sequence: number): InstallOverrideList {
    const patches = [...report.matchAll(/ {2}- id: (keyward-\S+)\n {4}title: (\S+)/g)].map(
        ([, id = "", title = ""]): PinnedPatch => ({ id, title }),
    );
    return writeInstallOverrideList(patches, sequence, "lists");
}

for (const release of [bookworm, trixie]) {
    describe(`the in-place installer on ${release.suite} with a local mirror`, () => {
        let folder: string;
        let canary: Container;
        let production: Container;
        let list: InstallOverrideList;
        const versions = (machine: Container): string =>
            machine.must("dpkg-query -W -f '${Package} ${Version}\\n' 'keyward-*'");
        /** Both systems see the mirror as it is now. */
        const publish = (...packages: readonly (readonly [string, string, string?])[]): void => {
            packages.forEach(([name, version, depends]) =>
                buildDeb(folder, name, version, depends),
            );
            indexDebs(folder);
            for (const machine of [canary, production]) {
                cpSync(folder, join(machine.root, "srv/mirror"), { recursive: true });
            }
        };
        const install = ({ text, key }: { text: string; key: string }): Finished => {
            return production.shell(
                `cat >/tmp/list.yaml; keyward-patch install /tmp/list.yaml ${key}`,
                text,
            );
        };

        before(async () => {
            requireMachine("dpkg-deb", "dpkg-scanpackages", "systemd-nspawn", "nsenter");
            folder = mkdtempSync(join(tmpdir(), "keyward-mirror-"));
            canary = await Container.boot(release, "canary");
            production = await Container.boot(release, "production");
            for (const machine of [canary, production]) {
                machine.copy(script, "usr/local/sbin/keyward-patch", 0o755);
                machine.must(
                    "rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*; mkdir -p /srv",
                );
                machine.write("etc/apt/sources.list", "deb [trusted=yes] file:/srv/mirror ./\n");
            }
            publish(
                ["keyward-demo", "1.0-1"],
                ["keyward-other", "2.0-1"],
                ["keyward-absent", "3.0-1"],
            );
            for (const machine of [canary, production]) {
                machine.must("apt-get -q update && apt-get -yq install keyward-demo keyward-other");
            }
        });
        after(async () => {
            await canary.destroy();
            await production.destroy();
            rmSync(folder, { recursive: true });
        });

        it("gives production exactly the canary's versions, although newer ones have appeared since", () => {
            publish(["keyward-demo", "1.1-1"], ["keyward-other", "2.1-1"]);
            assert.equal(
                canary.must("keyward-patch upgrade"),
                "installed keyward-demo.all:1.1-1\ninstalled keyward-other.all:2.1-1\n",
            );
            list = promoted(canary.must("keyward-patch report"), 1);
            publish(["keyward-demo", "1.2-1"], ["keyward-other", "2.2-1"]);
            const { status, stdout, stderr } = install(list);
            assert.equal(status, 0, stderr + stdout);
            assert.equal(versions(production), "keyward-demo 1.1-1\nkeyward-other 2.1-1\n");
            assert.equal(versions(production), versions(canary));
            const candidate = production.must("apt-cache policy keyward-demo");
            assert.match(candidate, /Candidate: 1\.2-1/);
        });

        it("asks for a restart on both systems, until they have restarted", () => {
            for (const machine of [canary, production]) {
                machine.must(
                    "test -e /run/keyward-restart-needed && rm /run/keyward-restart-needed",
                );
            }
            assert.equal(install(list).status, 0);
            production.must("test ! -e /run/keyward-restart-needed");
        });

        it("changes nothing when the list is installed already", () => {
            const { status, stdout } = install(list);
            assert.equal(status, 0);
            assert.equal(stdout, "");
        });

        it("adds no package that is not installed", () => {
            const patches = [
                ...list.patches,
                { id: "keyward-absent.all", title: "keyward-absent.all:3.0-1" },
            ];
            const more = writeInstallOverrideList(patches, 2, "lists");
            assert.equal(install(more).status, 0);
            assert.equal(versions(production), "keyward-demo 1.1-1\nkeyward-other 2.1-1\n");
        });

        it("brings what an update needs besides in the canary's version, although a newer one has appeared since", () => {
            publish(["keyward-needed", "1.0-1"], ["keyward-demo", "1.3-1", "keyward-needed"]);
            canary.must("keyward-patch upgrade");
            const proved = promoted(canary.must("keyward-patch report"), 3);
            publish(["keyward-needed", "1.1-1"]);
            const { status, stderr } = install(proved);
            assert.equal(status, 0, stderr);
            assert.equal(versions(production), versions(canary));
            assert.match(versions(production), /keyward-needed 1\.0-1\n/);
        });

        it("installs nothing that the canary did not run, though an update needs it", () => {
            const before = versions(production);
            publish(["keyward-stray", "1.0-1"], ["keyward-demo", "1.4-1", "keyward-stray"]);
            const patches = [{ id: "keyward-demo.all", title: "keyward-demo.all:1.4-1" }];
            const { status, stderr } = install(writeInstallOverrideList(patches, 4, "lists"));
            assert.equal(status, 1);
            assert.match(
                stderr,
                /the canary did not run what this needs: keyward-stray\.all:1\.0-1/,
            );
            assert.equal(versions(production), before);
        });

        it("fails, and does not count the list as installed, when a version is gone from the mirror", () => {
            const patches = [{ id: "keyward-demo.all", title: "keyward-demo.all:1.1-9" }];
            const { status } = install(writeInstallOverrideList(patches, 5, "lists"));
            assert.notEqual(status, 0);
            assert.equal(production.must("cat /var/lib/keyward/patch-list-sequence"), "3\n");
        });

        const key = (sha: string, number = 9): string =>
            `lists/0000000${number}-${sha.repeat(64)}.yaml`;
        for (const [title, broken, reason] of [
            [
                "another content than its key says",
                (): object => ({ text: list.text + " ", key: list.key }),
                /its SHA-256 is [0-9a-f]{64}, its key says/,
            ],
            ["an empty list", (): object => ({ text: "", key: key("e") }), /it is empty/],
            [
                "a key without a hash",
                (): object => ({ text: list.text, key: "lists/promoted.yaml" }),
                /must end in <sequence>-<sha-256>\.yaml/,
            ],
            [
                "a truncated list",
                (): object => resigned(list.text.replace(/ {2}- id: .*\n.*\n/, ""), 9),
                /it says 2 patches and holds 1/,
            ],
            [
                "a list without patches",
                (): object => resigned("sequence: 9\npatches: []\ncount: 0\n", 9),
                /it holds no patch/,
            ],
            ["an older list", (): object => list, /it is number 1, number 3 was installed already/],
        ] as const) {
            it(`refuses ${title}`, () => {
                const before = versions(production);
                const { status, stderr } = install(broken() as { text: string; key: string });
                assert.equal(status, 3);
                assert.match(stderr, reason);
                assert.equal(versions(production), before);
            });
        }
    });
}

describe("the scan of an apt system", () => {
    let folder: string;
    let machine: Container;
    const publish = (version: string): void => {
        buildDeb(folder, "keyward-demo", version);
        indexDebs(folder);
        cpSync(folder, join(machine.root, "srv/mirror"), { recursive: true });
    };
    const scanned = (): ScannedPatches => {
        const lines = machine.must("keyward-patch scan").trimEnd().split("\n");
        const items = lines.map((line) => JSON.parse(line) as Record<string, string>);
        assert.deepEqual(items.at(-1), {
            type: "summary",
            verb: "audit",
            profile: "keyward-patch",
        });
        return readPatchItems(
            items.slice(0, -1).map(({ title = "", state = "" }) => ({ title, state })),
            Date.now(),
        );
    };

    before(async () => {
        requireMachine("dpkg-deb", "dpkg-scanpackages", "systemd-nspawn", "nsenter");
        folder = mkdtempSync(join(tmpdir(), "keyward-mirror-"));
        machine = await Container.boot(trixie, "scanned");
        machine.copy(script, "usr/local/sbin/keyward-patch", 0o755);
        machine.must("rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/*; mkdir -p /srv");
        machine.write("etc/apt/sources.list", "deb [trusted=yes] file:/srv/mirror ./\n");
        publish("1.0-1");
        machine.must("apt-get -q update && apt-get -yq install keyward-demo");
    });
    after(async () => {
        await machine.destroy();
        rmSync(folder, { recursive: true });
    });

    it("counts every installed package and lists it with its version", () => {
        const { state, patches } = scanned();
        const count = Number(
            machine.must("dpkg-query -W -f '${db:Status-Abbrev}\n' | grep -c ^ii"),
        );
        assert.equal(state?.installed, count);
        assert.equal(patches.length, count);
        assert.deepEqual(
            patches.find(({ id }) => id === "keyward-demo.all"),
            { id: "keyward-demo.all", title: "keyward-demo.all:1.0-1", state: "Installed" },
        );
        assert.deepEqual([state?.missing, state?.failed, state?.installedPendingReboot], [0, 0, 0]);
    });

    it("names what is missing until it is installed, and the restart that is waited for after", () => {
        publish("1.1-1");
        assert.equal(scanned().state?.missing, 1);
        machine.must("keyward-patch upgrade");
        const { state } = scanned();
        assert.deepEqual([state?.missing, state?.installedPendingReboot], [0, 1]);
    });

    it("counts packages that broke off", () => {
        machine.must(
            "sed -i '/^Package: keyward-demo$/,/^$/s/install ok installed/install ok half-configured/' /var/lib/dpkg/status",
        );
        assert.equal(scanned().state?.failed, 1);
    });

    it("fails, and prints no end, when the mirror cannot be reached", () => {
        machine.must("rm -rf /srv/mirror");
        const { status, stdout } = machine.shell("keyward-patch scan");
        assert.notEqual(status, 0);
        assert.equal(stdout.includes("summary"), false);
    });
});

/** A list whose key fits its content, whatever that is. */
function resigned(text: string, sequence: number): { text: string; key: string } {
    const numbered = text.replace(/^sequence: \d+/, `sequence: ${sequence}`);
    const [sha256 = ""] = must("sha256sum", [], numbered).split(" ");
    return { text: numbered, key: `lists/0000000${sequence}-${sha256}.yaml` };
}

describe("the in-place installer with dnf and a local RPM repository", () => {
    let folder: string;
    const root = (name: string): string => join(folder, name);
    const repository = (): string => join(folder, "repository");
    const options = (): string =>
        `--repofrompath=local,file://${repository()} --repo=local --nogpgcheck --releasever=1 --setopt=cachedir=${folder}/cache`;
    const dnf = (name: string, ...rest: readonly string[]): string =>
        must("dnf", [
            "--quiet",
            "--assumeyes",
            "--refresh",
            "--installroot",
            root(name),
            ...options().split(" "),
            ...rest,
        ]);
    const patch = (name: string, ...args: readonly string[]): Finished =>
        run("env", [
            "KEYWARD_PACKAGE_MANAGER=dnf",
            `KEYWARD_INSTALL_ROOT=${root(name)}`,
            `KEYWARD_PATCH_STATE=${root(name)}/sequence`,
            `KEYWARD_RESTART_MARK=${root(name)}/restart`,
            `KEYWARD_DNF_OPTIONS=${options()}`,
            "sh",
            script,
            ...args,
        ]);
    const versions = (name: string): string =>
        must("rpm", [
            "--root",
            root(name),
            "-qa",
            "--qf",
            "%{NAME} %{EPOCHNUM}:%{VERSION}\n",
            "keyward-*",
        ])
            .split("\n")
            .sort()
            .filter(Boolean)
            .join("\n");
    const publish = (version: string): void => {
        buildRpm(repository(), "keyward-demo", version, 1);
        buildRpm(repository(), "keyward-other", version, 0);
        must("createrepo_c", ["--quiet", repository()]);
    };

    before(() => {
        requireMachine("dnf", "rpmbuild", "createrepo_c");
        folder = mkdtempSync(join(tmpdir(), "keyward-dnf-"));
        mkdirSync(repository());
        publish("1.0");
        for (const name of ["canary", "production"]) {
            mkdirSync(root(name));
            dnf(name, "install", "keyward-demo", "keyward-other");
        }
    });
    after(() => rmSync(folder, { recursive: true }));

    it("gives production exactly the canary's versions, although newer ones have appeared since", () => {
        publish("1.1");
        dnf("canary", "upgrade");
        const list = promoted(patch("canary", "report").stdout, 1);
        publish("1.2");
        const file = join(folder, "list.yaml");
        writeFileSync(file, list.text);
        const { status, stderr, stdout } = patch("production", "install", file, list.key);
        assert.equal(status, 0, stderr + stdout);
        assert.equal(versions("production"), "keyward-demo 1:1.1\nkeyward-other 0:1.1");
        assert.equal(versions("production"), versions("canary"));
        assert.match(dnf("production", "list", "--upgrades"), /1\.2-1/);
        assert.equal(readFileSync(`${root("production")}/sequence`, "utf8"), "1\n");
    });

    it("refuses a list that is not what its key says, and changes nothing", () => {
        const before = versions("production");
        const file = join(folder, "bad.yaml");
        writeFileSync(file, "sequence: 2\npatches:\ncount: 1\n");
        const { status, stderr } = patch(
            "production",
            "install",
            file,
            `lists/00000002-${"0".repeat(64)}.yaml`,
        );
        assert.equal(status, 3);
        assert.match(stderr, /its SHA-256 is/);
        assert.equal(versions("production"), before);
        assert.ok(existsSync(file));
    });
});
