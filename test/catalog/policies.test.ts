import assert from "node:assert/strict";
import * as path from "node:path";
import ts from "typescript";
import { problemsOfValue } from "../../catalog/parameters/bounds";
import { isParameterId, parameterById } from "../../catalog/parameters";
import { policyRecord, policyRecords } from "../../catalog/policies";

/** What the examples take for granted: resources that a program with key servers has anyway. */
const prelude = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
declare const vpc: aws.ec2.Vpc;
declare const privateSubnet: aws.ec2.Subnet;
declare const networkAcl: aws.ec2.NetworkAcl;
declare const serverGroup: aws.ec2.SecurityGroup;
declare const clientGroup: aws.ec2.SecurityGroup;
declare const endpointGroup: aws.ec2.SecurityGroup;
declare const serverInstance: aws.ec2.Instance;
declare const template: aws.ec2.LaunchTemplate;
declare const hardenedImage: aws.imagebuilder.Image;
declare const serverRole: aws.iam.Role;
declare const windowRole: aws.iam.Role;
declare const trailRole: aws.iam.Role;
declare const flowLogRole: aws.iam.Role;
declare const serverProfile: aws.iam.InstanceProfile;
declare const boundary: aws.iam.Policy;
declare const serverTrust: aws.iam.GetPolicyDocumentResult;
declare const operatorTrust: aws.iam.GetPolicyDocumentResult;
declare const volumeKey: aws.kms.Key;
declare const logKey: aws.kms.Key;
declare const secretKey: aws.kms.Key;
declare const unsealKey: aws.kms.Key;
declare const tlsSecret: aws.secretsmanager.Secret;
declare const logGroup: aws.cloudwatch.LogGroup;
declare const archive: aws.s3.Bucket;
declare const bundles: aws.s3.Bucket;
declare const alarmTopic: aws.sns.Topic;
declare const backupVault: aws.backup.Vault;
declare const baseline: aws.ssm.PatchBaseline;
declare const patchWindow: aws.ssm.MaintenanceWindow;
declare const patchTarget: aws.ssm.MaintenanceWindowTarget;
declare const sessionDocument: aws.ssm.Document;
`;

/** Compiles the snippets as one module in memory and gives each name with its compiler messages. */
function compilerProblems(snippets: readonly (readonly [string, string])[]): readonly string[] {
    const options: ts.CompilerOptions = {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
    };
    const file = path.join(__dirname, "examples-in-memory.ts");
    const lines = snippets.map(
        ([, code]) => `export function _(): unknown[] { ${code} return []; }`,
    );
    const numbered = lines.map((line, index) => line.replace("_()", `example${index}()`));
    const text = [...prelude.trim().split("\n"), ...numbered].join("\n");
    const firstExample = prelude.trim().split("\n").length;
    const host = ts.createCompilerHost(options);
    const program = ts.createProgram([file], options, {
        ...host,
        fileExists: (name) => name === file || host.fileExists(name),
        readFile: (name) => (name === file ? text : host.readFile(name)),
        getSourceFile: (name, language) =>
            name === file
                ? ts.createSourceFile(name, text, language)
                : host.getSourceFile(name, language),
    });
    const source = program.getSourceFile(file);
    return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
    ].map((problem) => {
        const line = source?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
        const name = snippets[line - firstExample]?.[0] ?? "prelude";
        return `${name}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
    });
}

describe("policy records", () => {
    it("name every policy once", () => {
        const names = policyRecords.map((record) => record.name);
        assert.deepEqual(
            names.filter((name, index) => names.indexOf(name) !== index),
            [],
        );
        assert.equal(names.length, 82);
    });

    it("use names of lower case words joined by hyphens", () => {
        const odd = policyRecords.filter((record) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record.name));
        assert.deepEqual(odd, []);
    });

    it("say what must be true, what an attacker gains, and what to write instead", () => {
        const incomplete = policyRecords.filter(
            ({ displayName, description, rationale, remediation }) =>
                !/^[A-Z]/.test(displayName) ||
                displayName.endsWith(".") ||
                ![description, rationale, remediation.text].every((text) =>
                    /^[A-Z].{15,}\.$/.test(text),
                ) ||
                !remediation.example.endsWith(";"),
        );
        assert.deepEqual(
            incomplete.map((record) => record.name),
            [],
        );
    });

    it("keep every critical policy mandatory", () => {
        const lowered = policyRecords.filter(
            (record) => record.severity === "critical" && record.level !== "mandatory",
        );
        assert.deepEqual(lowered, []);
    });

    it("let no exemption cover the policies about the configuration itself", () => {
        assert.deepEqual(
            policyRecords.filter((record) => !record.exemptable).map((record) => record.name),
            ["exemptions-sound", "enforcement-levels-sound"],
        );
    });

    it("list only parameters that exist, each once", () => {
        for (const { name, parameters } of policyRecords) {
            assert.deepEqual(
                parameters.filter((id) => !isParameterId(id)),
                [],
                name,
            );
            assert.equal(new Set(parameters).size, parameters.length, name);
        }
    });

    it("give examples that compile against the AWS provider, unlike one that does not", function () {
        this.timeout(60_000);
        const broken = ["broken", 'new aws.kms.Key("a", { keyRotation: true });'] as const;
        const examples = policyRecords.map(
            (record) => [record.name, record.remediation.example] as const,
        );
        assert.deepEqual(compilerProblems([...examples, broken]), [
            "broken: Object literal may only specify known properties, and 'keyRotation' does not exist in type 'KeyArgs'.",
        ]);
    });

    it("are found by name, and an unknown name is an error", () => {
        assert.equal(policyRecord("no-public-ip").severity, "critical");
        assert.throws(() => policyRecord("no-such"), {
            message: 'the catalog has no policy "no-such"',
        });
    });
});

describe("parameters of policies", () => {
    it("hold values inside their own bounds", () => {
        for (const id of new Set(policyRecords.flatMap((record) => record.parameters))) {
            const known = parameterById(id);
            assert.deepEqual(problemsOfValue(known, known.value), [], id);
        }
    });
});
