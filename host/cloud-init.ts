import { stringify } from "yaml";
import {
    auditResultPath,
    hostScriptPath,
    packed,
    publishScriptPath,
    renderPublishScript,
} from "./delivery";

/** Largest user data that EC2 takes, in bytes. Source: Amazon EC2 user guide, user data. */
export const longestUserData = 16_384;

/**
 * Cloud-config that carries a whole profile and applies it at first boot: for machines whose user data may be long. On EC2 the components
 * fetch the script from Amazon S3 instead, because this text is longer than `longestUserData`.
 */
export function renderCloudInit(script: string): string {
    const file = (path: string, content: string): Readonly<Record<string, string>> => ({
        path,
        owner: "root:root",
        permissions: "0700",
        encoding: "gz+b64",
        content: packed(content),
    });
    const config = {
        // A minimal image has no other, and the module that sets one fails there.
        locale: "C.UTF-8",
        ssh_pwauth: false,
        disable_root: true,
        // Host keys are made by the profile.
        ssh_deletekeys: true,
        write_files: [file(hostScriptPath, script), file(publishScriptPath, renderPublishScript())],
        runcmd: [
            ["install", "-d", "-m", "700", "/var/log/keyward"],
            // A step that failed is cloud-init's error; the audit is not yet clean, because some settings wait for the next boot.
            [
                "sh",
                "-c",
                `umask 077; ${hostScriptPath} apply >/var/log/keyward/apply.jsonl; applied=$?; ${hostScriptPath} audit >${auditResultPath}; exit $applied`,
            ],
        ],
    };
    return `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
}
