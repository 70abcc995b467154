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
