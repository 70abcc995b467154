import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Container } from "./container";
import type { Release } from "./releases";
import { must } from "./run";
import { bootLoaderPackages, profilePackages, testCache, testRoot } from "./test-root";

/** The clock of an emulated processor is late when the machine is busy: the kernel must not take that for a broken timer. */
const bootWords = "console=ttyS0 no_timer_check";

/** Size of the disk and where its only partition begins, in KiB. */
const disk = { size: 4 * 1024 * 1024, start: 1024 };

const prepare = [
    `DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --purge ${[...profilePackages, ...bootLoaderPackages].join(" ")}`,
    "apt-get clean",
    // As the cloud images of Debian bring it: a boot loader, its settings, and the root file system in the table.
    "mkdir -p /boot/grub && cp -r /usr/lib/grub/i386-pc /boot/grub/",
    "grub-mkimage --format=i386-pc --prefix='(hd0,msdos1)/boot/grub' --output=/boot/grub/i386-pc/core.img biosdisk part_msdos ext2",
    `printf '%s\\n' 'GRUB_DEFAULT=0' 'GRUB_TIMEOUT=0' 'GRUB_CMDLINE_LINUX_DEFAULT=""' 'GRUB_CMDLINE_LINUX="${bootWords}"' >/etc/default/grub`,
    `printf 'linux %s root=/dev/vda1 ro ${bootWords}\\ninitrd %s\\nboot\\n' /boot/vmlinuz-* /boot/initrd.img-* >/boot/grub/grub.cfg`,
    "echo '/dev/vda1 / ext4 errors=remount-ro 0 1' >/etc/fstab",
].join(" && ");

/**
 * Path of a raw disk that boots by itself: with the packages of the profile and nothing of its settings. Built once and kept under the
 * cache; virtual machines write to an overlay. Packages belong in the image: the emulated processor is too slow for a package manager.
 */
export async function diskImage(release: Release): Promise<string> {
    const recipe = createHash("sha256")
        .update(testRoot(release) + prepare)
        .digest("hex")
        .slice(0, 12);
    const image = join(testCache, `disk-${release.suite}-${recipe}.img`);
    if (!existsSync(image)) {
        mkdirSync(testCache, { recursive: true });
        const unfinished = `${image}.${process.pid}`;
        rmSync(unfinished, { force: true });
        await build(release, unfinished);
        renameSync(unfinished, image);
    }
    return image;
}

/** Writes a disk with a partition table, GRUB between it and the partition, and the system in the partition. */
async function build(release: Release, image: string): Promise<void> {
    const system = await Container.boot(release, "image");
    system.must(prepare);
    await system.powerOff();
    system.write("etc/machine-id", "");
    must("truncate", ["-s", `${disk.size}K`, image]);
    must("sfdisk", ["--quiet", image], `start=${disk.start}KiB, type=83, bootable\n`);
    const grub = join(system.root, "boot/grub/i386-pc");
    // The first sector up to the partition table, and the sectors behind it.
    must("dd", [`if=${join(grub, "boot.img")}`, `of=${image}`, "bs=440", "count=1", ...quietly]);
    must("dd", [`if=${join(grub, "core.img")}`, `of=${image}`, "bs=512", "seek=1", ...quietly]);
    must("mkfs.ext4", [
        ...["-q", "-d", system.root, "-E", `offset=${disk.start * 1024}`],
        ...[image, `${disk.size - disk.start}k`],
    ]);
    system.remove();
}

const quietly = ["conv=notrunc", "status=none"];
