import type { Workload } from "../../catalog/workload";
import { certificateFiles } from "../../host/workloads/raft-configuration";

/** What a server's setup script is made of. */
export interface SetupFacts {
    readonly software: Workload;
    /** Content of the main configuration file; undefined where people or the image bring it. */
    readonly configuration: string | undefined;
    /** Secret with the fields `certificate`, `key` and `authority`, each in PEM; undefined where people or the image bring it. */
    readonly certificateSecret: string | undefined;
    readonly artifact: Artifact | undefined;
    /** Package that the operating system installs; undefined for none. */
    readonly packageName: string | undefined;
    readonly packageManager: "apt" | "dnf";
    /** Whether a data volume is attached, to be mounted on the state directory. */
    readonly dataVolume: boolean;
}

/** A program in Amazon S3 with its required hash. */
export interface Artifact {
    readonly bucket: string;
    readonly key: string;
    readonly sha256: string;
}

/**
 * The script that puts the key-management software onto a server: data volume, software, directories, configuration, certificate, unit.
 * Every step may run again; a changed configuration or certificate reloads the unit.
 */
export function buildSetupScript(facts: SetupFacts): string {
    const { software } = facts;
    const steps = [
        ...(facts.dataVolume ? [mountDataVolume(stateDirectory(software))] : []),
        ...install(facts),
        ...account(software),
        ...software.directories.map(
            ({ path, mode, owner, group }) =>
                `install -d -m ${mode} -o ${owner} -g ${group} ${quote(path)}`,
        ),
        ...(facts.configuration === undefined || software.configPath === null
            ? []
            : [writeFile(software.configPath, software, facts.configuration)]),
        ...(facts.certificateSecret === undefined
            ? []
            : [fetchCertificate(software, facts.certificateSecret)]),
        ...(software.unit === null
            ? []
            : [
                  `systemctl daemon-reload`,
                  `systemctl enable ${quote(software.unit)}`,
                  `if [ "$changed" = yes ]; then systemctl reload-or-restart ${quote(software.unit)}; else systemctl start ${quote(software.unit)}; fi`,
              ]),
    ];
    return `#!/bin/sh
# Made by Keyward: sets ${software.title} up. Verbs: apply.
set -eu
umask 077
[ "\${1-}" = apply ] || { echo "usage: $0 apply" >&2; exit 2; }
changed=no
put() {
    # put MODE OWNER GROUP PATH < content
    new=$(mktemp)
    cat >"$new"
    if ! cmp -s "$new" "$4"; then
        install -m "$1" -o "$2" -g "$3" "$new" "$4"
        changed=yes
    fi
    rm -f "$new"
}

${steps.join("\n\n")}
`;
}

function stateDirectory(software: Workload): string {
    return software.directories.find(({ purpose }) => purpose === "state")?.path ?? "/var/lib";
}

/** The only EBS volume that is not the root's; its device appears after boot. */
function mountDataVolume(path: string): string {
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

function install({ artifact, packageName, packageManager, software }: SetupFacts): string[] {
    return [
        ...(packageName === undefined
            ? []
            : [
                  packageManager === "dnf"
                      ? `rpm -q ${quote(packageName)} >/dev/null || dnf --assumeyes install ${quote(packageName)}`
                      : `dpkg -s ${quote(packageName)} >/dev/null 2>&1 || apt-get --quiet --assume-yes install ${quote(packageName)}`,
              ]),
        ...(artifact === undefined
            ? []
            : [
                  `[ -x ${quote(`/usr/local/bin/${software.id}`)} ] && [ "$(sha256sum /usr/local/bin/${software.id} | cut -d ' ' -f 1)" = ${artifact.sha256} ] ||
    { KEYWARD_SAVE_AS=/usr/local/bin/${software.id} /usr/local/sbin/keyward-fetch ${artifact.sha256} ${quote(artifact.bucket)} ${quote(artifact.key)} && changed=yes; }`,
              ]),
    ];
}

function account({ user, group }: Workload): string[] {
    return user === null
        ? []
        : [
              `getent group ${group ?? user} >/dev/null || groupadd --system ${group ?? user}
getent passwd ${user} >/dev/null || useradd --system --gid ${group ?? user} --home-dir /nonexistent --shell /usr/sbin/nologin ${user}`,
          ];
}

function writeFile(path: string, { group }: Workload, content: string): string {
    return `put 0640 root ${group ?? "root"} ${quote(path)} <<'KEYWARD'
${content.trimEnd()}
KEYWARD`;
}

/** Reads the node's certificate; the secret's text reaches no argument list and no log. */
function fetchCertificate(software: Workload, secret: string): string {
    const folder =
        software.directories.find(({ purpose }) => purpose === "certificates")?.path ?? "/etc/ssl";
    const group = software.group ?? "root";
    return `secret=$(/usr/local/sbin/keyward-secret ${quote(secret)})
${Object.entries(certificateFiles)
    .map(
        ([field, file]) =>
            `printf '%s' "$secret" | python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)["${field}"])' |
    put ${field === "key" ? "0640" : "0644"} root ${group} ${quote(`${folder}/${file}`)}`,
    )
    .join("\n")}`;
}

/** A word of a shell command. */
function quote(word: string): string {
    return `'${word.replace(/'/g, `'\\''`)}'`;
}
