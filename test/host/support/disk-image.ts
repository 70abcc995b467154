import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Container } from "./container";
import type { Release } from "./releases";
import { must } from "./run";
import { bootLoaderPackages, profilePackages, testCache, testRoot } from "./test-root";

/** A disk with the packages of the profile and nothing of its settings, and what a virtual machine boots from it with. */
export interface DiskImage {
    readonly disk: string;
    readonly kernel: string;
    readonly initrd: string;
}

const prepare = [
    `DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --purge ${[...profilePackages, ...bootLoaderPackages].join(" ")}`,
    "apt-get clean",
    // As the cloud images of Debian bring it.
    "mkdir -p /boot/grub",
    `printf '%s\\n' 'GRUB_DEFAULT=0' 'GRUB_TIMEOUT=5' 'GRUB_CMDLINE_LINUX_DEFAULT=""' 'GRUB_CMDLINE_LINUX="console=ttyS0"' >/etc/default/grub`,
].join(" && ");

/**
 * Disk image of a release, built once and kept under the cache; virtual machines write to an overlay. Packages belong in the image: the
 * emulated processor is too slow for a package manager.
 */
export async function diskImage(release: Release): Promise<DiskImage> {
    const recipe = createHash("sha256")
        .update(testRoot(release) + prepare)
        .digest("hex")
        .slice(0, 12);
    const folder = join(testCache, `disk-${release.suite}-${recipe}`);
    const image = {
        disk: join(folder, "disk.img"),
        kernel: join(folder, "kernel"),
        initrd: join(folder, "initrd"),
    };
    if (!existsSync(folder)) {
        const unfinished = `${folder}.${process.pid}`;
        rmSync(unfinished, { recursive: true, force: true });
        mkdirSync(unfinished, { recursive: true });
        await build(release, unfinished);
        renameSync(unfinished, folder);
    }
    return image;
}

async function build(release: Release, folder: string): Promise<void> {
    const system = await Container.boot(release, "image");
    system.must(prepare);
    await system.powerOff();
    system.write("etc/machine-id", "");
    const disk = join(folder, "disk.img");
    must("truncate", ["-s", "4G", disk]);
    must("mkfs.ext4", ["-q", "-d", system.root, disk]);
    must("sh", [
        "-c",
        'cp "$1"/boot/vmlinuz-* "$2"/kernel && cp "$1"/boot/initrd.img-* "$2"/initrd',
        "sh",
        system.root,
        folder,
    ]);
    system.remove();
}
