import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildScanDocument } from "../../../components/patching/scan-document";
import { readPatchItems } from "../../../patching/gate/patch-items";

interface Request {
    readonly ResourceId: string;
    readonly ComplianceType: string;
    readonly UploadType: string;
    readonly ExecutionSummary: { readonly ExecutionTime: string };
    readonly Items: readonly {
        readonly Id: string;
        readonly Title: string;
        readonly Status: string;
        readonly Severity: string;
        readonly Details: { readonly state: string };
    }[];
}

/** Answers as the metadata service does, and keeps what is sent to Systems Manager. */
const curl = `#!/bin/sh
case "$*" in
    *api/token*) echo token ;;
    *placement/region*) printf eu-central-1 ;;
    *services/domain*) printf amazonaws.com ;;
    *instance-id*) printf i-0a ;;
    *security-credentials/role*) echo '{"AccessKeyId" : "a", "SecretAccessKey" : "b", "Token" : "c"}' ;;
    *security-credentials/*) printf role ;;
    *PutComplianceItems*)
        while [ $# -gt 0 ]; do case $1 in @*) cp "\${1#@}" FOLDER/request ;; esac; shift; done ;;
    *) echo "unexpected: $*" >&2; exit 9 ;;
esac
`;

const end = '{"type":"summary","verb":"audit","profile":"keyward-patch"}';
const line = (check: string, title: string, verdict: string, state: string): string =>
    JSON.stringify({ type: "check", check, title, severity: "critical", verdict, state });
const lines = [
    line("bash.amd64", "bash.amd64:5.2.37-2+b5", "pass", "Installed"),
    line("missing openssl.amd64", "openssl.amd64:1:3.5.4-1~deb13u1", "fail", "Missing"),
    line(
        "scan",
        "2026-11-25T01:00:00Z installed 1 missing 1 failed 0 restart 0",
        "fail",
        "Summary",
    ),
];

describe("the document that scans servers with our own installer", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-scan-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs the document's only step with an installer whose scan prints these lines and ends so. */
    function scan(printed: readonly string[], status = 0): number | null {
        const [step] = buildScanDocument().mainSteps as readonly {
            inputs: { runCommand: readonly string[] };
        }[];
        writeFileSync(join(folder, "curl"), curl.replace("FOLDER", folder), { mode: 0o755 });
        writeFileSync(join(folder, "printed"), printed.map((text) => `${text}\n`).join(""));
        writeFileSync(
            join(folder, "installer"),
            `#!/bin/sh\ncat ${folder}/printed\nexit ${status}\n`,
            { mode: 0o755 },
        );
        const script = (step?.inputs.runCommand ?? [])
            .join("\n")
            .replace("/usr/local/sbin/keyward-patch scan", `${folder}/installer scan`)
            .replaceAll("/usr/local/sbin/", `${folder}/`)
            .replaceAll("/run/", `${folder}/`);
        return spawnSync("sh", ["-c", script], {
            encoding: "utf8",
            env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` },
        }).status;
    }

    const published = (): Request =>
        JSON.parse(readFileSync(join(folder, "request"), "utf8")) as Request;

    it("publishes every package and the counts, as the promotion reads them", () => {
        assert.equal(scan([...lines, end]), 0);
        const { ResourceId, ComplianceType, UploadType, ExecutionSummary, Items } = published();
        assert.deepEqual(
            [ResourceId, ComplianceType, UploadType],
            ["i-0a", "Custom:KeywardPatches", "COMPLETE"],
        );
        assert.deepEqual(Items[1], {
            Id: "missing openssl.amd64",
            Title: "openssl.amd64:1:3.5.4-1~deb13u1",
            Severity: "CRITICAL",
            Status: "NON_COMPLIANT",
            Details: { verdict: "fail", state: "Missing" },
        });
        const { state, patches } = readPatchItems(
            Items.map(({ Title, Details }) => ({ title: Title, state: Details.state })),
            Date.parse(ExecutionSummary.ExecutionTime),
        );
        assert.deepEqual([state?.installed, state?.missing], [1, 1]);
        assert.deepEqual(patches[0], {
            id: "bash.amd64",
            title: "bash.amd64:5.2.37-2+b5",
            state: "Installed",
        });
    });

    for (const [title, printed, status] of [
        ["fails", [...lines, end], 1],
        ["does not come to its end", lines, 0],
    ] as const) {
        it(`publishes nothing when the scan ${title}`, () => {
            assert.notEqual(scan(printed, status), 0);
            assert.equal(existsSync(join(folder, "request")), false);
        });
    }
});
