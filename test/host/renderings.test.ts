import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { operatingSystems } from "../../catalog/operating-systems";
import { workload } from "../../catalog/workloads";
import { InputError } from "../../catalog/records/input-error";
import { buildHostProfile } from "../../host/profile";
import { renderHostProfile } from "../../host/renderings";
import { renderScript } from "../../host/script";
import { longestDocument } from "../../host/ssm-document";
import { renderRaftConfiguration } from "../../host/workloads/raft-configuration";
import { renderUnitDropIn } from "../../host/workloads/unit-drop-in";

const profile = buildHostProfile({ operatingSystem: "amazon-linux-2023", workload: "openbao" });
const script = renderScript(profile);

interface CloudConfig {
    readonly write_files: readonly { path: string; content: string; permissions: string }[];
    readonly runcmd: readonly (readonly string[])[];
}

describe("the renderings of a host profile", () => {
    it("carry the script byte for byte in cloud-config", () => {
        const text = renderHostProfile(profile, "cloud-init");
        assert.match(text, /^#cloud-config\n/);
        const { write_files: files, runcmd } = parse(text) as CloudConfig;
        const [host] = files;
        assert.ok(host);
        assert.equal(host.path, "/usr/local/sbin/keyward-host");
        assert.equal(host.permissions, "0700");
        assert.equal(gunzipSync(Buffer.from(host.content, "base64")).toString(), script);
        assert.match(
            runcmd.flat().join(" "),
            /keyward-host apply.*keyward-host audit.*exit \$applied$/,
        );
    });

    it("fit into what Systems Manager takes, on every operating system", () => {
        for (const { id } of operatingSystems) {
            const text = renderHostProfile(
                buildHostProfile({ operatingSystem: id, workload: "openbao" }),
                "ssm-document",
            );
            assert.ok(Buffer.byteLength(text) <= longestDocument);
            const document = JSON.parse(text) as {
                schemaVersion: string;
                parameters: { Verb: { allowedValues: string[] } };
            };
            assert.equal(document.schemaVersion, "2.2");
            assert.deepEqual(document.parameters.Verb.allowedValues, ["apply", "audit", "plan"]);
        }
    });

    it("audit the builder and an instance of the image in an Image Builder component", () => {
        const { phases } = parse(renderHostProfile(profile, "image-component")) as {
            phases: { name: string; steps: { name: string }[] }[];
        };
        assert.deepEqual(
            phases.map(({ name, steps }) => [name, ...steps.map((step) => step.name)]),
            [
                ["build", "LayDown", "Apply", "Reboot"],
                ["validate", "AuditBuilder"],
                ["test", "Apply", "AuditInstance"],
            ],
        );
    });
});

describe("the configuration of a Raft server", () => {
    const server = {
        nodeName: "keys-1",
        address: "keys-1.internal",
        peerAddresses: ["keys-2.internal", "keys-3.internal"],
        seal: { kind: "awskms", region: "eu-central-1", keyId: "alias/unseal" },
    } as const;

    it("names peers, certificates and the seal of OpenBao, and its audit device", () => {
        const text = renderRaftConfiguration(workload("openbao"), server);
        assert.equal(text.match(/retry_join/g)?.length, 2);
        assert.match(text, /leader_ca_cert_file = "\/etc\/openbao\/tls\/ca\.crt"/);
        assert.match(text, /seal "awskms" \{\n {2}region = "eu-central-1"/);
        assert.match(text, /audit "file" "keyward"/);
        assert.match(text, /tls_min_version = "tls12"/);
        assert.doesNotMatch(text, /tls_disable = true|disable_mlock/);
    });

    it("switches memory locking off for Vault, whose audit device comes through its API", () => {
        const text = renderRaftConfiguration(workload("vault"), server);
        assert.match(text, /^disable_mlock = true$/m);
        assert.doesNotMatch(text, /^audit /m);
    });

    it("refuses what would break out of the file, all at once", () => {
        assert.throws(
            () =>
                renderRaftConfiguration(workload("openbao"), {
                    ...server,
                    nodeName: 'a" }',
                    peerAddresses: ["keys-1.internal"],
                }),
            (error: unknown) => {
                assert.ok(error instanceof InputError);
                assert.deepEqual(error.problems, [
                    'nodeName must be a name or an address without spaces, quotes and ports, got "a" }"',
                    'peerAddresses must not hold the server\'s own address "keys-1.internal"',
                ]);
                return true;
            },
        );
    });
});

describe("the drop-in of a workload's unit", () => {
    it("runs it as its account, in a read-only system with its own folders writable", () => {
        const text = renderUnitDropIn(profile.context);
        for (const line of [
            "User=openbao",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "LimitCORE=0",
            "MemorySwapMax=0",
            "ReadWritePaths=-/var/lib/openbao -/var/log/openbao",
            "ReadOnlyPaths=-/etc/openbao -/etc/openbao/tls",
        ]) {
            assert.ok(text.split("\n").includes(line), line);
        }
    });
});
