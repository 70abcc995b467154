import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const program = join(__dirname, "../../cli/bin/keyward.js");

function keyward(
    args: readonly string[],
    input = "",
): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [program, "host", ...args], { encoding: "utf8", input });
}

describe("keyward host", () => {
    it("prints the script, for Amazon Linux 2023 unless another system is named", () => {
        const { status, stdout, stderr } = keyward(["--workload", "openbao"]);
        assert.equal(stderr, "");
        assert.equal(status, 0);
        assert.match(stdout, /^#!\/bin\/sh\n/);
        assert.match(stdout, /^OPERATING_SYSTEM=amazon-linux-2023$/m);
    });

    it("takes the organisation's values from standard input", () => {
        const { status, stdout } = keyward(
            ["--workload", "vault", "--os", "debian-13", "--parameters", "-"],
            "passwordMinimumLength: 20\nhostSshUsers: [keyops]\nhostSshEnabled: true\n",
        );
        assert.equal(status, 0);
        assert.match(stdout, /minlen = 20\n/);
        assert.match(stdout, /^AllowUsers keyops/m);
    });

    it("tells every bad value and ends with status 2, nothing printed", () => {
        const { status, stdout, stderr } = keyward(
            ["--workload", "openbao", "--parameters", "-"],
            "passwordMinimumLength: 4\nnope: 1\n",
        );
        assert.deepEqual(
            { status, stdout, stderr },
            {
                status: 2,
                stdout: "",
                stderr:
                    'keyward: parameter "passwordMinimumLength" must be at least 12 characters, got 4\n' +
                    'keyward: parameter "nope" does not exist: `keyward checklist` lists them\n',
            },
        );
    });

    it("carries an exemption for the server that is named, and refuses to guess the server", () => {
        const server = "urn:pulumi:prod::keys::aws:ec2/instance:Instance::keys-1";
        const records = JSON.stringify([
            {
                id: "tmp-for-the-agent",
                policy: "mount-tmp",
                scope: { urn: server },
                reason: "the vendor's installer runs from /tmp",
                owner: "platform",
                approver: "security",
                ticket: "SEC-1",
                created: "2026-12-01",
                expires: "2027-02-01",
            },
        ]);
        const options = ["--os", "debian-12", "--workload", "openbao", "--exemptions", "-"];
        const line = /^mount-tmp tmp-for-the-agent 2026-12-01 2027-02-01 $/m;
        assert.match(keyward([...options, "--server", server], records).stdout, line);
        const other = keyward([...options, "--server", server.replace("-1", "-2")], records);
        assert.doesNotMatch(other.stdout, line);
        const { status, stdout, stderr } = keyward(options, records);
        assert.deepEqual([status, stdout], [2, ""]);
        assert.equal(
            stderr,
            `keyward: exemption "tmp-for-the-agent" of host check "mount-tmp" holds for "${server}" only: say which server the profile is for (--server URN)\n`,
        );
    });

    it("refuses an operating system that it does not know, and a missing workload", () => {
        assert.equal(keyward(["--os", "plan9", "--workload", "openbao"]).status, 2);
        assert.match(keyward([]).stderr, /--workload/);
    });

    it("says that the whole profile is too long for EC2's user data", () => {
        const { status, stderr } = keyward(["--workload", "openbao", "--format", "cloud-init"]);
        assert.equal(status, 0);
        assert.match(stderr, /^keyward: this user data has \d+ bytes, and EC2 takes 16384/);
    });
});
