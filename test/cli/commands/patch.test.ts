import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordPatchPlan } from "../../../patching/plan-record";
import { writeReport } from "../../../report/json/write";
import { AwsApi, type AwsApiAnswers } from "../../support/aws-api";
import { buildJudgedStack } from "../../support/judged-stack";
import { weeklyPlan } from "../../support/patching-plan";

interface Run {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

async function keyward(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
    const program = join(__dirname, "../../../cli/bin/keyward.js");
    return new Promise((resolve) => {
        execFile(
            process.execPath,
            [program, "patch", ...args],
            { env: { ...process.env, AWS_REGION: "eu-central-1", ...environment } },
            (error, stdout, stderr) =>
                resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
        );
    });
}

describe("keyward patch", function () {
    this.timeout(60_000);
    let folder = "";
    const reportWith = (deadlineDays: number, plan = weeklyPlan()): string => {
        const rings = [plan.canary, ...plan.production].map((ring) => ({
            ring,
            maxConcurrency: "1",
            maxErrors: "0",
        }));
        const asOf = new Date("2026-11-24T00:00:00Z");
        const described = { plan, rings, promotionGated: true, deadlineDays };
        const servers = rings.reduce((sum, { ring: { servers: own } }) => sum + own.length, 0);
        const file = join(folder, `report-${deadlineDays}-${servers}.json`);
        const patchPlan = recordPatchPlan(described, asOf);
        writeFileSync(file, writeReport(buildJudgedStack({ patchPlan })));
        return file;
    };

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-patch-"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    it("latency explains the worst case by its dates and ends with 0 inside the deadline", async () => {
        const { status, stdout } = await keyward(["latency", reportWith(30)]);
        assert.equal(status, 0);
        assert.match(stdout, /the window of ring canary begins/);
        assert.match(stdout, /At worst 9\.\d days from release to the last server, of 30: met\./);
        assert.ok(stdout.split("\n").every((line) => line.length <= 80));
    });

    it("latency ends with 1 outside the deadline", async () => {
        const { status, stdout } = await keyward(["latency", reportWith(7)]);
        assert.equal(status, 1);
        assert.match(stdout, /of 7: NOT MET\./);
    });

    it("calendar lists windows within 80 columns", async () => {
        const { status, stdout } = await keyward(["calendar", reportWith(30), "--days", "14"]);
        assert.equal(status, 0);
        assert.equal(stdout.match(/canary/g)?.length, 2);
        assert.ok(stdout.split("\n").every((line) => line.length <= 80));
    });

    it("simulate plays the same for the same seed, and finds nothing untested and quorum kept", async () => {
        const args = ["simulate", reportWith(30), "--from", "2027-01-01", "--to", "2027-04-01"];
        const [one, two] = await Promise.all([
            keyward([...args, "--failing", "30"]),
            keyward([...args, "--failing", "30"]),
        ]);
        assert.equal(one.status, 0);
        assert.equal(one.stdout, two.stdout);
        assert.match(one.stdout, /│ held /);
        assert.match(one.stdout, /Untested patches in production: 0\. Moments without quorum: 0\./);
    });

    it("simulate counts windows that do not open, and windows that slow mirrors make too short", async () => {
        const { status, stdout } = await keyward([
            "simulate",
            reportWith(30),
            ...["--from", "2027-01-01", "--to", "2027-07-01", "--missed", "20", "--slow", "60"],
        ]);
        assert.equal(status, 0);
        assert.match(stdout, /Windows of ring canary that did not open: \d+\./);
        assert.match(
            stdout,
            /Windows of ring production that ended before every server had its turn: \d+\./,
        );
    });

    it("simulate names the windows of a large fleet that cannot finish, and ends with 1", async () => {
        const servers = Array.from({ length: 400 }, (_, index) => `vault-${index + 1}`);
        const { canary, production } = weeklyPlan();
        const large = weeklyPlan({
            canary,
            production: production.map((ring) => ({ ...ring, servers })),
        });
        const { status, stdout } = await keyward([
            "simulate",
            reportWith(30, large),
            ...["--from", "2027-01-01", "--to", "2027-02-01"],
        ]);
        assert.equal(status, 1);
        assert.match(
            stdout,
            /The window of ring production cannot finish: it takes 7 servers at 20 minutes each, 1 at a time, and has 400\./,
        );
        assert.match(
            stdout,
            /Windows of ring production that ended before every server had its turn: 4\./,
        );
    });

    for (const [title, args, message] of [
        ["a source that does not exist", ["latency", "nowhere"], /cannot read the report nowhere/],
        [
            "a date that is none",
            ["simulate", ".", "--from", "soon", "--to", "2027-01-01"],
            /It must be a date/,
        ],
        ["days out of range", ["calendar", ".", "--days", "0"], /whole number of days/],
        ["no reason", ["hold", "--path", "/keyward/x/"], /--reason <text>' not specified/],
        [
            "a reason that says nothing",
            ["hold", "--path", "/keyward/x/", "--reason", "because"],
            /10 to 500 characters/,
        ],
        ["a path that is none", ["status", "--path", "vault"], /must be a path of parameters/],
    ] as const) {
        it(`refuses ${title} with status 2`, async () => {
            const { status, stderr, stdout } = await keyward(args);
            assert.equal(status, 2);
            assert.match(stderr, message);
            assert.equal(stdout, "");
        });
    }

    async function live(
        json: AwsApiAnswers["json"],
        args: readonly string[],
    ): Promise<Run & { readonly calls: readonly string[] }> {
        const api = await AwsApi.start({ json });
        try {
            return { ...(await keyward(args, api.environment)), calls: api.calls };
        } finally {
            await api.stop();
        }
    }
    const path = ["--path", "/keyward/kms/prod/vault/patching"];
    const parametersAre = (values: Record<string, string>): AwsApiAnswers["json"] => ({
        GetParameters: ({ Names }) => ({
            Parameters: (Names as string[]).flatMap((Name) => {
                const Value = values[Name.split("/").at(-1) ?? ""];
                return Value === undefined ? [] : [{ Name, Value }];
            }),
        }),
    });

    it("status shows why production is held, and ends with 1", async () => {
        const reasons = [{ server: "i-0a", check: "patches-failed", found: "2 patches failed" }];
        const decision = JSON.stringify({
            decision: "hold",
            at: "2026-11-25T06:00:00.000Z",
            list: "none",
            reasons,
        });
        const { status, stdout } = await live(
            parametersAre({ promoted: "none", hold: "none", decision }),
            ["status", ...path],
        );
        assert.equal(status, 1);
        assert.deepEqual(stdout.split("\n"), [
            "promoted list   none",
            "held by hand    no",
            "last decision   hold at 2026-11-25T06:00:00.000Z",
            "  i-0a: patches-failed: 2 patches failed",
            "",
        ]);
    });

    it("status ends with 0 after a promotion, and with 1 when somebody holds it", async () => {
        const decision = JSON.stringify({
            decision: "promote",
            at: "2026-11-25T06:00:00.000Z",
            list: "s3://b/k",
        });
        const promoted = { promoted: "s3://b/k", decision };
        assert.equal(
            (await live(parametersAre({ ...promoted, hold: "none" }), ["status", ...path])).status,
            0,
        );
        assert.equal(
            (await live(parametersAre({ ...promoted, hold: "incident" }), ["status", ...path]))
                .status,
            1,
        );
    });

    it("status ends with 2 when there are no such parameters", async () => {
        const { status, stderr } = await live(parametersAre({}), ["status", ...path]);
        assert.equal(status, 2);
        assert.match(
            stderr,
            /there is no parameter \/keyward\/kms\/prod\/vault\/patching\/promoted/,
        );
    });

    it("hold and release write the parameter with the reason", async () => {
        const written: unknown[] = [];
        const json: AwsApiAnswers["json"] = {
            PutParameter: ({ Name, Value, Description }) => {
                written.push([Name, Value, Description]);
                return { Version: 2 };
            },
        };
        await live(json, ["hold", ...path, "--reason", "incident 4711"]);
        await live(json, ["release", ...path, "--reason", "incident 4711 is over"]);
        const name = "/keyward/kms/prod/vault/patching/hold";
        assert.deepEqual(written, [
            [name, "incident 4711", undefined],
            [name, "none", "incident 4711 is over"],
        ]);
    });

    it("emergency starts the document with the reason", async () => {
        let started: unknown;
        const { status, stdout } = await live(
            {
                StartAutomationExecution: ({ DocumentName, Parameters }) => {
                    started = { DocumentName, Parameters };
                    return { AutomationExecutionId: "4105a4fc" };
                },
            },
            ["emergency", "--document", "kms-emergency", "--reason", "CVE-2026-0001"],
        );
        assert.equal(status, 0);
        assert.equal(stdout, "started 4105a4fc: CVE-2026-0001\n");
        assert.deepEqual(started, {
            DocumentName: "kms-emergency",
            Parameters: { Reason: ["CVE-2026-0001"] },
        });
    });
});
