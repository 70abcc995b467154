import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workload } from "../../../catalog/workloads";
import { fetchPath } from "../../../components/server/fetch-script";
import type { CertificateSource } from "../../../components/workload/certificate-steps";
import { buildConfiguration } from "../../../components/workload/configuration";
import { buildSetupScript, type SetupFacts } from "../../../components/workload/setup-script";
import { StandInServer } from "./setup-run";

const node = "server-1.vault.internal";
const domain = "vault.internal";
const software = workload("vault");
const program = "#!/bin/sh\necho a program\n";
const sha256 = createHash("sha256").update(program).digest("hex");
const secret: CertificateSource = { kind: "secret", secret: "vault-1" };
const authority: CertificateSource = {
    kind: "authority",
    arn: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1",
    validityDays: 90,
};

function facts(changes: Partial<SetupFacts> = {}): SetupFacts {
    return {
        software,
        node,
        domain,
        configuration: buildConfiguration(software, {
            node,
            nodes: [node],
            region: "eu-central-1",
            unsealKey: "alias/unseal",
        }),
        certificate: secret,
        artifact: { bucket: "programs", key: "vault", sha256 },
        packageName: undefined,
        packageManager: "dnf",
        dataVolume: false,
        ...changes,
    };
}

describe("the setup script of a server", function () {
    // Each makes keys and certificates with openssl.
    this.timeout(20_000);

    let server: StandInServer;

    beforeEach(() => {
        server = new StandInServer();
        server.object("vault", program);
        server.openssl(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=authority",
            "-keyout",
            "ca.key",
            "-out",
            "ca.crt",
        );
        // Waits for the unit's health over TLS, which is no server here.
        giveSecret("first");
    });
    afterEach(() => {
        server.remove();
    });

    it("puts program, unit, configuration and certificate in place, and starts the unit", () => {
        const { status, stderr } = apply(facts());
        assert.deepEqual([status, stderr], [0, ""]);
        assert.equal(server.file("usr/local/bin/vault"), program);
        assert.equal(server.mode("usr/local/bin/vault"), "755");
        assert.match(
            server.file("etc/systemd/system/vault.service"),
            /^User=vault\nGroup=vault\nExecStart=\S+\/usr\/local\/bin\/vault server -config=\S+\/etc\/vault\.d\/vault\.hcl$/m,
        );
        assert.match(server.file("etc/vault.d/vault.hcl"), /^seal "awskms" \{$/m);
        assert.equal(server.mode("etc/vault.d/vault.hcl"), "640");
        assert.equal(server.mode("etc/vault.d/tls/server.key"), "640");
        assert.equal(server.mode("etc/vault.d/tls/server.crt"), "644");
        assert.equal(
            server.file("etc/vault.d/tls/ca.crt").trim(),
            readFileSync(join(server.path, "ca.crt"), "utf8").trim(),
        );
        assert.equal(server.mode("opt/vault/data"), "700");
        assert.equal(server.mode("var/log/vault"), "750");
        assert.equal(server.file("etc/keyward/node"), `${node}\n`);
        assert.deepEqual(units(), [
            "daemon-reload",
            "enable --quiet vault.service",
            "restart vault.service",
            "is-active --quiet vault.service",
        ]);
    });

    it("changes nothing the second time", () => {
        apply(facts());
        server.takeCalls();
        assert.equal(apply(facts()).status, 0);
        assert.deepEqual(units(), [
            "daemon-reload",
            "enable --quiet vault.service",
            "start vault.service",
            "is-active --quiet vault.service",
        ]);
    });

    it("reloads the unit for a renewed certificate and restarts it for another configuration or program", () => {
        apply(facts());
        server.takeCalls();
        giveSecret("renewed");
        apply(facts());
        assert.equal(units()[2], "reload-or-restart vault.service");
        apply(facts({ configuration: "ui = false" }));
        assert.equal(units()[2], "restart vault.service");
        const changed = `${program}# newer\n`;
        server.object("vault", changed);
        apply(
            facts({
                configuration: "ui = false",
                artifact: {
                    bucket: "programs",
                    key: "vault",
                    sha256: createHash("sha256").update(changed).digest("hex"),
                },
            }),
        );
        assert.equal(units()[2], "restart vault.service");
        assert.equal(server.file("usr/local/bin/vault"), changed);
    });

    it("runs no program whose hash is another, and leaves the old one in place", () => {
        apply(facts());
        server.takeCalls();
        server.object("vault", "#!/bin/sh\necho evil\n");
        const other = "f".repeat(64);
        const { status, stderr } = apply(
            facts({ artifact: { bucket: "programs", key: "vault", sha256: other } }),
        );
        assert.equal(status, 1);
        assert.match(stderr, /computed checksum did NOT match/);
        assert.equal(server.file("usr/local/bin/vault"), program);
        assert.deepEqual(units(), []);
    });

    for (const [what, spoil, said] of [
        [
            "a key that is another's",
            () => giveSecret("foreign-key", { foreignKey: true }),
            "certificate refused: the key is another's\n",
        ],
        [
            "a name that is another's",
            () =>
                giveSecret("other-name", {
                    names: "DNS:server-2.vault.internal,DNS:vault.internal",
                }),
            `certificate refused: it has ended, or lacks one of the names ${node} ${domain}\n`,
        ],
        [
            "no name of the cluster",
            () => giveSecret("no-domain", { names: `DNS:${node}` }),
            `certificate refused: it has ended, or lacks one of the names ${node} ${domain}\n`,
        ],
        [
            "an authority that did not sign it",
            () => giveSecret("foreign", { foreignAuthority: true }),
            "certificate refused: the authority did not sign it\n",
        ],
    ] as const) {
        it(`refuses a certificate with ${what}, and keeps the one before`, () => {
            apply(facts());
            const before = server.file("etc/vault.d/tls/server.crt");
            server.takeCalls();
            spoil();
            const { status, stderr } = apply(facts());
            assert.equal(status, 1);
            assert.ok(stderr.endsWith(said), stderr);
            assert.equal(server.file("etc/vault.d/tls/server.crt"), before);
            assert.deepEqual(units(), []);
        });
    }

    it("refuses a secret without a field, and keeps what was there", () => {
        apply(facts());
        const before = server.file("etc/vault.d/tls/server.key");
        server.answerWith(`echo '{"SecretString":"{\\"certificate\\":\\"x\\"}"}'`);
        const { status, stderr } = apply(facts());
        assert.equal(status, 1);
        assert.match(stderr, /certificate refused: the secret has no field key\n$/);
        assert.equal(server.file("etc/vault.d/tls/server.key"), before);
    });

    it("gets a certificate of the private authority for a key that was made here, and renews it when a third of its life is left", () => {
        giveAuthority(90);
        assert.deepEqual(pick(apply(facts({ certificate: authority }))), [0, ""]);
        assert.deepEqual(operations(), [
            "DescribeCertificateAuthority",
            "IssueCertificate",
            "GetCertificate",
            "GetCertificate",
        ]);
        const first = server.file("etc/vault.d/tls/server.crt");
        assert.match(
            server.openssl(
                "x509",
                "-noout",
                "-ext",
                "subjectAltName",
                "-in",
                "root/etc/vault.d/tls/server.crt",
            ),
            new RegExp(`DNS:${node}, DNS:${domain}`),
        );
        server.openssl(
            "verify",
            "-CAfile",
            "root/etc/vault.d/tls/ca.crt",
            "root/etc/vault.d/tls/server.crt",
        );

        assert.equal(apply(facts({ certificate: authority })).status, 0);
        assert.deepEqual(operations(), []);
        assert.equal(server.file("etc/vault.d/tls/server.crt"), first);

        server.write("etc/vault.d/tls/server.crt", signedFor(31));
        apply(facts({ certificate: authority }));
        assert.deepEqual(operations(), []);
        server.write("etc/vault.d/tls/server.crt", signedFor(29));
        apply(facts({ certificate: authority }));
        assert.deepEqual(operations(), [
            "DescribeCertificateAuthority",
            "IssueCertificate",
            "GetCertificate",
            "GetCertificate",
        ]);
        assert.notEqual(server.file("etc/vault.d/tls/server.crt"), first);
    });

    it("asks the authority for an end-entity certificate of the template without rights to sign, of its own algorithm and validity", () => {
        giveAuthority(90);
        apply(facts({ certificate: authority }));
        const call = server.takeCalls().find((line) => line.includes("IssueCertificate")) ?? "";
        const { Csr, ...request } = JSON.parse(call.slice(call.indexOf("{"))) as Record<
            string,
            unknown
        >;
        assert.deepEqual(request, {
            CertificateAuthorityArn: authority.arn,
            SigningAlgorithm: "SHA256WITHECDSA",
            TemplateArn: "arn:aws:acm-pca:::template/EndEntityServerAuthCertificate/V1",
            Validity: { Type: "DAYS", Value: 90 },
        });
        assert.match(
            Buffer.from(String(Csr), "base64").toString(),
            /^-----BEGIN CERTIFICATE REQUEST-----/,
        );
    });

    it("waits for a certificate that people bring, and starts nothing before", () => {
        const { status, stderr } = apply(facts({ certificate: undefined }));
        assert.equal(status, 0);
        assert.match(stderr, /^vault\.service waits for its certificate in /);
        assert.deepEqual(units(), ["daemon-reload", "enable --quiet vault.service"]);
    });

    it("fails when the unit does not come up, so that the next server is left alone", () => {
        server.down(true);
        const { status, stderr } = apply(facts());
        assert.deepEqual(
            [status, stderr],
            [1, "vault.service does not serve after five minutes\n"],
        );
    });

    it("installs a package of the operating system instead, unless it is there", () => {
        for (const [packageManager, line] of [
            ["dnf", "rpm --query 'vault' >/dev/null || dnf --assumeyes --quiet install 'vault'"],
            [
                "apt",
                "DEBIAN_FRONTEND=noninteractive apt-get --quiet --assume-yes --no-install-recommends install 'vault'",
            ],
        ] as const) {
            const script = buildSetupScript(
                facts({ artifact: undefined, packageName: "vault", packageManager }),
            );
            assert.ok(script.includes(line), packageManager);
            assert.doesNotMatch(script, /keyward-fetch|ExecStart/);
        }
        assert.equal(apply(facts({ artifact: undefined, packageName: "vault" })).status, 0);
    });

    it("brings no software where the image has it", () => {
        const script = buildSetupScript(facts({ artifact: undefined }));
        assert.doesNotMatch(script, /keyward-fetch|ExecStart|rpm --query 'vault'/);
    });

    it("takes no other verb", () => {
        assert.equal(server.run(buildSetupScript(facts()), "plan").status, 2);
        assert.equal(server.has("etc/vault.d/vault.hcl"), false);
    });

    function apply(of: SetupFacts): ReturnType<StandInServer["run"]> {
        // Without the request for health, which needs the software itself.
        const script = buildSetupScript(of).replace(/ && curl --silent .*; do$/m, "; do");
        return server.run(script, "apply");
    }

    function pick({ status, stderr }: ReturnType<StandInServer["run"]>): readonly unknown[] {
        return [status, stderr];
    }

    function units(): readonly string[] {
        return server
            .takeCalls()
            .filter((line) => line.startsWith("systemctl "))
            .map((line) => line.slice("systemctl ".length));
    }

    function operations(): readonly string[] {
        return server.takeCalls().flatMap((line) => /ACMPrivateCA\.(\w+)/.exec(line)?.[1] ?? []);
    }

    function giveSecret(
        name: string,
        { foreignAuthority = false, foreignKey = false, names = `DNS:${node},DNS:${domain}` } = {},
    ): void {
        const certificate = sign(name, names, 30, foreignAuthority);
        const key = readFileSync(join(server.path, `${foreignKey ? "ca" : name}.key`), "utf8");
        const ca = readFileSync(join(server.path, "ca.crt"), "utf8");
        server.object(
            `${name}.json`,
            JSON.stringify({ SecretString: JSON.stringify({ certificate, key, authority: ca }) }),
        );
        server.answerWith(
            `[ "$1" = secretsmanager.GetSecretValue ] && [ "$2" = '{"SecretId":"vault-1"}' ] && cat "$HERE/objects/${name}.json"`,
        );
    }

    /** Signs what it is sent, at the second question. */
    function giveAuthority(days: number): void {
        server.answerWith(`case $1 in
    ACMPrivateCA.DescribeCertificateAuthority) echo '{"CertificateAuthority":{"CertificateAuthorityConfiguration":{"SigningAlgorithm":"SHA256WITHECDSA"}}}' ;;
    ACMPrivateCA.IssueCertificate)
        printf %s "$2" | python3 -c 'import base64, json, sys; sys.stdout.buffer.write(base64.b64decode(json.load(sys.stdin)["Csr"]))' >"$HERE/request"
        echo '{"CertificateArn":"arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1/certificate/2"}'
        rm -f "$HERE/asked" ;;
    ACMPrivateCA.GetCertificate)
        [ -e "$HERE/asked" ] || { touch "$HERE/asked"; exit 22; }
        openssl x509 -req -in "$HERE/request" -CA "$HERE/ca.crt" -CAkey "$HERE/ca.key" -CAcreateserial -days ${days} -copy_extensions copy -out "$HERE/issued" 2>/dev/null
        python3 -c 'import json, sys; print(json.dumps({"Certificate": open(sys.argv[1]).read().strip(), "CertificateChain": open(sys.argv[2]).read()}))' "$HERE/issued" "$HERE/ca.crt" ;;
esac`);
    }

    function signedFor(days: number): string {
        return sign(`days-${days}`, `DNS:${node},DNS:${domain}`, days, false);
    }

    function sign(name: string, names: string, days: number, foreign: boolean): string {
        server.openssl(
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            `/CN=${name}`,
            "-addext",
            `subjectAltName=${names}`,
            "-keyout",
            `${name}.key`,
            "-out",
            `${name}.csr`,
        );
        server.openssl(
            "x509",
            "-req",
            "-in",
            `${name}.csr`,
            ...(foreign
                ? ["-signkey", `${name}.key`]
                : ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"]),
            "-days",
            String(days),
            "-copy_extensions",
            "copy",
            "-out",
            `${name}.crt`,
        );
        return readFileSync(join(server.path, `${name}.crt`), "utf8");
    }
});

describe("keyward-fetch", () => {
    let server: StandInServer;

    beforeEach(() => {
        server = new StandInServer();
    });
    afterEach(() => {
        server.remove();
    });

    it("runs a script from Amazon S3 whose hash is the one that is asked for, with its arguments", () => {
        const script = 'echo "ran $*"\n';
        server.object("bundle", script);
        const hash = createHash("sha256").update(script).digest("hex");
        const { status, stdout } = server.command(
            fetchPath,
            hash,
            "bundles",
            "bundles/bundle",
            "apply",
        );
        assert.deepEqual([status, stdout], [0, "ran apply\n"]);
        assert.deepEqual(server.takeCalls(), [
            "curl  https://bundles.s3.eu-central-1.amazonaws.com/bundles/bundle",
        ]);
    });

    it("runs nothing that was replaced", () => {
        server.object("bundle", "echo evil\n");
        const { status, stdout } = server.command(
            fetchPath,
            "0".repeat(64),
            "bundles",
            "bundles/bundle",
            "apply",
        );
        assert.equal(status, 1);
        assert.match(stdout, /^\S+: FAILED\n$/);
    });

    it("refuses what is no hash, before it asks for anything", () => {
        for (const wrong of ["abc", "0".repeat(63), `${"0".repeat(63)}G`, ""]) {
            assert.equal(server.command(fetchPath, wrong, "bundles", "k").status, 2, wrong);
        }
        assert.deepEqual(server.takeCalls(), []);
    });
});
