import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shellSource } from "../../host/shell-source";
import { timed } from "./support/budget";
import { requireMachine } from "./support/requirements";
import { must, run, type Finished } from "./support/run";

/** Packages of a repository that stands for Amazon's. */
const offered = ["aide", "chrony", "nftables"];
const unwanted = ["telnet", "vsftpd"];

describe("the package commands of Amazon Linux, with the real dnf and rpm", () => {
    let folder: string;

    before(async () => {
        requireMachine("dnf", "rpm", "rpmbuild", "createrepo_c");
        folder = mkdtempSync(join(tmpdir(), "keyward-dnf-"));
        mkdirSync(join(folder, "root"));
        await timed("package repository for dnf", () => {
            for (const name of [...offered, ...unwanted]) {
                buildPackage(folder, name);
            }
            must("createrepo_c", ["--quiet", join(folder, "repository")]);
        });
        assert.equal(commands(`install_packages ${unwanted.join(" ")}`).status, 0);
    });
    after(() => rmSync(folder, { recursive: true }));

    /** Runs lines with the profile's functions; dnf and rpm work on a root folder of their own. */
    function commands(lines: string): Finished {
        const root = join(folder, "root");
        const repository = join(folder, "repository");
        return run("sh", [
            "-c",
            [
                "set -u",
                "NEWLINE='\n'",
                shellSource("packages"),
                shellSource("packages-dnf"),
                `dnf() { command dnf --installroot=${root} --releasever=2023 --setopt=reposdir=/nowhere --repofrompath=test,${repository} --nogpgcheck "$@"; }`,
                `rpm() { command rpm --root=${root} "$@"; }`,
                "read_units() { :; }",
                "read_tree() { :; }",
                "EXPECTED='' FOUND='' INSTALLED=''",
                "read_packages",
                "PACKAGES_BEFORE=$PACKAGES",
                lines,
            ].join("\n"),
        ]);
    }

    it("find what is installed and must not be, and remove it", () => {
        const found = commands(`probe_packages_absent ${unwanted.join(" ")} ftp; echo "$? $FOUND"`);
        assert.equal(found.stdout.trim(), "1 installed: telnet vsftpd");
        const fixed = commands(
            `fix_packages_absent ${unwanted.join(" ")} && probe_packages_absent ${unwanted.join(" ")} && echo gone`,
        );
        assert.match(fixed.stdout, /gone\n$/, fixed.stderr);
    });

    it("install what is missing in one transaction", () => {
        const wanted = offered.join(" ");
        const missing = commands(`probe_packages_present ${wanted}; echo "$? $FOUND"`);
        assert.equal(missing.stdout.trim(), "1 not installed: aide chrony nftables");
        const fixed = commands(
            `WANTED_PACKAGES='${wanted}'; fix_packages_present ${wanted} && probe_packages_present ${wanted} && echo there`,
        );
        assert.match(fixed.stdout, /there\n$/, fixed.stderr);
    });

    it("say which package cannot be had, and install the others", () => {
        const fixed = commands(
            "WANTED_PACKAGES='nothing-like-it'; fix_packages_present nothing-like-it; echo status $?",
        );
        assert.match(fixed.stdout, /did not install nothing-like-it\nstatus 1\n$/);
    });
});

function buildPackage(folder: string, name: string): void {
    const spec = join(folder, `${name}.spec`);
    writeFileSync(
        spec,
        `Name: ${name}\nVersion: 1\nRelease: 1\nSummary: stands for ${name}\nLicense: none\nBuildArch: noarch\n%description\nStands for ${name}.\n%files\n`,
    );
    must("rpmbuild", [
        "--quiet",
        "-bb",
        "--define",
        `_topdir ${join(folder, "build")}`,
        "--define",
        `_rpmdir ${join(folder, "repository")}`,
        spec,
    ]);
}
