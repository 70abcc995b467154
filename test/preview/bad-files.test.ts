import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { InputError } from "../../catalog/records/input-error";
import { readAnswersFile } from "../../preview/answers/answers-file";
import { readGraphFile } from "../../preview/graph/read-graph";
import { readJudging } from "../../preview/judging/judge-graph";
import { readPackConfig } from "../../preview/packs/pack-config";
import { readProject } from "../../preview/project/project-file";
import { readStackConfig } from "../../preview/project/stack-config";
import { readReportFile } from "../../report/json/read-file";
import { writeReport } from "../../report/json/write";
import { buildJudgedStack } from "../support/judged-stack";
import { temporaryFolder } from "../support/program";

/** A reader of a file that a user names, with a text that it accepts. */
interface Reader {
    readonly file: string;
    readonly accepted: string;
    readonly read: (folder: string) => unknown;
}

const readers: Readonly<Record<string, Reader>> = {
    "the project file": {
        file: "Pulumi.yaml",
        accepted: `name: shop\nruntime: { name: nodejs, options: { typescript: true, nodeargs: "--trace-warnings" } }\nconfig: { "shop:size": { type: integer, default: 3 } }\n`,
        read: readProject,
    },
    "the configuration of a stack": {
        file: "project/Pulumi.dev.yaml",
        accepted: `config:\n  aws:region: eu-central-1\n  shop:hosts: [a, b]\n  shop:password: { secure: v1:abc }\n`,
        read: (folder) => {
            writeFileSync(join(folder, "project/Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
            return readStackConfig(readProject(join(folder, "project")), "dev", []);
        },
    },
    "the answers": {
        file: "answers.yaml",
        accepted: `region: eu-central-1\ninvokes:\n  - { token: "aws:ec2/getVpc:getVpc", args: { id: vpc-1 }, result: { id: vpc-1 } }\nstacks: { acme/network/dev: { vpcId: vpc-1 } }\n`,
        read: (folder) => readAnswersFile(join(folder, "answers.yaml")),
    },
    "the configuration of policies": {
        file: "policies.json",
        accepted: `{"all": "mandatory", "exemptions-sound": {"scope": "all", "exemptions": []}}`,
        read: (folder) => readJudging({ policyConfig: join(folder, "policies.json") }),
    },
    "the exemptions": {
        file: "exemptions.yaml",
        accepted: `exemptions:\n  - { id: EX-1, policy: imdsv2-required, scope: { urn: "urn:pulumi:dev::a::b::c" }, expires: "2026-12-01" }\n`,
        read: (folder) => readJudging({ exemptions: join(folder, "exemptions.yaml") }),
    },
    "the configuration of another pack": {
        file: "pack.json",
        accepted: `{"all": "advisory", "a-policy": {"enforcementLevel": "mandatory", "types": ["a"]}}`,
        read: (folder) => readPackConfig(join(folder, "pack.json")),
    },
    "a state": {
        file: "state.json",
        accepted: `{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:dev::a::aws:kms/key:Key::k", "type": "aws:kms/key:Key", "custom": true}]}}`,
        read: (folder) => readGraphFile(join(folder, "state.json")),
    },
    "a report": {
        file: "report.json",
        accepted: writeReport(buildJudgedStack()),
        read: (folder) => readReportFile(join(folder, "report.json")),
    },
};

/** Texts that a person, a broken transfer or an attacker may put in place of one that is accepted. */
function badContents(accepted: string): fc.Arbitrary<Uint8Array> {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
    const bytes = encode(accepted);
    const json = fc.json({ maxDepth: 4 });
    return fc.oneof(
        fc.nat(bytes.length).map((end) => bytes.slice(0, end)),
        fc
            .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
            .map(([place, byte]) => bytes.map((old, index) => (index === place ? byte : old))),
        fc.uint8Array({ maxLength: 60 }),
        json.map(encode),
        fc
            .tuple(fc.constantFrom("__proto__", "constructor", "prototype", "toString"), json)
            .map(([name, value]) => encode(`{${JSON.stringify(name)}: ${value}}`)),
    );
}

describe("a file that is not what it should be", function () {
    this.timeout(60_000);

    for (const [what, { file, accepted, read }] of Object.entries(readers)) {
        describe(`in place of ${what}`, () => {
            const folder = temporaryFolder({}, false);
            const readOf = (content: string | Uint8Array): unknown => {
                mkdirSync(dirname(join(folder, file)), { recursive: true });
                writeFileSync(join(folder, file), content);
                return read(folder);
            };
            const problemsOf = (content: string | Uint8Array): readonly string[] => {
                try {
                    readOf(content);
                } catch (error) {
                    assert.ok(error instanceof InputError, String(error));
                    return error.problems;
                }
                return [];
            };

            it("is read or refused in words, and changes nothing else", () => {
                assert.deepEqual(problemsOf(accepted), []);
                fc.assert(
                    fc.property(badContents(accepted), (content) => {
                        for (const problem of problemsOf(content)) {
                            assert.notEqual(problem, "");
                        }
                    }),
                    { numRuns: 150 },
                );
                assert.deepEqual(Object.keys(Object.prototype), []);
            });

            it("is refused when it is no UTF-8 text", () => {
                const [problem = ""] = problemsOf(
                    Uint8Array.of(...new TextEncoder().encode(accepted), 0xff, 0xfe),
                );
                assert.match(problem, /not UTF-8 text/);
            });

            it("is refused when it is nested without end or has no end", () => {
                for (const content of [
                    "[".repeat(20_000),
                    '{"a":'.repeat(20_000),
                    "- ".repeat(20_000),
                    accepted.slice(0, 1),
                ]) {
                    assert.notDeepEqual(problemsOf(content), [], content.slice(0, 20));
                }
            });
        });
    }
});
