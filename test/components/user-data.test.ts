import assert from "node:assert/strict";
import { parse } from "yaml";
import { operatingSystems } from "../../catalog/operating-systems";
import { workloads } from "../../catalog/workloads";
import { buildAgentConfiguration } from "../../components/server/cloudwatch-agent";
import { buildUserData, longestUserData } from "../../components/server/user-data";

const groups = { system: "/k/system", security: "/k/security", application: "/k/application" };
const bundle = { bucket: "b".repeat(63), key: `bundles/${"a".repeat(64)}`, sha256: "a".repeat(64) };
const options = {
    bundles: [bundle, bundle],
    packageMirrorUrl: "https://mirror.example.internal/debian",
};

describe("user data", () => {
    for (const system of operatingSystems) {
        for (const software of workloads) {
            it(`of ${software.id} on ${system.id} is cloud-config below what EC2 takes`, () => {
                const text = buildUserData(
                    system,
                    buildAgentConfiguration(software, groups),
                    options,
                );
                assert.ok(Buffer.byteLength(text) < longestUserData, `${text.length} bytes`);
                assert.ok(text.startsWith("#cloud-config\n"));
                const config = parse(text) as {
                    readonly write_files: readonly { readonly path: string }[];
                    readonly users: unknown;
                    readonly apt: unknown;
                    readonly locale: string;
                    readonly runcmd: readonly (readonly string[])[];
                };
                assert.deepEqual(config.users, [
                    { name: "ssm-user", shell: "/bin/bash", lock_passwd: true },
                ]);
                assert.equal(config.locale, "C.UTF-8");
                const mirror = [{ arches: ["default"], uri: options.packageMirrorUrl }];
                assert.deepEqual(config.apt, {
                    preserve_sources_list: false,
                    primary: mirror,
                    security: mirror,
                });
                assert.deepEqual(
                    config.write_files.map(({ path }) => path),
                    [
                        "/usr/local/sbin/keyward-bootstrap",
                        "/etc/keyward/cloudwatch-agent.json",
                        "/etc/keyward/bundles",
                        "/usr/local/lib/keyward/aws-requests.sh",
                        "/usr/local/sbin/keyward-fetch",
                        "/usr/local/sbin/keyward-secret",
                        "/etc/systemd/system/keyward-bootstrap.service",
                    ],
                );
                assert.deepEqual(config.runcmd.at(-1), [
                    "systemctl",
                    "enable",
                    "--now",
                    "--no-block",
                    "keyward-bootstrap.service",
                ]);
            });
        }
    }
});
