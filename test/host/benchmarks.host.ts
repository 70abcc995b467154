import assert from "node:assert/strict";
import { buildHostProfile } from "../../host/profile";
import { answerTo } from "./benchmark-rules";
import { dataStream } from "./support/test-root";

/** Systems that no test can boot, with the benchmark that is compared rule by rule. */
const compared = [
    { operatingSystem: "amazon-linux-2023", stream: "al2023", profile: "cis" },
    { operatingSystem: "ubuntu-24.04", stream: "ubuntu2404", profile: "cis_level2_server" },
] as const;

describe("the benchmarks of systems that no test can boot", () => {
    for (const { operatingSystem, stream, profile } of compared) {
        it(`find each of their rules met by a check, or waived with a reason: ${operatingSystem}`, () => {
            const checks = buildHostProfile({ operatingSystem, workload: "openbao" }).checks.map(
                ({ id }) => id,
            );
            const rules = rulesOf(dataStream(stream), profile);
            const open: string[] = [];
            let met = 0;
            let waived = 0;
            for (const rule of rules) {
                const answer = answerTo(rule, operatingSystem);
                if (answer !== undefined && "waived" in answer) {
                    waived += 1;
                } else if (answer !== undefined && checks.includes(answer.check)) {
                    met += 1;
                } else {
                    open.push(rule);
                }
            }
            console.log(
                `        ${rules.length} rules: ${met} met by a check, ${waived} waived, ${open.length} open`,
            );
            assert.ok(rules.length > 300);
            assert.deepEqual(open, []);
        });
    }
});

function rulesOf(stream: string, profile: string): readonly string[] {
    const start = stream.indexOf(`Profile id="xccdf_org.ssgproject.content_profile_${profile}"`);
    assert.notEqual(start, -1, `the data stream has no profile ${profile}`);
    const text = stream.slice(start, stream.indexOf("</xccdf-1.2:Profile>", start));
    return [
        ...text.matchAll(
            /select idref="xccdf_org\.ssgproject\.content_rule_([^"]+)" selected="true"/g,
        ),
    ].map(([, rule]) => rule ?? "");
}
