import type { Workload } from "../../catalog/workload";
import { nodeNamePath } from "../../host/delivery";
import { certificateFolder, certificateSteps, type CertificateSource } from "./certificate-steps";
import {
    type Artifact,
    installPackage,
    installProgram,
    makeAccount,
    mountDataVolume,
} from "./install-steps";
import { quote } from "./quote";
import { startSteps } from "./start-steps";

/** What a server's setup script is made of. */
export interface SetupFacts {
    readonly software: Workload;
    /** Private name of the server. */
    readonly node: string;
    /** Private name of the cluster; stands in the certificate beside the server's. */
    readonly domain: string;
    /** Content of the main configuration file; undefined where people or the image bring it. */
    readonly configuration: string | undefined;
    /** Where the certificate comes from; undefined where people or the image bring it. */
    readonly certificate: CertificateSource | undefined;
    readonly artifact: Artifact | undefined;
    /** Package that the operating system installs; undefined for none. */
    readonly packageName: string | undefined;
    readonly packageManager: "apt" | "dnf";
    /** Whether a data volume is attached, to be mounted on the state directory. */
    readonly dataVolume: boolean;
}

/**
 * The script that puts the key-management software onto a server: data volume, account, directories, software, configuration, certificate, unit.
 * Every step may run again: State Manager repeats it, and only what changed restarts the unit (program, configuration) or reloads it
 * (certificate).
 */
export function buildSetupScript(facts: SetupFacts): string {
    const { artifact, configuration, packageManager, packageName, software } = facts;
    const state = software.directories.find(({ purpose }) => purpose === "state")?.path;
    const group = software.group ?? "root";
    const steps = [
        `install -d -m 0700 /etc/keyward
echo ${quote(facts.node)} >${nodeNamePath}`,
        ...(facts.dataVolume && state !== undefined ? [mountDataVolume(state)] : []),
        ...(software.user === null ? [] : [makeAccount(software.user, group)]),
        ...(packageName === undefined ? [] : [installPackage(packageName, packageManager)]),
        ...software.directories.map(
            (directory) =>
                `install -d -m ${directory.mode} -o ${directory.owner} -g ${directory.group} ${quote(directory.path)}`,
        ),
        ...(artifact === undefined ? [] : [installProgram(software, artifact)]),
        ...(configuration === undefined || software.configPath === null
            ? []
            : [
                  `put restart 0640 root ${group} ${quote(software.configPath)} <<'KEYWARD'
${configuration.trimEnd()}
KEYWARD`,
              ]),
        ...certificate(facts),
        ...startSteps(facts),
    ];
    return `#!/bin/sh
# Made by Keyward: sets ${software.title} up. Verbs: apply.
set -eu
umask 077
[ "\${1-}" = apply ] || { echo "usage: $0 apply" >&2; exit 2; }
restart=no
reload=no
put() { # put EFFECT MODE OWNER GROUP PATH < content; a change needs EFFECT, restart or reload
    new=$(mktemp)
    cat >"$new"
    if [ ! -e "$5" ] || [ "$(sha256sum <"$new")" != "$(sha256sum <"$5")" ]; then
        install -m "$2" -o "$3" -g "$4" "$new" "$5"
        eval "$1=yes"
    fi
    rm -f "$new"
}

${steps.join("\n\n")}
`;
}

function certificate({
    certificate: source,
    domain,
    node,
    packageManager,
    software,
}: SetupFacts): readonly string[] {
    const folder = certificateFolder(software);
    return source === undefined || folder === undefined
        ? []
        : [
              installPackage("openssl", packageManager),
              certificateSteps(software, folder, [node, domain], source),
          ];
}
