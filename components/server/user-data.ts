import { stringify } from "yaml";
import type { OperatingSystem } from "../../catalog/operating-systems";
import { requestFunctions, requestsPath } from "./aws-requests";
import {
    agentConfigurationPath,
    bootstrapPath,
    buildBootstrapScript,
    bundleListPath,
    sessionUser,
} from "./bootstrap";
import { fetchPath, fetchScript } from "./fetch-script";
import { secretPath, secretScript } from "./secret-script";

/** Largest user data that EC2 takes, in bytes before encoding. Source: Amazon EC2 user guide, user data. */
export const longestUserData = 16_384;

/** A script in Amazon S3 with its hash. */
export interface Bundle {
    readonly bucket: string;
    readonly key: string;
    readonly sha256: string;
}

export interface UserDataOptions {
    /** Run in order, before the SSM agent starts. */
    readonly bundles?: readonly Bundle[];
    readonly packageMirrorUrl?: string;
}

/**
 * User data of a key server: cloud-config that lays down the bootstrap script, the agent's configuration and a unit that repeats the
 * script until it succeeds. The network may come up later than the server; cloud-init itself would try only once.
 */
export function buildUserData(
    system: OperatingSystem,
    agentConfiguration: unknown,
    { bundles = [], packageMirrorUrl }: UserDataOptions = {},
): string {
    const file = (
        path: string,
        permissions: string,
        content: string,
    ): Readonly<Record<string, string>> => ({ path, owner: "root:root", permissions, content });
    const config = {
        // Nobody logs in with a password or over SSH: no user of the image is made, only the one of sessions, without sudo and before the agent
        // would make it with.
        ssh_pwauth: false,
        disable_root: true,
        // The one locale that minimal images have.
        locale: "C.UTF-8",
        users: [{ name: sessionUser, shell: "/bin/bash", lock_passwd: true }],
        ...(packageMirrorUrl === undefined ? {} : aptSources(packageMirrorUrl)),
        write_files: [
            file(bootstrapPath, "0700", buildBootstrapScript(system)),
            file(
                agentConfigurationPath,
                "0600",
                `${JSON.stringify(agentConfiguration, undefined, 1)}\n`,
            ),
            file(
                bundleListPath,
                "0600",
                bundles.map(({ bucket, key, sha256 }) => `${sha256} ${bucket} ${key}\n`).join(""),
            ),
            file(requestsPath, "0600", requestFunctions),
            file(fetchPath, "0700", fetchScript),
            file(secretPath, "0700", secretScript),
            file("/etc/systemd/system/keyward-bootstrap.service", "0644", bootstrapUnit),
        ],
        runcmd: [
            ["systemctl", "daemon-reload"],
            ["systemctl", "enable", "--now", "--no-block", "keyward-bootstrap.service"],
        ],
    };
    return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}

/** The mirror in place of those that the image names; packages stay signed by the distribution. */
function aptSources(uri: string): Readonly<Record<string, unknown>> {
    const mirror = [{ arches: ["default"], uri }];
    // Debian's own configuration keeps the sources of the image unless it is overruled.
    return { apt: { preserve_sources_list: false, primary: mirror, security: mirror } };
}

const bootstrapUnit = `[Unit]
Description=Keyward bootstrap
Wants=network-online.target
After=network-online.target
ConditionPathExists=!/var/lib/keyward/bootstrapped
StartLimitIntervalSec=0

[Service]
Type=oneshot
ExecStart=${bootstrapPath}
Restart=on-failure
RestartSec=30
TimeoutStartSec=900

[Install]
WantedBy=multi-user.target
`;
