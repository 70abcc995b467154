import assert from "node:assert/strict";
import { operatingSystems } from "../../catalog/operating-systems";
import { acceptedWorkloadIds, workload } from "../../catalog/workloads";
import { namedWorkload } from "../../catalog/workloads/named";
import { buildAgentConfiguration } from "../../components/server/cloudwatch-agent";
import { buildUserData } from "../../components/server/user-data";
import { renderCloudInit } from "../../host/cloud-init";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { Container } from "../host/support/container";
import { bookworm, trixie } from "../host/support/releases";
import { requireMachine } from "../host/support/requirements";

const groups = { system: "/k/system", security: "/k/security", application: "/k/application" };
const hash = "a".repeat(64);

for (const release of [bookworm, trixie]) {
    describe(`cloud-init of ${release.suite}, by its own schema`, () => {
        let machine: Container;

        before(async () => {
            requireMachine("mmdebstrap", "systemd-nspawn", "nsenter");
            machine = await Container.boot(release, `cloud-init-${release.suite}`);
        });
        after(async () => {
            await machine.destroy();
        });

        for (const system of operatingSystems) {
            it(`takes the user data of every workload on ${system.id}`, () => {
                for (const id of acceptedWorkloadIds) {
                    const software = namedWorkload(workload(id), {
                        user: "kms",
                        unit: "kms.service",
                    });
                    const text = buildUserData(system, buildAgentConfiguration(software, groups), {
                        bundles: [{ bucket: "bundles", key: `bundles/${hash}`, sha256: hash }],
                        packageMirrorUrl: system.repositoryInS3
                            ? undefined
                            : "https://mirror.example.internal/debian",
                    });
                    assert.deepEqual(problems(text), [0, ""], id);
                }
            });
        }

        it("takes the cloud-config that carries a whole profile", () => {
            const script = renderScript(
                buildHostProfile({ operatingSystem: release.operatingSystem, workload: "vault" }),
            );
            assert.deepEqual(problems(renderCloudInit(script)), [0, ""]);
        });

        it("names what is no cloud-config", () => {
            const [status, said] = problems(
                "#cloud-config\nwrite_files: [{path: 7}]\nruncmd: yes\n",
            );
            assert.notEqual(status, 0);
            assert.match(said, /write_files\.0\.path/);
        });

        /** Exit status of the check, and what it complains about. */
        function problems(text: string): readonly [number, string] {
            machine.write("root/user-data", text);
            const { status, stdout, stderr } = machine.shell(
                "cloud-init schema --config-file /root/user-data",
            );
            const said = `${stdout}${stderr}`.replace(/^Valid (schema|cloud-config).*$\n?/m, "");
            return [status, said.trim()];
        }
    });
}
