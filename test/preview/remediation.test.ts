import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { readGraphFile } from "../../preview/graph/read-graph";
import { temporaryProgram } from "../support/program";

const repository = join(__dirname, "../..");

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";
const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
const profile = new aws.iam.InstanceProfile("profile", { role: role.name });
new aws.ec2.Instance("weak", {
    ami: "ami-0123456789abcdef0", instanceType: "m7i.large", iamInstanceProfile: profile.name,
    metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
    disableApiTermination: true, disableApiStop: false,
});
new aws.ec2.Instance("open", {
    ami: "ami-0123456789abcdef0", instanceType: "m7i.large", iamInstanceProfile: profile.name,
    metadataOptions: {
        httpTokens: pulumi.output(role.uniqueId).apply((id) => (id === "" ? "required" : "optional")),
        httpPutResponseHopLimit: pulumi.secret(3),
    },
    monitoring: true,
});
aws.ec2.Instance.get("read", "i-0123456789abcdef0");
`;

const levels = {
    "imdsv2-required": "remediate",
    "imds-hop-limit": "remediate",
    "termination-and-stop-protection": "remediate",
};

/** Previews the program with these levels, and gives what was written. */
function preview(configuration: object): {
    readonly report: JudgedStack;
    readonly graph: ReturnType<typeof readGraphFile>["resources"];
    readonly markdown: string;
    readonly printed: string;
} {
    const folder = temporaryProgram({
        "index.ts": program,
        "policies.json": JSON.stringify(configuration),
    });
    const command = [
        ...[join(repository, "cli/bin/keyward.js"), "preview", "."],
        ...["--policy-config", "policies.json", "--as-of", "2026-11-24"],
        ...["--json", "report.json", "--markdown", "report.md", "--graph", "graph.json"],
    ];
    const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    const text = (file: string): string => readFileSync(join(folder, file), "utf8");
    return {
        report: JSON.parse(text("report.json")) as JudgedStack,
        graph: readGraphFile(join(folder, "graph.json")).resources,
        markdown: text("report.md"),
        printed: stdout,
    };
}

describe("level remediate in an offline preview", function () {
    this.timeout(60_000);

    it("sets what the policies fail, shows before and after, and judges what is then there", () => {
        const { report, graph, markdown, printed } = preview(levels);
        assert.deepEqual(
            report.remediations.map(({ urn, ...change }) => [urn.split("::").at(-1), change]),
            [
                [
                    "open",
                    {
                        policy: "termination-and-stop-protection",
                        path: "disableApiTermination",
                        before: "",
                        after: "true",
                    },
                ],
                [
                    "open",
                    {
                        policy: "termination-and-stop-protection",
                        path: "disableApiStop",
                        before: "",
                        after: "true",
                    },
                ],
                [
                    "weak",
                    {
                        policy: "imdsv2-required",
                        path: "metadataOptions.httpTokens",
                        before: '"optional"',
                        after: '"required"',
                    },
                ],
                [
                    "weak",
                    {
                        policy: "termination-and-stop-protection",
                        path: "disableApiStop",
                        before: "false",
                        after: "true",
                    },
                ],
            ],
        );
        const weak = graph.find(({ name }) => name === "weak");
        assert.deepEqual(weak?.properties["metadataOptions"], {
            httpPutResponseHopLimit: 1,
            httpTokens: "required",
        });
        const judged = (name: string): readonly string[] =>
            report.findings
                .filter(({ urn, policy }) => urn.endsWith(`::${name}`) && policy in levels)
                .map(({ policy, verdict }) => `${policy} ${verdict}`);
        assert.deepEqual(judged("weak"), []);
        assert.deepEqual(judged("open"), ["imdsv2-required indeterminate", "imds-hop-limit fail"]);
        assert.match(
            printed,
            /^4 values set by policies at level remediate:\n(?: {4}open .*\n){2} {4}weak metadataOptions\.httpTokens: "optional" → "required" \(imdsv2-required\)$/m,
        );
        assert.ok(
            markdown.includes(
                '- `weak` `metadataOptions.httpTokens`: `"optional"` → `"required"` (`imdsv2-required`)',
            ),
        );
    });

    it("changes nothing at any other level", () => {
        const { report, graph } = preview({ all: "mandatory" });
        assert.deepEqual(report.remediations, []);
        const weak = graph.find(({ name }) => name === "weak");
        assert.deepEqual(weak?.properties["metadataOptions"], {
            httpPutResponseHopLimit: 1,
            httpTokens: "optional",
        });
    });
});
