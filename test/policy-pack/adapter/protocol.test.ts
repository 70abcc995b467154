import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { policyRecords } from "../../../catalog/policies";
import { keywardPack } from "../../../policy-pack/pack";
import { wireMarks } from "../../../policy-pack/graph/wire-values";
import type { WireResource } from "../../../policy-pack/graph/wire-resource";
import { Analyzer, type AnalyzerAnswer, type AnalyzerSetting } from "../../support/analyzer";
import { engineResource, surroundings } from "../../support/analyzer-resources";
import { UNKNOWN } from "../../support/aws-provider/wire";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const instanceType = "aws:ec2/instance:Instance";
const mark = { "keyward:role": "key-server" };

function group(cidrBlocks: readonly unknown[]): WireResource {
    return engineResource({
        type: groupType,
        name: "group",
        inputs: { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks }] },
    });
}

function server(inputs: Record<string, unknown>, inside: readonly string[] = []): WireResource {
    return engineResource({
        type: instanceType,
        name: "server",
        inside,
        inputs: { ami: "ami-0123456789abcdef0", instanceType: "m7i.large", ...inputs },
    });
}

const levels = (answer: AnalyzerAnswer, policy: string): readonly string[] =>
    answer.diagnostics
        .filter((diagnostic) => diagnostic.policy === policy)
        .map(({ level }) => level);

describe("the pack over the analyzer protocol", function () {
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "keyward-protocol-"));
    const report = join(folder, "report.json");
    let analyzer: Analyzer;

    before(async () => {
        analyzer = await Analyzer.start(undefined, { KEYWARD_REPORT: report });
    });
    after(async () => {
        await analyzer.close();
        rmSync(folder, { recursive: true });
    });
    beforeEach(async () => {
        await configure({});
        await analyzer.configureStack(true);
    });

    /** As the engine does: every policy is sent, with its level in the catalog unless the file has another. */
    async function configure(changed: Readonly<Record<string, AnalyzerSetting>>): Promise<void> {
        await analyzer.configure({
            ...Object.fromEntries(
                keywardPack.policies.map(({ name, level }): [string, AnalyzerSetting] => [
                    name,
                    { level: level === "mandatory" ? "MANDATORY" : "ADVISORY" },
                ]),
            ),
            ...changed,
        });
    }

    async function preview(resources: readonly WireResource[]): Promise<AnalyzerAnswer> {
        const all = [...surroundings, ...resources];
        for (const resource of all) {
            assert.deepEqual((await analyzer.analyze(resource)).diagnostics, []);
        }
        return analyzer.analyzeStack(all);
    }

    function readReport(): JudgedStack {
        return JSON.parse(readFileSync(report, "utf8")) as JudgedStack;
    }

    it("is told of every policy with its level and severity in the catalog", async () => {
        const info = (await analyzer.info()).toObject();
        assert.equal(info.name, "keyward");
        assert.equal(info.supportsconfig, true);
        const severities = ["", "low", "medium", "high", "critical"];
        const told = info.policiesList.map(({ name, enforcementlevel, severity, displayname }) => [
            name,
            ["advisory", "mandatory"][enforcementlevel],
            severities[severity],
            displayname,
        ]);
        const expected = policyRecords
            .filter(({ name }) => keywardPack.policies.some((policy) => policy.name === name))
            .map(({ name, level, severity, displayName }) => [name, level, severity, displayName]);
        assert.deepEqual(told, expected);
        assert.ok(told.length >= 22, "the first policies and the pack's own");
    });

    for (const [where, cidrBlocks] of [
        ["first", [UNKNOWN, "0.0.0.0/0"]],
        ["last", ["0.0.0.0/0", UNKNOWN]],
    ] as const) {
        it(`finds an open address when an unknown stands ${where} in the list`, async () => {
            const answer = await preview([group(cidrBlocks)]);
            const found = answer.diagnostics.filter(
                ({ policy, level }) => policy === "sg-no-public-ingress" && level === "MANDATORY",
            );
            assert.ok(
                found.some(({ message }) => message.includes("the whole internet")),
                JSON.stringify(found),
            );
            assert.ok(
                found.some(({ message }) => message.startsWith("[indeterminate]")),
                JSON.stringify(found),
            );
        });
    }

    it("lets no unknown of one resource hide the failure of another", async () => {
        const unknown = engineResource({
            type: groupType,
            name: "unknown",
            inputs: { ingress: UNKNOWN },
        });
        const answer = await preview([unknown, group(["0.0.0.0/0"])]);
        const found = answer.diagnostics.filter(({ policy }) => policy === "sg-no-public-ingress");
        assert.deepEqual(
            found.map(({ urn, level }) => [urn.split("::").at(-1), level]),
            [
                ["group", "MANDATORY"],
                ["unknown", "MANDATORY"],
            ],
        );
    });

    it("names the policies that found nothing to judge, so that they do not count as passed", async () => {
        const answer = await preview([group(["10.0.0.0/24"])]);
        assert.ok(answer.notApplicable.includes("kms-rotation"));
        assert.ok(!answer.notApplicable.includes("sg-no-public-ingress"));
    });

    it("writes the report of a preview where it is told to", async () => {
        await preview([group(["0.0.0.0/0"])]);
        const judged = readReport();
        assert.equal(judged.project, "vault");
        assert.equal(judged.stack, "dev");
        assert.equal(judged.blocked, true);
        assert.equal(judged.resources, 2);
    });

    it("fails for every critical policy that is configured below mandatory, even when all are disabled", async () => {
        const disabled: AnalyzerSetting = { level: "DISABLED" };
        await configure(
            Object.fromEntries(keywardPack.policies.map(({ name }) => [name, disabled])),
        );
        const answer = await preview([group(["0.0.0.0/0"])]);
        const critical = keywardPack.policies
            .filter(({ severity }) => severity === "critical")
            .map(({ name }) => name);
        assert.deepEqual(
            answer.diagnostics.map(({ policy, level }) => `${policy} ${level}`),
            critical.map(() => "enforcement-levels-sound MANDATORY"),
        );
        for (const name of critical) {
            assert.ok(
                answer.diagnostics.some(({ message }) => message.includes(`policy ${name} is`)),
                name,
            );
        }
    });

    it("uses the scope and the exemptions that exemptions-sound carries", async () => {
        const open = group(["0.0.0.0/0"]);
        await preview([open]);
        const fingerprints = readReport().findings.map(({ policy, fingerprint, severity }) => ({
            policy,
            fingerprint,
            severity,
        }));
        const today = new Date().toISOString().slice(0, 10);
        const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
        await configure({
            "exemptions-sound": {
                level: "MANDATORY",
                properties: {
                    scope: "all",
                    exemptions: fingerprints.map(({ policy, fingerprint }, index) => ({
                        id: `known-${index}`,
                        policy,
                        scope: { fingerprint },
                        reason: "The test accepts what it found the first time.",
                        owner: "platform",
                        approver: "security",
                        ticket: "SEC-1",
                        created: today,
                        expires: tomorrow,
                    })),
                },
            },
        });
        const answer = await preview([open]);
        assert.ok(fingerprints.length > 0);
        assert.deepEqual(
            answer.diagnostics.map(({ level, message }) => [
                level,
                message.startsWith("[exempt] "),
            ]),
            fingerprints.map(() => ["ADVISORY", true]),
        );
        assert.equal(readReport().coverage.scope, "all");
    });

    it("refuses a configuration with the path of what is wrong in it", async () => {
        await assert.rejects(
            configure({
                "log-group-retention-and-cmk": {
                    level: "MANDATORY",
                    properties: { logRetentionDays: 30, retention: 1 },
                },
            }),
            /INVALID_ARGUMENT: .*configuration\.log-group-retention-and-cmk has the unknown field "retention"; known: .*logRetentionDays.*\n.*configuration\.log-group-retention-and-cmk\.logRetentionDays must be >= 365, got 30/s,
        );
    });

    it("keeps secrets out of messages and the report", async () => {
        const secret = { [wireMarks.signature]: wireMarks.secret, value: "hvs.CAESIJ-not-for-you" };
        const answer = await preview([server({ userData: secret, tags: mark })]);
        assert.ok(answer.diagnostics.length > 0);
        assert.doesNotMatch(JSON.stringify(answer), /not-for-you/);
        assert.doesNotMatch(readFileSync(report, "utf8"), /not-for-you/);
    });

    it("judges resources whose properties are named after an object's prototype", async () => {
        const strange: WireResource = {
            ...server({ tags: mark }),
            inputs: JSON.parse('{"__proto__": {"metadataOptions": {"httpTokens": "required"}}}'),
            outputs: JSON.parse('{"constructor": {"prototype": null}, "__proto__": []}'),
        };
        const answer = await preview([strange]);
        assert.deepEqual(levels(answer, "imdsv2-required"), ["MANDATORY"]);
    });

    it("reports before an update creates a key server what is certainly wrong with it, and once", async () => {
        await analyzer.configureStack(false);
        const open = server({ tags: mark, keyName: "admin" });
        const before = await analyzer.analyze(open);
        assert.deepEqual(levels(before, "imdsv2-required"), ["MANDATORY"]);
        assert.deepEqual(levels(before, "no-ssh-key-pair"), ["MANDATORY"]);
        assert.deepEqual(levels(before, "patch-group-coverage"), []);
        const after = await analyzer.analyzeStack([...surroundings, open]);
        assert.deepEqual(levels(after, "imdsv2-required"), []);
        assert.deepEqual(levels(after, "patch-group-coverage"), ["MANDATORY"]);
    });

    it("reports nothing early of a server that may turn out to be apart from the key servers", async () => {
        await analyzer.configureStack(false);
        assert.deepEqual((await analyzer.analyze(server({}))).diagnostics, []);
        const inside = server({}, ["keyward:index:KeyServer"]);
        assert.ok((await analyzer.analyze(inside)).diagnostics.length > 0);
    });

    it("reports nothing early of a state that is analysed, because everything in it exists", async () => {
        await analyzer.configureStack(false, "", "");
        assert.deepEqual((await analyzer.analyze(server({ tags: mark }))).diagnostics, []);
        const answer = await analyzer.analyzeStack([...surroundings, server({ tags: mark })]);
        assert.deepEqual(levels(answer, "imdsv2-required"), ["MANDATORY"]);
        assert.equal(readReport().project, "vault");
    });

    it("sets safe properties at level remediate, and leaves unknowns and secrets alone", async () => {
        await configure({
            "imdsv2-required": { level: "REMEDIATE" },
            "imds-hop-limit": { level: "REMEDIATE" },
        });
        const secret = { [wireMarks.signature]: wireMarks.secret, value: "s" };
        const weak = server({
            tags: mark,
            userData: secret,
            subnetId: UNKNOWN,
            metadataOptions: { httpTokens: "optional", instanceMetadataTags: UNKNOWN },
        });
        const changed = await analyzer.remediate(weak);
        assert.deepEqual([...changed.keys()].sort(), ["imds-hop-limit", "imdsv2-required"]);
        const last = [...changed.values()].at(-1) as Record<string, Record<string, unknown>>;
        assert.equal(last["metadataOptions"]?.["httpTokens"], "required");
        assert.equal(last["metadataOptions"]?.["httpPutResponseHopLimit"], 1);
        assert.equal(last["metadataOptions"]?.["instanceMetadataTags"], UNKNOWN);
        assert.deepEqual(last["userData"], secret);
        assert.equal(last["subnetId"], UNKNOWN);
        assert.deepEqual([...(await analyzer.remediate({ ...weak, inputs: last })).keys()], []);
        await analyzer.analyzeStack([...surroundings, { ...weak, inputs: last, outputs: last }]);
        assert.deepEqual(
            readReport().remediations.map(({ policy, path, after }) => [policy, path, after]),
            [
                ["imds-hop-limit", "metadataOptions.httpPutResponseHopLimit", "1"],
                ["imdsv2-required", "metadataOptions.httpTokens", '"required"'],
            ],
        );
    });

    it("changes no resource that the policy does not fail, and none that is not marked in scope marked", async () => {
        const remediate: AnalyzerSetting = { level: "REMEDIATE" };
        await configure({ "imdsv2-required": remediate });
        assert.deepEqual([...(await analyzer.remediate(group([]))).keys()], []);
        assert.deepEqual([...(await analyzer.remediate(server({}))).keys()], ["imdsv2-required"]);
        await configure({
            "imdsv2-required": remediate,
            "exemptions-sound": { level: "MANDATORY", properties: { scope: "marked" } },
        });
        assert.deepEqual([...(await analyzer.remediate(server({}))).keys()], []);
        const marked = await analyzer.remediate(server({ tags: mark }));
        assert.deepEqual([...marked.keys()], ["imdsv2-required"]);
    });

    it("changes nothing where no policy is at level remediate", async () => {
        assert.deepEqual([...(await analyzer.remediate(server({ tags: mark }))).keys()], []);
    });
});
