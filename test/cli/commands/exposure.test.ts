import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { writeAccess } from "../../../report/console/access";
import { writePaths } from "../../../report/console/paths";
import { temporaryFolder } from "../../support/program";

const keywardFile = join(__dirname, "../../../cli/bin/keyward.js");

const state = JSON.stringify({
    version: 3,
    deployment: {
        resources: [
            {
                urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
                type: "pulumi:pulumi:Stack",
                custom: false,
            },
            {
                urn: "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::nodes",
                type: "aws:ec2/securityGroup:SecurityGroup",
                custom: true,
                id: "sg-1",
                inputs: {
                    ingress: [
                        {
                            protocol: "tcp",
                            fromPort: 8200,
                            toPort: 8200,
                            securityGroups: ["sg-9"],
                        },
                    ],
                },
            },
            {
                urn: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::vault",
                type: "aws:ec2/instance:Instance",
                custom: true,
                id: "i-1",
                inputs: { vpcSecurityGroupIds: ["sg-1"] },
            },
        ],
    },
});

describe("keyward paths and access", function () {
    this.timeout(60_000);

    function keyward(args: readonly string[], input = ""): string {
        const { status, stdout, stderr } = spawnSync(process.execPath, [keywardFile, ...args], {
            encoding: "utf8",
            input,
        });
        return `${status}\n${stdout}${stderr}`;
    }

    it("prints the paths of an exported stack by server, and ends with status 0", () => {
        assert.equal(
            keyward(["paths", "--state", "-"], state),
            [
                "0",
                "vault",
                "      peer  traffic   verdict",
                "  in  sg-9  tcp/8200  open",
                '      security group "nodes"',
                "",
                "1 path of 1 key server, 0 indeterminate.",
                "",
            ].join("\n"),
        );
    });

    it("says that nothing was found", () => {
        assert.equal(
            keyward(["access", "--state", "-"], state),
            "0\nNobody was found who may do anything of danger to a key server.\n",
        );
    });

    it("writes the whole report as well, judged as preview and analyze judge", () => {
        const folder = temporaryFolder(
            {
                "state.json": state,
                "exemptions.yaml": `
                    - id: EX-1
                      policy: imdsv2-required
                      scope: { urn: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::vault" }
                      reason: The image is replaced next week.
                      owner: platform
                      approver: security
                      ticket: SEC-1
                      created: "2026-11-01"
                      expires: "2026-11-20"
                `,
            },
            false,
        );
        const options = ["--exemptions", join(folder, "exemptions.yaml"), "--as-of", "2026-11-10"];
        const file = join(folder, "state.json");
        for (const command of ["paths", "access"]) {
            const { status, stdout, stderr } = spawnSync(
                process.execPath,
                [keywardFile, command, "--state", file, ...options, "--json", "-"],
                { encoding: "utf8" },
            );
            assert.equal(status, 0, stderr);
            const report = JSON.parse(stdout) as JudgedStack;
            assert.equal(report.evaluatedAt, "2026-11-10T00:00:00.000Z");
            assert.deepEqual(
                report.exemptions.map(({ id }) => id),
                ["EX-1"],
            );
            assert.match(stderr, command === "paths" ? /^vault\n/ : /^Nobody was found/);
            assert.equal(
                spawnSync(
                    process.execPath,
                    [keywardFile, "analyze", file, ...options, "--json", "-"],
                    {
                        encoding: "utf8",
                    },
                ).stdout,
                stdout,
            );
        }
    });

    it("fails with status 2 for bad input", () => {
        for (const command of ["paths", "access"]) {
            assert.match(keyward([command, "--state", "-"], "{"), /^2\nkeyward: /);
            assert.match(keyward([command, "nowhere"]), /^2\nkeyward: /);
            assert.equal(
                keyward([command, "infra", "--state", "x.json"]),
                "2\nkeyward: both the folder infra and --state x.json are given: leave one of them out\n",
            );
        }
    });
});

describe("tables of exposure", () => {
    const long = "a-name-that-is-much-too-long-for-a-table-of-eighty-columns".repeat(2);

    it("keep within 80 columns whatever the names", () => {
        const paths = writePaths(
            [
                {
                    server: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::vault",
                    direction: "in",
                    peer: long,
                    protocol: "tcp",
                    fromPort: 8200,
                    toPort: 8201,
                    chain: ["instance", long, long],
                    verdict: "open",
                },
            ],
            80,
        );
        const access = writeAccess(
            [
                {
                    principal: long,
                    action: "kms:Decrypt",
                    resource: "urn:pulumi:dev::shop::aws:kms/key:Key::unseal",
                    verdict: "indeterminate",
                    condition: `StringEquals aws:PrincipalTag/team = ${long}`,
                    chain: [long],
                },
            ],
            80,
        );
        for (const line of `${paths}${access}`.split("\n")) {
            assert.ok(line.length <= 80, line);
        }
        assert.match(paths, /tcp\/8200-8201 {2}open/);
        assert.match(access, /kms:Decrypt {2}indeterminate/);
        assert.match(access, /1 grant on 1 resource, 1 indeterminate\./);
    });
});
