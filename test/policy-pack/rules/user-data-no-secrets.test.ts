import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { SecretValue } from "../../../policy-pack/graph/resource";
import { userDataNoSecrets as rule } from "../../../policy-pack/rules/user-data-no-secrets";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const server = (properties: Readonly<Record<string, unknown>>) =>
    resource(instance, "server", properties);
const pem = `-----BEGIN ${"EC PRIVATE KEY"}-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----`;
const random = "Zk3v9QpL7xWmT2rYb8NcHf4JsD6gAeU1oIqPzXwV";

describe("user-data-no-secrets", () => {
    for (const [what, userData, message] of [
        ["a private key", `#!/bin/sh\ncat >/key <<E\n${pem}\nE\n`, "a private key (line 3)"],
        ["a Vault token", `export X=hvs.${"a1B2".repeat(7)}`, "a Vault token (line 1)"],
        ["an unseal key", `vault operator unseal ${random}`, "an unseal key (line 1)"],
        [
            "an unseal key in a variable",
            "UNSEAL_KEY_1=q1w2e3r4t5",
            'a value for "UNSEAL_KEY_1" (line 1)',
        ],
        ["an access key", "aws configure set x AKIAABCDEFGHIJKLMNOP", "an AWS access key (line 1)"],
        ["a password", "#!/bin/sh\nDB_PASSWORD=hunter22 run", 'a value for "DB_PASSWORD" (line 2)'],
        ["a password in YAML", 'db:\n  password: "hunter22"', 'a value for "password" (line 2)'],
        [
            "a password as an option",
            "mysql --password hunter22",
            'a value for "--password" (line 1)',
        ],
        ["a password in a URL", "postgres://root:hunter22@db/x", "a password in a URL (line 1)"],
        [
            "a password hash",
            `chpasswd:\n  - root:$6$rounds=5000$${"x".repeat(40)}`,
            "a password hash (line 2)",
        ],
        [
            "a password for chpasswd",
            "echo root:hunter22 | chpasswd",
            "a password given to chpasswd (line 1)",
        ],
    ] as const) {
        it(`fails ${what}, and says where without showing it`, () => {
            const found = messages(rule, [server({ userData })]);
            assert.deepEqual(found, [`userData holds ${message}`]);
        });
    }

    const secret = "#!/bin/sh\nexport VAULT_PASSWORD=hunter22\n";
    const mime = [
        "Content-Type: multipart/mixed; boundary=B",
        "--B",
        "Content-Transfer-Encoding: base64",
        "",
        ...(base64(secret.repeat(4)).match(/.{1,76}/g) ?? []),
        "--B--",
    ].join("\r\n");
    for (const [packing, properties] of [
        ["base64 as a whole", { userDataBase64: base64(secret) }],
        ["gzip and base64", { userDataBase64: gzipSync(secret).toString("base64") }],
        ["a part of a MIME message", { userData: mime }],
        [
            "a file that cloud-init writes",
            {
                userData: `write_files:\n  - encoding: gz+b64\n    content: ${gzipSync(secret).toString("base64")}\n`,
            },
        ],
        ["base64 twice", { userData: base64(base64(secret)) }],
    ] as const) {
        it(`finds a secret in ${packing}`, () => {
            const [property = ""] = Object.keys(properties);
            assert.deepEqual(verdicts(rule, [server(properties)]), [`fail server ${property}`]);
        });
    }

    for (const [what, userData] of [
        ["nothing", undefined],
        ["what is fetched at boot", 'token=$(curl -X PUT "$url")\npassword="$(fetch prod/db)"'],
        ["a path to a secret", "PASSWORD_FILE=/run/secret\nsecret: arn:aws:secretsmanager:x"],
        ["a hash of a file", `sha256sum -c <<<"${"0123456789abcdef".repeat(4)} x"`],
        ["a certificate", `-----BEGIN CERTIFICATE-----\n${random}\n-----END CERTIFICATE-----`],
        ["a comment about passwords", "# password: never written here"],
        ["places to fill in", "api_key: <from the console>\ntoken: ${TOKEN}"],
    ] as const) {
        it(`passes ${what}`, () => {
            assert.deepEqual(verdicts(rule, [server({ userData })]), ["pass server"]);
        });
    }

    it("is indeterminate for a string that is as random as a key", () => {
        assert.deepEqual(messages(rule, [server({ userData: `run ${random}` })]), [
            "userData holds a random string that may be a key (line 1)",
        ]);
        assert.deepEqual(verdicts(rule, [server({ userData: `run ${random}` })]), [
            "indeterminate server userData",
        ]);
    });

    it("is indeterminate where the text is not known, or known by its hash only", () => {
        for (const property of ["userData", "userDataBase64"]) {
            for (const value of [unknown, "da39a3ee5e6b4b0d3255bfef95601890afd80709"]) {
                assert.deepEqual(verdicts(rule, [server({ [property]: value })]), [
                    `indeterminate server ${property}`,
                ]);
            }
        }
    });

    it("fails an unknown text that comes from a generated password, through the chain", () => {
        const password = resource("random:index/randomPassword:RandomPassword", "db");
        assert.deepEqual(messages(rule, [password, server({ userData: from(password) })]), [
            'userData takes a value from a secret (instance "server" ← RandomPassword "db")',
        ]);
    });

    it("fails a text that the program itself marks as secret", () => {
        assert.deepEqual(messages(rule, [server({ userData: new SecretValue("echo hello") })]), [
            "userData holds a value that the program marks as secret",
        ]);
    });

    it("looks into templates, configurations, fleets and image recipes", () => {
        const encoded = base64(secret);
        const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "template", {
            userData: encoded,
        });
        const launched = server({ launchTemplate: { id: from(template) } });
        assert.deepEqual(
            verdicts(rule, [
                template,
                launched,
                resource("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", {
                    userDataBase64: encoded,
                }),
                resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "fleet", {
                    launchSpecifications: [{}, { userData: secret }],
                }),
                resource("aws:imagebuilder/imageRecipe:ImageRecipe", "recipe", {
                    userDataBase64: encoded,
                }),
            ]),
            [
                "fail configuration userDataBase64",
                "fail fleet launchSpecifications[1].userData",
                "fail recipe userDataBase64",
                "fail template userData",
                "not-applicable server",
            ],
        );
    });

    it("is indeterminate where a template outside the stack may hold any text", () => {
        assert.deepEqual(verdicts(rule, [server({ launchTemplate: { id: "lt-1" } })]), [
            "indeterminate server launchTemplate.id",
        ]);
    });
});
