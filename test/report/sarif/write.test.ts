import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Log, Result } from "sarif";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { writeSarif } from "../../../report/sarif/write";
import { buildJudgedStack, finding, sampleTexts, urns } from "../../support/judged-stack";
import { hostileFindings } from "../../support/judged-stack/hostile";

function sarif(report: JudgedStack): Log {
    return JSON.parse(writeSarif(report, sampleTexts)) as Log;
}

function onlyRun(log: Log): Log["runs"][number] {
    const [run, ...others] = log.runs;
    assert.ok(run);
    assert.deepEqual(others, []);
    return run;
}

/** The schema that the SARIF committee published, in the package of Microsoft's SARIF tools. It is of draft 4. */
function officialSchema(): ValidateFunction {
    const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    const text = readFileSync(file, "utf8")
        .replace(
            "http://json-schema.org/draft-04/schema#",
            "http://json-schema.org/draft-07/schema#",
        )
        .replace('"id": "https://raw.', '"$id": "https://raw.');
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats(ajv);
    return ajv.compile(JSON.parse(text) as object);
}

const validate = officialSchema();

function assertValid(log: Log): void {
    validate(log);
    assert.deepEqual(validate.errors ?? [], []);
}

describe("writing SARIF", () => {
    it("is valid by the official schema", () => {
        assertValid(sarif(buildJudgedStack()));
        assertValid(sarif(buildJudgedStack({ findings: [], exemptions: [], policies: [] })));
        assertValid(sarif(buildJudgedStack({ findings: hostileFindings })));
    });

    it("would be told by the official schema when a level were wrong", () => {
        const log = sarif(buildJudgedStack());
        const [result] = onlyRun(log).results ?? [];
        assert.ok(result);
        (result as { level: string }).level = "fatal";
        assert.equal(validate(log), false);
    });

    it("gives the same bytes for the same report in any order", () => {
        const report = buildJudgedStack();
        const shuffled = buildJudgedStack({ findings: [...report.findings].reverse() });
        assert.equal(writeSarif(shuffled, sampleTexts), writeSarif(report, sampleTexts));
    });

    it("describes a rule with the catalog's texts and the standards it serves", () => {
        const run = onlyRun(sarif(buildJudgedStack()));
        const rule = run.tool.driver.rules?.find(({ id }) => id === "imdsv2-required");
        assert.deepEqual(rule, {
            id: "imdsv2-required",
            name: "Imdsv2Required",
            shortDescription: { text: "Instance metadata needs a session token" },
            fullDescription: {
                text: "Instance metadata needs a session token: what this policy demands in one sentence.",
            },
            help: {
                text: 'Instance metadata needs a session token: what this policy demands in one sentence.\n\nWithout a token, one forged request hands out the credentials of the server\'s role.\n\nSet metadataOptions.httpTokens to "required".\n\nmetadataOptions: { httpEndpoint: "enabled", httpTokens: "required" }',
                markdown:
                    '## Instance metadata needs a session token\n\nInstance metadata needs a session token: what this policy demands in one sentence.\n\n**Why it matters.** Without a token, one forged request hands out the credentials of the server\'s role.\n\n**What to write.** Set metadataOptions.httpTokens to "required".\n\n```ts\nmetadataOptions: { httpEndpoint: "enabled", httpTokens: "required" }\n```',
            },
            defaultConfiguration: { enabled: true, level: "error" },
            relationships: [
                related("8.4k", "NIST SP 800-130", 0),
                related("8.4l", "NIST SP 800-130", 0),
                related("AC-3", "NIST SP 800-53 revision 5", 1),
                related("CM-6", "NIST SP 800-53 revision 5", 1),
                related("2.2.6", "PCI DSS 4.0.1", 2),
                related(
                    "Controls8 4.1",
                    "CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8",
                    3,
                ),
            ],
            properties: {
                "security-severity": "9.5",
                "problem.severity": "error",
                tags: ["security", "hardening", "critical"],
                controls: ["metadata-token"],
            },
        });
    });

    it("defines every id that a rule points to", () => {
        const run = onlyRun(sarif(buildJudgedStack()));
        for (const rule of run.tool.driver.rules ?? []) {
            for (const { target } of rule.relationships ?? []) {
                const taxonomy = run.taxonomies?.[target.toolComponent?.index ?? -1];
                assert.equal(taxonomy?.name, target.toolComponent?.name);
                assert.ok(
                    taxonomy?.taxa?.some(({ id }) => id === target.id),
                    target.id,
                );
            }
        }
    });

    it("puts findings into the project file, relative to where keyward ran", () => {
        const placeOf = (projectFile?: string): unknown => {
            const log = sarif(buildJudgedStack(projectFile === undefined ? {} : { projectFile }));
            assertValid(log);
            const run = onlyRun(log);
            const places = (run.results ?? []).map(
                ({ locations }) => locations?.[0]?.physicalLocation,
            );
            assert.ok(places.length > 1);
            for (const place of places) {
                assert.deepEqual(place, places[0]);
            }
            return [places[0], run.originalUriBaseIds?.["%SRCROOT%"]?.description?.text];
        };
        const at = (uri: string): unknown => ({
            artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
            region: { startLine: 1 },
        });
        assert.deepEqual(placeOf("in fra/Pulumi.yaml"), [
            at("in%20fra/Pulumi.yaml"),
            "The folder that Keyward ran in.",
        ]);
        assert.deepEqual(placeOf(), [at("Pulumi.yaml"), "The folder of the Pulumi program."]);
    });

    it("puts a finding at its resource and property, with fingerprints", () => {
        const results = onlyRun(sarif(buildJudgedStack())).results ?? [];
        const result = results.find(({ ruleId }) => ruleId === "log-group-retention-and-cmk");
        assert.deepEqual(result?.locations?.[0]?.logicalLocations, [
            { name: "vault-system", fullyQualifiedName: urns.systemLog, kind: "resource" },
            {
                name: "retentionInDays",
                fullyQualifiedName: `${urns.systemLog}#retentionInDays`,
                kind: "member",
            },
        ]);
        assert.deepEqual(result?.partialFingerprints, {
            "keywardFinding/v1": "d8d36bab5425d3dda5a4c9e3f5c67797",
            primaryLocationLineHash: "d8d36bab5425d3dda5a4c9e3f5c67797",
        });
        assert.deepEqual(result?.suppressions, []);
    });

    it("maps what blocks to errors, advice to warnings and notes, worst first", () => {
        const results = onlyRun(sarif(buildJudgedStack())).results ?? [];
        assert.deepEqual(results.map(summary), [
            ["imdsv2-required", "error", "fail"],
            ["server-role-cannot-tamper-audit", "error", "fail"],
            ["sg-no-public-ingress", "error", "fail"],
            ["log-group-retention-and-cmk", "error", "fail"],
            ["iam-no-wildcard-actions", "error", "indeterminate"],
            ["session-preferences-hardened", "warning", "fail"],
            ["sg-rules-described", "note", "fail"],
            ["volumes-encrypted-cmk", "note", "exempt"],
        ]);
    });

    it("turns an exemption into a suppression that says why and until when", () => {
        const results = onlyRun(sarif(buildJudgedStack())).results ?? [];
        const exempt = results.find(({ ruleId }) => ruleId === "volumes-encrypted-cmk");
        assert.deepEqual(exempt?.suppressions, [
            {
                kind: "external",
                status: "accepted",
                justification:
                    "the volume is copied to an encrypted one during the next maintenance (exemption legacy-data-volume, owner platform team, approved by head of security, ticket SEC-1234, ends 2026-12-15)",
            },
        ]);
    });

    it("lets no text of a program become a link", () => {
        const report = buildJudgedStack({
            findings: [
                finding(
                    "sg-rules-described",
                    "fail",
                    "advisory",
                    urns.serverGroup,
                    "",
                    "found [approved](https://attacker.example/)",
                ),
            ],
        });
        const [result] = onlyRun(sarif(report)).results ?? [];
        assert.equal(
            result?.message.text?.split("\n")[0],
            "found [approved] (https://attacker.example/)",
        );
    });

    it("tells what was not looked at and what was assumed", () => {
        const [invocation] = onlyRun(sarif(buildJudgedStack())).invocations ?? [];
        assert.equal(invocation?.exitCode, 1);
        assert.equal(invocation?.endTimeUtc, "2026-11-24T00:00:00Z");
        assert.deepEqual(
            invocation?.toolExecutionNotifications?.map(({ level, message }) => [
                level,
                message.text?.split(";")[0],
            ]),
            [
                ["warning", "no policy reads aws:route53/record:Record (6 resources)"],
                ["warning", "no policy reads random:index/randomId:RandomId (3 resources)"],
                ["note", 'aws:index/getRegion:getRegion {}: {"region":"eu-central-1"}'],
                ["note", "payments:index:Access named payments: left unknown"],
            ],
        );
    });

    it("makes rules of policies that the catalog does not hold", () => {
        const foreign = {
            ...finding("sg-rules-described", "fail", "advisory", urns.balancer, "", "x"),
            policy: "acme-tags",
        };
        const run = onlyRun(sarif(buildJudgedStack({ findings: [foreign] })));
        const rule = run.tool.driver.rules?.at(-1);
        assert.equal(rule?.id, "acme-tags");
        assert.deepEqual(rule?.help, { text: "acme-tags" });
        assert.equal(run.results?.[0]?.ruleIndex, (run.tool.driver.rules?.length ?? 0) - 1);
    });
});

function related(id: string, name: string, index: number): object {
    return { target: { id, toolComponent: { name, index } }, kinds: ["relevant"] };
}

function summary({ ruleId, level, properties }: Result): unknown[] {
    return [ruleId, level, properties?.["verdict"]];
}
