import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostAuditComplianceType } from "../../catalog/live-checks";
import {
    auditLines,
    auditResultPath,
    hostScriptPath,
    renderPublishScript,
} from "../../host/delivery";
import { hostChecks } from "../../host/host-checks";

interface ComplianceRequest {
    readonly ResourceId: string;
    readonly ResourceType: string;
    readonly ComplianceType: string;
    readonly UploadType: string;
    readonly ExecutionSummary: Readonly<Record<string, unknown>>;
    readonly Items: readonly {
        readonly Id: string;
        readonly Title: string;
        readonly Severity: string;
        readonly Status: string;
        readonly Details: Readonly<Record<string, string>>;
    }[];
}

const line = (check: string, verdict: string): string =>
    `{"type":"check","check":"${check}","controls":["c"],"severity":"high","verdict":"${verdict}","expected":"a \\"b\\"","found":"\\"verdict\\":\\"fail\\""}\n`;
const summary =
    '{"type":"summary","verb":"audit","profile":"0123456789abcdef","operatingSystem":"debian-12","workload":"openbao","at":"2026-11-20T10:00:00Z","pass":1,"fail":0}\n';

describe("publishing an audit to Systems Manager", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-publish-"));
        copyFileSync(join(__dirname, "support/stand-in-curl.sh"), join(folder, "curl"));
        chmodSync(join(folder, "curl"), 0o755);
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    function publish(audit: string, scenario = "sound"): { status: number | null; stderr: string } {
        return spawnSync("sh", ["-c", renderPublishScript()], {
            encoding: "utf8",
            input: audit,
            env: { PATH: `${folder}:/usr/bin:/bin`, SCENARIO: scenario, RECORD: folder },
        });
    }
    const sent = (file: string): string => readFileSync(join(folder, file), "utf8");
    const request = (): ComplianceRequest => JSON.parse(sent("body")) as ComplianceRequest;

    it("sends one item a check: failing ones are not compliant, exempt ones say so", () => {
        const audit = line("a", "pass") + line("b", "fail") + line("c", "exempt") + summary;
        const { status, stderr } = publish(audit);
        assert.deepEqual([status, stderr], [0, ""]);
        assert.deepEqual(
            request().Items.map(({ Id, Severity, Status, Details }) => [
                Id,
                Severity,
                Status,
                Details,
            ]),
            [
                ["a", "HIGH", "COMPLIANT", { verdict: "pass" }],
                ["b", "HIGH", "NON_COMPLIANT", { verdict: "fail" }],
                ["c", "HIGH", "COMPLIANT", { verdict: "exempt" }],
            ],
        );
    });

    it("sends what the API takes, with every check of the profile in it", () => {
        const audit = hostChecks.map((check) => line(check, "pass")).join("") + summary;
        assert.equal(publish(audit).status, 0);
        const { Items: items, ExecutionSummary: execution, ...rest } = request();
        // Limits of PutComplianceItems in the API reference of Systems Manager.
        assert.deepEqual(rest, {
            ResourceId: "i-0123456789abcdef0",
            ResourceType: "ManagedInstance",
            ComplianceType: hostAuditComplianceType,
            UploadType: "COMPLETE",
        });
        assert.match(rest.ComplianceType, /^Custom:[a-zA-Z0-9_-]\w+$/);
        assert.ok(rest.ComplianceType.length <= 100);
        assert.ok(items.length === hostChecks.length && items.length <= 10_000);
        for (const { Id, Title, Severity, Status, Details } of items) {
            assert.ok(Id.length >= 1 && Id.length <= 100 && Title.length <= 500, Id);
            assert.match(Severity, /^(CRITICAL|HIGH|MEDIUM|LOW|INFORMATIONAL|UNSPECIFIED)$/);
            assert.match(Status, /^(COMPLIANT|NON_COMPLIANT)$/);
            assert.ok(Object.keys(Details).every((name) => name.length >= 1 && name.length <= 64));
            assert.ok(Object.values(Details).every((value) => value.length <= 4096));
        }
        assert.equal(new Set(items.map(({ Id }) => Id)).size, items.length);
        assert.equal(execution["ExecutionId"], "0123456789abcdef");
        assert.equal(execution["ExecutionType"], "Command");
        // The JSON protocol's timestamps are seconds.
        assert.ok(Math.abs(Number(execution["ExecutionTime"]) - Date.now() / 1000) < 3600);
        assert.equal(typeof execution["ExecutionTime"], "number");
    });

    it("signs for the region and keeps credentials out of the process list", () => {
        publish(line("a", "pass") + summary);
        assert.equal(sent("signature"), "aws:amz:eu-central-1:ssm");
        assert.match(sent("headers"), /^X-Amz-Target: AmazonSSM\.PutComplianceItems$/m);
        assert.match(sent("headers"), /^Content-Type: application\/x-amz-json-1\.1$/m);
        assert.equal(
            sent("config"),
            'user = "ASIATEST:se/cret+1"\nheader = "x-amz-security-token: to/ken=="\n',
        );
        assert.doesNotMatch(sent("arguments"), /cret|to\/ken|ASIATEST/);
    });

    for (const [scenario, message] of [
        ["throttled", /error: 400/],
        ["no-role", /error: 404/],
        ["no-credentials", /the role key-server gives this server no credentials/],
        ["offline", /timed out/],
    ] as const) {
        it(`fails, and says why, when it cannot publish: ${scenario}`, () => {
            const { status, stderr } = publish(line("a", "pass") + summary, scenario);
            assert.notEqual(status, 0);
            assert.match(stderr, message);
            assert.equal(existsSync(join(folder, "body")), scenario === "throttled");
        });
    }

    for (const [title, audit] of [
        ["empty", ""],
        ["cut off", line("a", "pass") + line("b", "pass")],
        ["without a check", summary],
        ["of another verb", line("a", "pass") + summary.replace('"audit"', '"apply"')],
    ] as const) {
        it(`publishes nothing of an audit that is ${title}`, () => {
            const { status, stderr } = publish(audit);
            assert.notEqual(status, 0);
            assert.match(stderr, /the audit did not come to its end/);
            assert.equal(existsSync(join(folder, "body")), false);
        });
    }

    it("puts an audit into the journal as it ended: what is not in order, and its summary only when it has one", () => {
        const journal = (audit: string, status: number): string => {
            const lines = auditLines
                .join("\n")
                .replaceAll(hostScriptPath, join(folder, "host"))
                .replaceAll(auditResultPath, join(folder, "audit.jsonl"))
                .replace("/var/log/keyward", folder)
                .replace(/systemd-cat .*/, `cat >${join(folder, "journal")}`);
            const host = `#!/bin/sh\ncat <<'END'\n${audit}END\nexit ${status}\n`;
            spawnSync("sh", ["-c", `cat >"$1"; chmod 755 "$1"`, "sh", join(folder, "host")], {
                input: host,
            });
            const ended = spawnSync("sh", ["-c", `${lines}\nexit $status`]);
            assert.equal(ended.status, status);
            return sent("journal");
        };
        assert.equal(
            journal(line("a", "pass") + line("b", "fail") + summary, 1),
            line("b", "fail") + summary,
        );
        assert.equal(journal(line("a", "pass"), 2), "");
    });
});
