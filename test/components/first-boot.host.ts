import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
    appendFileSync,
    chmodSync,
    copyFileSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { operatingSystem } from "../../catalog/operating-systems";
import { workload } from "../../catalog/workloads";
import {
    buildAgentConfiguration,
    minimumAgentVersion,
} from "../../components/server/cloudwatch-agent";
import { hostChoices } from "../../components/server/host-choices";
import { buildUserData, type Bundle } from "../../components/server/user-data";
import { buildSetupScript } from "../../components/workload/setup-script";
import { buildHostProfile } from "../../host/profile";
import { renderScript } from "../../host/script";
import { renderRaftConfiguration } from "../../host/workloads/raft-configuration";
import { Bridge } from "../host/support/bridge";
import { timed } from "../host/support/budget";
import { Container } from "../host/support/container";
import { failures, layDown, runProfile } from "../host/support/profile-run";
import { bookworm } from "../host/support/releases";
import { requireMachine } from "../host/support/requirements";
import { must } from "../host/support/run";

const node = "server-1.vault.internal";
const domain = "vault.internal";
const address = "10.80.0.11";
const awsAddress = "10.80.0.2";
const software = workload("openbao");
const system = operatingSystem(bookworm.operatingSystem);
const agentHost = "amazoncloudwatch-agent-eu-central-1";
const agentConfiguration = buildAgentConfiguration(software, {
    system: "/k/system",
    security: "/k/security",
    application: "/k/application",
});

/** The file that the agent ships to the application group. */
const auditLog = (
    agentConfiguration as {
        logs: { logs_collected: { files: { collect_list: Record<string, string>[] } } };
    }
).logs.logs_collected.files.collect_list.find(
    ({ log_group_name }) => log_group_name === "/k/application",
)?.["file_path"];

/**
 * A server from its user data to the software's first request, with the scripts of a cluster: cloud-init, bootstrap, host profile and setup run
 * as they are. AWS stands in on the server itself; the seal is OpenBao's static one, because no key of AWS KMS is there.
 */
describe("the first boot of an OpenBao server, on a booted Debian 12", () => {
    let folder: string;
    let machine: Container;
    let aws: ChildProcess;
    let bridge: Bridge;
    let disk: string;
    let token = "";
    let bundles: readonly [Bundle, Bundle];

    before(async () => {
        requireMachine(
            ...["mmdebstrap", "systemd-nspawn", "nsenter", "ip", "losetup", "openssl", "gpg"],
            ...["dpkg-deb", "bao"],
        );
        folder = mkdtempSync(join(tmpdir(), "keyward-first-boot-"));
        makeCertificates(folder);
        makeAgent(folder);
        must("truncate", ["--size", "512M", join(folder, "disk")]);
        disk = must("losetup", ["--find", "--show", join(folder, "disk")]).trim();
        const bundle = (script: string): Bundle =>
            object(folder, "bundles", `bundles/${sha256(script)}`, script);
        bundles = [
            bundle(renderScript(buildHostProfile(hostChoices(system, software, {})))),
            bundle(setup(folder)),
        ];
        const userData = buildUserData(system, agentConfiguration, {
            bundles,
            packageMirrorUrl: "https://mirror.example.internal/debian",
        });
        machine = await timed("boot with user data", () =>
            Container.boot(bookworm, "first-boot", (root) => {
                prepare(root, folder, userData, disk);
            }),
        );
        bridge = Bridge.create("keyward-boot");
        bridge.own(`${awsAddress}/24`);
        bridge.own("169.254.169.254/32");
        bridge.plug(machine, `${address}/24`);
        machine.must("ip route add 169.254.169.254/32 dev host0");
        aws = bridge.spawn(
            process.execPath,
            ...["-r", "ts-node/register/transpile-only"],
            ...[join(__dirname, "../host/support/stand-in-aws.ts"), folder, awsAddress],
        );
        await once(aws.stdout ?? aws, "data");
    });
    after(async () => {
        aws.kill();
        await machine.destroy();
        bridge.delete();
        must("losetup", ["--detach", disk]);
        rmSync(folder, { recursive: true });
    });

    it("takes its user data: the package mirror, the account of sessions, and a bootstrap that repeats itself", () => {
        assert.match(machine.shell("cloud-init status --long").stdout, /^status: done$/m);
        const sources = machine.must("grep -h ^deb /etc/apt/sources.list").split("\n");
        assert.deepEqual(
            sources.filter((line) => !line.includes(" https://mirror.example.internal/debian ")),
            [""],
        );
        assert.match(machine.must("getent passwd ssm-user"), /:\/bin\/bash$/m);
        assert.equal(machine.must("systemctl is-enabled keyward-bootstrap").trim(), "enabled");
        assert.equal(machine.shell("test -e /var/lib/keyward/bootstrapped").status, 1);
        // The mirror of this test is the cache of the system that was built.
        machine.must("mv /root/sources.list /etc/apt/sources.list");
    });

    it("installs no agent that another key signed, and ships nothing", () => {
        assert.notEqual(machine.shell("systemctl restart keyward-bootstrap").status, 0);
        assert.match(
            machine.must("journalctl --unit keyward-bootstrap --output cat"),
            /^the CloudWatch agent is not signed by 937616F3450B7D806CBD9725D58167303B789C72$/m,
        );
        assert.equal(machine.shell("test -e /opt/aws").status, 1);
        assert.deepEqual(requests(), [
            `s3 objects/${agentHost}/assets/amazon-cloudwatch-agent.gpg`,
            `s3 objects/${agentHost}/debian/amd64/latest/amazon-cloudwatch-agent.deb`,
            `s3 objects/${agentHost}/debian/amd64/latest/amazon-cloudwatch-agent.deb.sig`,
        ]);
    });

    it("brings agents, host profile and software, in this order, and the agent of Systems Manager last", async () => {
        const fingerprint = must("gpg", [
            ...["--homedir", join(folder, "gnupg"), "--batch", "--with-colons"],
            ...["--list-keys"],
        ]).match(/^fpr:+([0-9A-F]{40}):/m)?.[1];
        assert.ok(fingerprint);
        // From here on the key of this test is taken for Amazon's.
        machine.write(
            "usr/local/sbin/gpg",
            `#!/bin/sh\nexec /usr/bin/gpg "$@" | sed s/${fingerprint}/937616F3450B7D806CBD9725D58167303B789C72/\n`,
            0o755,
        );
        await timed("first boot of a server", () => {
            const { status } = machine.shell("systemctl restart keyward-bootstrap");
            assert.equal(
                status,
                0,
                machine.must("journalctl --unit keyward-bootstrap --output cat | tail -n 50"),
            );
        });
        const asked = requests()
            .filter((line) => !line.includes(agentHost))
            .map((line) => line.replace(/[0-9a-f]{64}$/, "SHA256"));
        assert.deepEqual(asked, [
            "s3 objects/bundles/bundles/SHA256",
            "s3 objects/bundles/bundles/SHA256",
            "s3 objects/programs/bao",
            "secretsmanager secrets/vault-1",
        ]);
        assert.deepEqual(
            JSON.parse(machine.must("cat /opt/aws/amazon-cloudwatch-agent/etc/fetched.json")),
            agentConfiguration,
        );
        assert.equal(machine.must("cat /var/lib/at-agent-start"), "active\n");
        assert.equal(machine.must("cat /etc/keyward/node"), `${node}\n`);
    });

    it("has the software's state on the data volume, and the unit under its own account in the profile's sandbox", () => {
        assert.match(
            machine.must("findmnt --noheadings --output SOURCE,FSTYPE,OPTIONS /var/lib/openbao"),
            new RegExp(`^${disk} +ext4 +rw,nosuid,nodev,noexec`),
        );
        assert.equal(machine.must("stat -c '%a %U:%G' /var/lib/openbao"), "700 openbao:openbao\n");
        const shown = machine.must(
            "systemctl show openbao.service --property=User,ProtectSystem,MemorySwapMax,LimitCORE,NoNewPrivileges",
        );
        assert.deepEqual(shown.trim().split("\n").sort(), [
            "LimitCORE=0",
            "MemorySwapMax=0",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "User=openbao",
        ]);
    });

    it("waits for its initialisation as the load balancer and the setup understand it, is initialised and unseals itself", async () => {
        const health = software.healthCheck;
        assert.ok(health);
        const ask = (): string =>
            machine.must(
                `curl --silent --cacert /etc/openbao/tls/ca.crt --output /dev/null --write-out '%{http_code}' https://${node}:${health.port}${health.path}`,
            );
        assert.equal(ask(), "501");
        assert.deepEqual([health.uninitialised, health.healthy], [[501], [200]]);
        const init = JSON.parse(machine.must(bao("operator init -format=json"))) as {
            readonly root_token: string;
        };
        token = init.root_token;
        await until(() => ask() === "200");
        machine.must(bao("secrets enable -path=kv kv"));
        machine.must(bao("kv put kv/probe value=opensesame"));
    });

    it("writes the audit log where the CloudWatch agent ships it from, without the secret", () => {
        assert.ok(auditLog);
        assert.match(machine.must(`grep -c kv/probe ${auditLog}`), /^[1-9]/);
        assert.equal(machine.shell(`grep opensesame ${auditLog}`).status, 1);
        assert.equal(machine.must(`stat -c '%a %U' ${auditLog}`), "600 openbao\n");
    });

    it("audits clean", () => {
        layDown(machine, hostChoices(system, software, {}));
        assert.deepEqual(
            failures(runProfile(machine, "audit")).filter(
                // /tmp becomes a file system of its own at the next boot.
                (line) => !line.includes("true after the next boot"),
            ),
            [],
        );
    });

    it("is left alone by a setup that finds nothing new, and serves a renewed certificate without a restart", () => {
        const running = machine.must("pidof bao");
        const served = (): string =>
            machine.must(
                `openssl s_client -connect ${node}:8200 -servername ${node} </dev/null 2>/dev/null | openssl x509 -noout -serial`,
            );
        const [, { bucket, key, sha256: hash }] = bundles;
        const setUp = `keyward-fetch ${hash} ${bucket} ${key} apply`;
        const before = served();
        machine.must(setUp);
        assert.equal(served(), before);
        giveSecret(folder, "renewed");
        machine.must(setUp);
        assert.notEqual(served(), before);
        assert.equal(machine.must("pidof bao"), running);
    });

    function requests(): readonly string[] {
        return readFileSync(join(folder, "requests"), "utf8").trimEnd().split("\n");
    }

    function bao(command: string): string {
        return `BAO_ADDR=https://${node}:8200 BAO_CACERT=/etc/openbao/tls/ca.crt BAO_TOKEN=${token} /usr/local/bin/bao ${command}`;
    }
});

/** The setup of a cluster's server, but for the seal. */
function setup(folder: string): string {
    const program = readFileSync(must("sh", ["-c", "command -v bao"]).trim());
    return buildSetupScript({
        software,
        node,
        domain,
        configuration: renderRaftConfiguration(software, {
            nodeName: node,
            address: node,
            peerAddresses: [],
            seal: { kind: "static", keyName: "k1", keyFile: "/etc/openbao/tls/seal.key" },
        }),
        certificate: { kind: "secret", secret: "vault-1" },
        artifact: object(folder, "programs", "bao", program),
        packageName: undefined,
        packageManager: system.packageManager,
        dataVolume: true,
    });
}

/** Puts an object into Amazon S3, and says where it is and what its hash is. */
function object(folder: string, bucket: string, key: string, content: string | Buffer): Bundle {
    const file = join(folder, "objects", bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return { bucket, key, sha256: sha256(content) };
}

function sha256(content: string | Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}

/** What the image, its first boot and AWS bring to a server before its bootstrap runs. */
function prepare(root: string, folder: string, userData: string, disk: string): void {
    const write = (path: string, text: string): void => {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
    };
    write("var/lib/cloud/seed/nocloud/user-data", userData);
    write("var/lib/cloud/seed/nocloud/meta-data", "instance-id: i-0123456789abcdef0\n");
    copyFileSync(join(root, "etc/apt/sources.list"), join(root, "root/sources.list"));
    const hosts = [
        ...["bundles.s3", "programs.s3", `${agentHost}.s3`, "secretsmanager"].map(
            (name) => `${awsAddress} ${name}.eu-central-1.amazonaws.com`,
        ),
        `${address} ${node}`,
    ];
    write("etc/hosts", `127.0.0.1 localhost\n${hosts.join("\n")}\n`);
    appendFileSync(
        join(root, "etc/ssl/certs/ca-certificates.crt"),
        readFileSync(join(folder, "ca.crt")),
    );
    // The root's device is not the data volume.
    write("usr/local/sbin/lsblk", "#!/bin/sh\necho nvme0n1\n");
    chmodSync(join(root, "usr/local/sbin/lsblk"), 0o755);
    write(
        "etc/tmpfiles.d/data-volume.conf",
        [
            `b ${disk} 0660 root disk - 7:${disk.replace(/\D/g, "")}`,
            `L /dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123456789abcdef0 - - - - ${disk}`,
            "",
        ].join("\n"),
    );
    // An image that has the agent of Systems Manager, which says how far the server was when it started.
    write(
        "etc/systemd/system/amazon-ssm-agent.service",
        `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'systemctl is-active openbao.service >/var/lib/at-agent-start'

[Install]
WantedBy=multi-user.target
`,
    );
    mkdirSync(join(root, "etc/openbao/tls"), { recursive: true });
    copyFileSync(join(folder, "seal.key"), join(root, "etc/openbao/tls/seal.key"));
}

/** An authority, AWS's certificate for the stand-in, the server's own in a secret, and the key of the static seal. */
function makeCertificates(folder: string): void {
    inside(
        folder,
        "head -c 32 /dev/urandom >seal.key",
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.crt",
    );
    sign(folder, "aws", [
        "*.s3.eu-central-1.amazonaws.com",
        "secretsmanager.eu-central-1.amazonaws.com",
    ]);
    giveSecret(folder, "first");
}

/** Puts a certificate for the server's names into its secret. */
function giveSecret(folder: string, name: string): void {
    sign(folder, name, [node, domain]);
    const text = (file: string): string => readFileSync(join(folder, file), "utf8");
    mkdirSync(join(folder, "secrets"), { recursive: true });
    writeFileSync(
        join(folder, "secrets/vault-1"),
        JSON.stringify({
            certificate: text(`${name}.crt`),
            key: text(`${name}.key`),
            authority: text("ca.crt"),
        }),
    );
}

function sign(folder: string, name: string, names: readonly string[]): void {
    const alternatives = names.map((alternative) => `DNS:${alternative}`).join(",");
    inside(
        folder,
        `openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -addext 'subjectAltName=${alternatives}' -keyout ${name}.key -out ${name}.csr`,
        `openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out ${name}.crt`,
    );
}

/** A package in place of the CloudWatch agent's, which keeps the configuration that it is given, signed by a key of this test. */
function makeAgent(folder: string): void {
    const files: Readonly<Record<string, string>> = {
        "DEBIAN/control": `Package: amazon-cloudwatch-agent
Version: ${minimumAgentVersion}
Architecture: amd64
Maintainer: nobody
Description: stand-in
`,
        "opt/aws/amazon-cloudwatch-agent/bin/CWAGENT_VERSION": `${minimumAgentVersion}b1234\n`,
        "opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl": `#!/bin/sh
for argument; do
    case $argument in file:*) cp "\${argument#file:}" /opt/aws/amazon-cloudwatch-agent/etc/fetched.json ;; esac
done
`,
        "opt/aws/amazon-cloudwatch-agent/etc/placeholder": "",
        "lib/systemd/system/amazon-cloudwatch-agent.service": `[Service]
ExecStart=/bin/sleep infinity

[Install]
WantedBy=multi-user.target
`,
    };
    for (const [path, text] of Object.entries(files)) {
        const file = join(folder, "agent", path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: path.endsWith("ctl") ? 0o755 : 0o644 });
    }
    const bucket = join(folder, "objects", agentHost);
    const path = join(bucket, "debian/amd64/latest/amazon-cloudwatch-agent.deb");
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(join(bucket, "assets"));
    mkdirSync(join(folder, "gnupg"), { mode: 0o700 });
    inside(
        folder,
        `dpkg-deb --root-owner-group --build agent '${path}'`,
        "export GNUPGHOME=$PWD/gnupg",
        "gpg --batch --quiet --passphrase '' --quick-generate-key test ed25519 sign 1d",
        `gpg --batch --quiet --export >'${bucket}/assets/amazon-cloudwatch-agent.gpg'`,
        `gpg --batch --quiet --detach-sign --output '${path}.sig' '${path}'`,
        "gpgconf --kill gpg-agent",
    );
}

function inside(folder: string, ...lines: readonly string[]): void {
    must("sh", ["-euc", `cd "$1"; exec 2>&1; ${lines.join("; ")}`, "sh", folder]);
}

async function until(condition: () => boolean): Promise<void> {
    for (let attempt = 0; !condition(); attempt += 1) {
        assert.ok(attempt < 60, "not so after half a minute");
        await sleep(500);
    }
}
