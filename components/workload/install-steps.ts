import type { Workload } from "../../catalog/workload";
import { fetchPath } from "../server/fetch-script";
import { quote } from "./quote";

/** A program in Amazon S3 with its required hash. */
export interface Artifact {
    readonly bucket: string;
    readonly key: string;
    readonly sha256: string;
}

/** Shell lines that mount the only EBS volume that is not the root's; its device appears after boot. */
export function mountDataVolume(path: string): string {
    return `root=$(lsblk -no PKNAME "$(findmnt -no SOURCE /)")
tries=0
data=
until [ -n "$data" ]; do
    for link in /dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol*; do
        case $link in *-part* | *_[0-9]) continue ;; esac
        [ -e "$link" ] || continue
        device=$(readlink -f "$link")
        [ "\${device#/dev/}" = "$root" ] || data=$device
    done
    tries=$((tries + 1))
    [ -n "$data" ] || [ $tries -lt 90 ] || { echo "no data volume after 15 minutes" >&2; exit 1; }
    [ -n "$data" ] || sleep 10
done
blkid "$data" >/dev/null || mkfs.ext4 -q -L keyward-data "$data"
install -d -m 0700 ${quote(path)}
grep -q '^LABEL=keyward-data ' /etc/fstab ||
    echo 'LABEL=keyward-data ${path} ext4 nodev,nosuid,noexec,nofail 0 2' >>/etc/fstab
mountpoint -q ${quote(path)} || mount ${quote(path)}`;
}

/** Shell lines that install a package of the operating system unless it is there. */
export function installPackage(name: string, manager: "apt" | "dnf"): string {
    return manager === "dnf"
        ? `rpm --query ${quote(name)} >/dev/null || dnf --assumeyes --quiet install ${quote(name)}`
        : `dpkg --status ${quote(name)} >/dev/null 2>&1 || {
    apt-get --quiet --quiet update
    DEBIAN_FRONTEND=noninteractive apt-get --quiet --assume-yes --no-install-recommends install ${quote(name)}
}`;
}

/** Shell lines that make the account of the software. */
export function makeAccount(user: string, group: string): string {
    return `getent group ${group} >/dev/null || groupadd --system ${group}
getent passwd ${user} >/dev/null || useradd --system --gid ${group} --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ${user}`;
}

/** Shell lines that fetch the program, check its hash, and give it a unit: a bare program brings none. Throws for software that is more. */
export function installProgram(
    { group, id, program, title, unit, user }: Workload,
    { bucket, key, sha256 }: Artifact,
): string {
    if (program === null || unit === null || user === null) {
        throw new Error(`"${id}" is more than one program and cannot be fetched as one`);
    }
    return `if ! echo '${sha256}  ${program.path}' | sha256sum --check --status - 2>/dev/null; then
    KEYWARD_SAVE_AS=${program.path} ${fetchPath} ${sha256} ${quote(bucket)} ${quote(key)}
    restart=yes
fi
put restart 0644 root root ${quote(`/etc/systemd/system/${unit}`)} <<'KEYWARD'
[Unit]
Description=${title}
Wants=network-online.target
After=network-online.target

[Service]
Type=${program.type}
User=${user}
Group=${group ?? user}
ExecStart=${program.path} ${program.arguments}
ExecReload=/bin/kill --signal HUP $MAINPID
KillMode=process
KillSignal=SIGINT
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
KEYWARD`;
}
