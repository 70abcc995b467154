import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must } from "../../host/support/run";

/** Builds in a folder of its own, which does not stay. */
function inWorkFolder(build: (work: string) => void): void {
    const work = mkdtempSync(join(tmpdir(), "keyward-package-"));
    try {
        build(work);
    } finally {
        rmSync(work, { recursive: true });
    }
}

/** Builds a Debian package without content into a folder; `depends` is its control field, or "". */
export function buildDeb(folder: string, name: string, version: string, depends = ""): void {
    inWorkFolder((work) => {
        mkdirSync(join(work, "DEBIAN"));
        writeFileSync(
            join(work, "DEBIAN/control"),
            [
                `Package: ${name}`,
                `Version: ${version}`,
                "Architecture: all",
                "Maintainer: Keyward <test@example.com>",
                "Description: made by a test",
                ...(depends === "" ? [] : [`Depends: ${depends}`]),
                "",
            ].join("\n"),
        );
        must("dpkg-deb", ["--build", "--root-owner-group", work, folder]);
    });
}

/** Writes the index of a folder of Debian packages, every version in it. */
export function indexDebs(folder: string): void {
    must("sh", ["-c", 'cd "$1" && dpkg-scanpackages -m . >Packages 2>/dev/null', "sh", folder]);
}

/** Builds an RPM package without content into a folder. */
export function buildRpm(folder: string, name: string, version: string, epoch: number): void {
    inWorkFolder((work) => {
        const spec = join(work, "package.spec");
        writeFileSync(
            spec,
            [
                `Name: ${name}`,
                `Version: ${version}`,
                "Release: 1",
                `Epoch: ${epoch}`,
                "Summary: made by a test",
                "License: none",
                "BuildArch: noarch",
                "%description",
                "made by a test",
                "%files",
                "",
            ].join("\n"),
        );
        const folders = [`_topdir ${work}`, `_rpmdir ${folder}`];
        must("rpmbuild", [
            "--quiet",
            "-bb",
            ...folders.flatMap((definition) => ["--define", definition]),
            spec,
        ]);
    });
}
