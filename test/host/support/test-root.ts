import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Release } from "./releases";
import { must } from "./run";

/** Folder of what the suites build once. */
export const testCache = join(
    process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
    "keyward-test",
);

/** What an ordinary server has before anybody hardens it. */
const vanilla = [
    "apparmor",
    "auditd",
    "ca-certificates",
    "cloud-init",
    "cron",
    "dbus",
    "e2fsprogs",
    "initramfs-tools",
    "iproute2",
    "kmod",
    "libpam-systemd",
    "linux-image-cloud-amd64",
    "logrotate",
    "netplan.io",
    "openssh-server",
    "procps",
    "rsyslog",
    "sudo",
    "systemd-resolved",
    "systemd-sysv",
    "systemd-timesyncd",
    "udev",
];

/** What the profile may install: downloaded beforehand, because test systems have no network. */
export const profilePackages: readonly string[] = [
    "aide",
    "apparmor",
    "apparmor-utils",
    "audispd-plugins",
    "chkrootkit",
    "chrony",
    "cracklib-runtime",
    "debsums",
    "libpam-apparmor",
    "libpam-pwquality",
    "libpam-tmpdir",
    "nftables",
    "screen",
    "systemd-journal-remote",
];

/** What the bootstrap of a key server may install, likewise. */
const bootstrapPackages: readonly string[] = ["curl", "gpg", "gpg-agent"];

/** What only virtual machines need: containers have no boot loader. */
export const bootLoaderPackages: readonly string[] = ["grub-common", "grub-pc-bin", "grub2-common"];

/**
 * Folder with an installed, unhardened system; built once and kept under the cache. Tests mount it below an overlay and never
 * write to it.
 */
export function testRoot(release: Release): string {
    const include = [...vanilla, ...release.scanners].join(",");
    const download = `APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get install --yes --download-only --no-install-recommends ${[...profilePackages, ...bootstrapPackages, ...bootLoaderPackages].join(" ")}`;
    const recipe = createHash("sha256")
        .update(include + download)
        .digest("hex")
        .slice(0, 12);
    const root = join(testCache, `${release.suite}-${recipe}`);
    if (!existsSync(root)) {
        mkdirSync(testCache, { recursive: true });
        const unfinished = `${root}.${process.pid}`;
        must(
            "nice",
            [
                "mmdebstrap",
                "--quiet",
                "--variant=minbase",
                "--skip=cleanup/apt",
                `--include=${include}`,
                `--customize-hook=${download}`,
                release.suite,
                unfinished,
                "-",
            ],
            sources(release.suite),
        );
        keep(unfinished, root);
    }
    return root;
}

/** Gives a finished folder its name; one that another suite has finished meanwhile is as good. */
function keep(unfinished: string, folder: string): void {
    if (existsSync(folder)) {
        rmSync(unfinished, { recursive: true });
    } else {
        renameSync(unfinished, folder);
    }
}

/** The mirror of this machine, with another release. */
function sources(suite: string): string {
    const own = must("apt-get", [
        "indextargets",
        "--format",
        "$(REPO_URI)",
        "Created-By: Packages",
    ]);
    const mirror = own.split("\n").find((uri) => /\/debian\/$/.test(uri));
    const security = own.split("\n").find((uri) => /\/debian-security\/$/.test(uri));
    if (mirror === undefined || security === undefined) {
        throw new Error(
            "apt knows no Debian mirror: run `apt-get update` with Debian's sources first",
        );
    }
    return [
        `deb ${mirror} ${suite} main`,
        `deb ${mirror} ${suite}-updates main`,
        `deb ${security} ${suite}-security main`,
        "",
    ].join("\n");
}

/** Folder with the SCAP data streams of Debian 13's packages, which know every system of the profile. */
export function scapContent(): string {
    const folder = join(testCache, "scap-content");
    if (!existsSync(folder)) {
        const work = `${folder}.${process.pid}`;
        mkdirSync(join(work, "lists/partial"), { recursive: true });
        mkdirSync(join(work, "cache/archives/partial"), { recursive: true });
        const list = join(work, "sources.list");
        must("sh", ["-c", 'cat >"$1"', "sh", list], sources(trixieName));
        const apt = [
            `Dir::Etc::sourcelist=${list}`,
            "Dir::Etc::sourceparts=-",
            `Dir::State::lists=${join(work, "lists")}`,
            `Dir::Cache=${join(work, "cache")}`,
        ].flatMap((option) => ["-o", option]);
        must("apt-get", [...apt, "update"]);
        must("sh", [
            "-c",
            'cd "$1" && shift && apt-get "$@" && for package in ssg-*.deb; do dpkg-deb -x "$package" content; done',
            "sh",
            work,
            ...apt,
            "download",
            "ssg-debderived",
            "ssg-debian",
            "ssg-nondebian",
        ]);
        renameSync(join(work, "content/usr/share/xml/scap/ssg/content"), folder);
        rmSync(work, { recursive: true });
    }
    return folder;
}

const trixieName = "trixie";

/** Text of the data stream of one system, such as `debian12`. */
export function dataStream(system: string): string {
    return readFileSync(join(scapContent(), `ssg-${system}-ds.xml`), "utf8");
}
