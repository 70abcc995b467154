import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { workload } from "../../catalog/workloads";
import { certificateFiles, renderRaftConfiguration } from "../../host/workloads/raft-configuration";
import { Bridge } from "./support/bridge";
import { timed } from "./support/budget";
import { Container } from "./support/container";
import { failures, layDown, runProfile } from "./support/profile-run";
import { bookworm, trixie } from "./support/releases";
import { requireMachine } from "./support/requirements";
import { must } from "./support/run";

const nodes = [
    { name: "bao1", address: "10.9.0.11", release: bookworm },
    { name: "bao2", address: "10.9.0.12", release: bookworm },
    { name: "bao3", address: "10.9.0.13", release: trixie },
];

/** The unit as OpenBao's own package has it, without its hardening. */
const shippedUnit = `[Unit]
Description=OpenBao
After=network-online.target

[Service]
User=root
ExecStart=/usr/bin/bao server -config=/etc/openbao/openbao.hcl
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const software = workload("openbao");
const bao = (address: string, command: string, token = ""): string =>
    `BAO_ADDR=https://${address}:8200 BAO_CACERT=/etc/openbao/tls/ca.crt BAO_TOKEN=${token} bao ${command}`;

describe("three OpenBao servers on three hardened systems", () => {
    const machines: Container[] = [];
    let bridge: Bridge;
    let folder: string;
    let token = "";
    const first = (): Container => machineOf(0);
    const machineOf = (index: number): Container => {
        const machine = machines[index];
        assert.ok(machine);
        return machine;
    };

    before(async () => {
        requireMachine("mmdebstrap", "systemd-nspawn", "nsenter", "ip", "openssl", "bao");
        folder = mkdtempSync(join(tmpdir(), "keyward-bao-"));
        bridge = Bridge.create("keyward-bao");
        makeCertificates(folder);
        await timed("three servers, hardened", async () => {
            for (const node of nodes) {
                const machine = await Container.boot(node.release, node.name);
                machines.push(machine);
                bridge.plug(machine, `${node.address}/24`);
                machine.copy(must("sh", ["-c", "command -v bao"]).trim(), "usr/bin/bao", 0o755);
                machine.write("etc/systemd/system/openbao.service", shippedUnit);
                layDown(machine, {
                    operatingSystem: node.release.operatingSystem,
                    workload: "openbao",
                    parameters: {
                        hostPeerCidrs: nodes.map(({ address }) => `${address}/32`),
                        hostClientCidrs: ["10.9.0.0/28"],
                    },
                });
                assert.deepEqual(runProfile(machine, "apply").errors, []);
                configure(machine, node, folder);
                machine.must("systemctl daemon-reload && systemctl enable --now openbao.service");
            }
        });
    });
    after(async () => {
        for (const machine of machines) {
            await machine.destroy();
        }
        bridge.delete();
        rmSync(folder, { recursive: true });
    });

    it("form a cluster with the configuration that the profile renders", async () => {
        const { address } = nodes[0] ?? { address: "" };
        await until(() => /Initialized +false/.test(first().shell(bao(address, "status")).stdout));
        const init = JSON.parse(first().must(bao(address, "operator init -format=json"))) as {
            root_token: string;
        };
        token = init.root_token;
        await until(() => voters().length === 3);
        assert.deepEqual(voters(), ["bao1", "bao2", "bao3"]);
        first().must(bao(address, "secrets enable -path=kv kv", token));
        first().must(bao(address, "kv put kv/probe value=42", token));
        assert.equal(
            machineOf(2).must(bao("10.9.0.13", "kv get -field=value kv/probe", token)),
            "42",
        );
    });

    it("run as their own account, in a sandbox that systemd-analyze rates below 2.0", () => {
        for (const machine of machines) {
            assert.equal(machine.must("ps -o user= -C bao").trim(), "openbao");
            const rated = machine.must(
                "systemd-analyze security --no-pager openbao.service | tail -n 1",
            );
            const exposure = Number(/: ([0-9.]+) /.exec(rated)?.[1]);
            console.log(`        exposure ${exposure}`);
            assert.ok(exposure < 2, rated);
        }
    });

    it("write the audit log from their first request on, readable for nobody else", () => {
        const log = "/var/log/openbao/audit.log";
        assert.equal(first().must(`stat -c '%a %U' ${log}`), "600 openbao\n");
        assert.match(first().must(`grep -c kv/probe ${log}`), /^[1-9]/);
        assert.equal(first().shell(`grep -F '"value":"42"' ${log}`).status, 1);
    });

    it("cannot read or write what they need not", () => {
        const pid = first().must("pidof bao").trim();
        const inside = (command: string): number =>
            first().shell(
                `nsenter -t ${pid} -m setpriv --reuid openbao --regid openbao --clear-groups sh -c '${command}'`,
            ).status;
        assert.equal(inside("cat /etc/openbao/openbao.hcl >/dev/null || true; true"), 0);
        for (const refused of [
            "cat /etc/shadow",
            "ls /root",
            "ls /home/ssm-user",
            "ls /var/lib/keyward",
            "cat /var/log/audit/audit.log",
            "touch /etc/openbao/x",
            "touch /usr/bin/x",
            "touch /var/lib/x",
            "touch /etc/systemd/system/x",
        ]) {
            assert.notEqual(inside(refused), 0, refused);
        }
        assert.equal(inside("touch /var/lib/openbao/probe && rm /var/lib/openbao/probe"), 0);
    });

    it("audit clean on every system, and nothing listens but the declared ports", () => {
        for (const machine of machines) {
            const waiting = failures(runProfile(machine, "audit")).filter(
                // /tmp becomes a file system of its own at the next boot.
                (line) => !line.includes("true after the next boot"),
            );
            assert.deepEqual(waiting, []);
        }
    });

    it("keep quorum and data when they are rebooted one by one", async () => {
        for (const [index, node] of nodes.entries()) {
            const machine = machineOf(index);
            await machine.reboot();
            bridge.plug(machine, `${node.address}/24`);
            machine.must("systemctl restart openbao.service");
            await until(() => machine.shell(bao(node.address, "status")).status === 0);
            await until(() => voters().length === 3);
            assert.equal(
                machine.must(bao(node.address, "kv get -field=value kv/probe", token)),
                "42",
            );
            assert.deepEqual(failures(runProfile(machine, "audit")), []);
        }
    });

    it("answer no stranger", () => {
        machineOf(1).must("ip address add 10.9.0.99/24 dev host0");
        const ask = (source: string): number =>
            machineOf(1).shell(
                `nft flush chain inet filter output; nft chain inet filter output '{ policy accept; }'; curl --version >/dev/null 2>&1; timeout 3 perl -MIO::Socket::INET -e 'exit(IO::Socket::INET->new(PeerAddr=>"10.9.0.11:8200",LocalAddr=>"${source}",Timeout=>2) ? 0 : 1)'`,
            ).status;
        assert.equal(ask("10.9.0.12"), 0);
        assert.notEqual(ask("10.9.0.99"), 0);
    });

    function voters(): readonly string[] {
        const { status, stdout } = first().shell(
            bao("10.9.0.11", "operator raft list-peers -format=json", token),
        );
        if (status !== 0) {
            return [];
        }
        const { data } = JSON.parse(stdout) as {
            data: { config: { servers: { node_id: string; voter: boolean }[] } };
        };
        return data.config.servers
            .filter(({ voter }) => voter)
            .map(({ node_id }) => node_id)
            .sort();
    }
});

function configure(machine: Container, node: (typeof nodes)[number], folder: string): void {
    const peers = nodes.filter(({ name }) => name !== node.name).map(({ address }) => address);
    machine.write(
        software.configPath ?? "",
        renderRaftConfiguration(software, {
            nodeName: node.name,
            address: node.address,
            peerAddresses: peers,
            seal: { kind: "static", keyName: "k1", keyFile: "/etc/openbao/tls/seal.key" },
        }),
        0o640,
    );
    const tls = "etc/openbao/tls";
    machine.copy(join(folder, `${node.name}.crt`), `${tls}/${certificateFiles.certificate}`, 0o640);
    machine.copy(join(folder, `${node.name}.key`), `${tls}/${certificateFiles.key}`, 0o640);
    machine.copy(join(folder, "ca.crt"), `${tls}/${certificateFiles.authority}`, 0o644);
    machine.copy(join(folder, "seal.key"), `${tls}/seal.key`, 0o640);
    machine.must("chgrp openbao /etc/openbao/openbao.hcl /etc/openbao/tls/*");
}

/** A certificate authority for this run, one certificate a server, and the key of the static seal. */
function makeCertificates(folder: string): void {
    const ssl = (lines: string): string => must("sh", ["-euc", `cd "$1"; ${lines}`, "sh", folder]);
    ssl("head -c 32 /dev/urandom >seal.key");
    ssl(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.crt 2>/dev/null",
    );
    for (const { name, address } of nodes) {
        ssl(
            `openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr 2>/dev/null; ` +
                `printf 'subjectAltName=IP:${address},IP:127.0.0.1,DNS:${name}' >${name}.ext; ` +
                `openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile ${name}.ext -out ${name}.crt 2>/dev/null`,
        );
    }
}

async function until(condition: () => boolean): Promise<void> {
    for (let attempt = 0; attempt < 120; attempt += 1) {
        if (condition()) {
            return;
        }
        await sleep(500);
    }
    throw new Error(`not so after a minute: ${condition.toString()}`);
}
