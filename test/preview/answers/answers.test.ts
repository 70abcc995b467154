import assert from "node:assert/strict";
import fc from "fast-check";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../catalog/records/input-error";
import { Answerer, type ProviderQuestion } from "../../../preview/answers/answerer";
import { readAnswersFile, type StatedAnswers } from "../../../preview/answers/answers-file";
import { computePolicyDocument } from "../../../preview/answers/policy-document";
import { partialMark } from "../../../preview/protocol/marks";
import { temporaryFolder } from "../../support/program";

function ask(
    token: string,
    args: Readonly<Record<string, unknown>>,
    setting: {
        readonly stated?: StatedAnswers;
        readonly config?: Readonly<Record<string, string>>;
        readonly form?: ProviderQuestion["form"];
    } = {},
): { readonly answer: ReturnType<Answerer["answer"]>; readonly assumed: readonly string[] } {
    const answerer = new Answerer(setting.stated ?? {}, setting.config ?? {}, () => undefined);
    const answer = answerer.answer({
        id: 1,
        kind: "invoke",
        form: setting.form ?? "output",
        token,
        args,
        provider: "",
    });
    return { answer, assumed: answerer.assumptions.map(({ value, kind }) => `${kind} ${value}`) };
}

describe("an answer to a program's question", () => {
    it("takes the region from the call, the stack or the answers, and assumes one last", () => {
        const token = "aws:index/getRegion:getRegion";
        const regionOf = (
            ...rest: [Readonly<Record<string, unknown>>, Parameters<typeof ask>[2]]
        ) => {
            const { answer, assumed } = ask(token, ...rest);
            assert.equal(answer.outcome, "answered");
            return [answer.result["region"], assumed.length];
        };
        const config = { "aws:region": "eu-west-1" };
        const stated = { region: "ap-south-1" };
        assert.deepEqual(regionOf({ region: "sa-east-1" }, { config, stated }), ["sa-east-1", 0]);
        assert.deepEqual(regionOf({}, { config, stated }), ["eu-west-1", 0]);
        assert.deepEqual(regionOf({}, { stated }), ["ap-south-1", 0]);
        assert.deepEqual(regionOf({}, {}), ["us-east-1", 1]);
    });

    it("follows the partition of the region", () => {
        const { answer } = ask(
            "aws:index/getPartition:getPartition",
            {},
            { config: { "aws:region": "cn-north-1" } },
        );
        assert.deepEqual(answer, {
            outcome: "answered",
            result: {
                id: "aws-cn",
                partition: "aws-cn",
                dnsSuffix: "amazonaws.com.cn",
                reverseDnsPrefix: "cn.com.amazonaws",
                [partialMark]: true,
            },
        });
    });

    it("assumes an account and zones, and says so, unless they are stated", () => {
        const account = "aws:index/getCallerIdentity:getCallerIdentity";
        assert.deepEqual(ask(account, {}).assumed, [
            'invoke {"id":"123456789012","accountId":"123456789012"}',
        ]);
        assert.deepEqual(ask(account, {}, { stated: { account: "210987654321" } }).assumed, []);
        const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";
        const config = { "aws:region": "eu-west-1" };
        const { answer, assumed } = ask(zones, { excludeNames: ["eu-west-1b"] }, { config });
        assert.equal(answer.outcome, "answered");
        assert.deepEqual(answer.result["names"], ["eu-west-1a", "eu-west-1c"]);
        assert.equal(assumed.length, 1);
        assert.deepEqual(ask(zones, {}, { config, stated: { zones: ["eu-west-1b"] } }).assumed, []);
    });

    it("assumes Amazon's own image parameters, never those of an account", () => {
        const token = "aws:ssm/getParameter:getParameter";
        const image =
            "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64";
        const { answer, assumed } = ask(token, { name: image });
        assert.equal(answer.outcome, "answered");
        assert.match(String(answer.result["value"]), /^ami-[0-9a-f]{17}$/);
        assert.equal(assumed.length, 1);
        assert.equal(ask(token, { name: "/acme/image" }).answer.outcome, "unknown");
        const stated = { parameters: { [image]: "ami-7", "/acme/image": "ami-8" } };
        assert.deepEqual(ask(token, { name: image }, { stated }).assumed, []);
        const own = ask(token, { name: "/acme/image" }, { stated }).answer;
        assert.equal(own.outcome === "answered" && own.result["value"], "ami-8");
    });

    it("is unknown and listed when nobody can give it, or refused where a plain value is needed", () => {
        const { answer, assumed } = ask("acme:index:getThing", { name: "x" });
        assert.deepEqual(answer, { outcome: "unknown" });
        assert.deepEqual(assumed, ["invoke "]);
        const refused = ask("acme:index:getThing", { name: "x" }, { form: "promise" });
        assert.equal(refused.answer.outcome, "refused");
        assert.match(
            refused.answer.outcome === "refused" ? refused.answer.reason : "",
            /acme:index:getThing \{"name":"x"\} as a plain value.*invokes: \[\{"token": "acme:index:getThing", "args": \{"name":"x"\}/,
        );
    });

    it("is the stated one whose arguments are all equal", () => {
        const stated = {
            invokes: [
                {
                    token: "acme:index:getThing",
                    args: { name: "x", tags: { a: 1 } },
                    result: { id: "one" },
                },
                { token: "acme:index:getThing", result: { id: "other" } },
            ],
        };
        const idOf = (args: Readonly<Record<string, unknown>>): unknown => {
            const { answer } = ask("acme:index:getThing", args, { stated });
            return answer.outcome === "answered" ? answer.result["id"] : answer.outcome;
        };
        assert.equal(idOf({ name: "x", tags: { a: 1 }, more: true }), "one");
        assert.equal(idOf({ name: "x", tags: { a: 2 } }), "other");
        assert.equal(idOf({}), "other");
    });
});

describe("a computed policy document", () => {
    it("has the provider's form", () => {
        const { json } = computePolicyDocument({
            statements: [
                {
                    sid: "Use",
                    actions: ["kms:Decrypt", "kms:Encrypt"],
                    resources: ["*"],
                    principals: [{ type: "AWS", identifiers: ["arn:aws:iam::123456789012:root"] }],
                    conditions: [
                        {
                            test: "StringEquals",
                            variable: "aws:username",
                            values: ["&{aws:userid}"],
                        },
                        { test: "StringEquals", variable: "kms:ViaService", values: ["a", "b"] },
                    ],
                },
                {
                    effect: "Deny",
                    notActions: ["s3:*"],
                    notPrincipals: [{ type: "*", identifiers: ["*"] }],
                },
            ],
        });
        assert.deepEqual(JSON.parse(String(json)), {
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Use",
                    Effect: "Allow",
                    Action: ["kms:Encrypt", "kms:Decrypt"],
                    Resource: "*",
                    Principal: { AWS: "arn:aws:iam::123456789012:root" },
                    Condition: {
                        StringEquals: {
                            "aws:username": "${aws:userid}",
                            "kms:ViaService": ["b", "a"],
                        },
                    },
                },
                { Effect: "Deny", NotAction: "s3:*", NotPrincipal: "*" },
            ],
        });
    });

    it("merges sources, statements and overrides by statement id", () => {
        const document = (...sids: string[]): string =>
            JSON.stringify({
                Statement: sids.map((Sid) => ({ Sid, Effect: "Deny", Action: "a:b" })),
            });
        const { json } = computePolicyDocument({
            sourcePolicyDocuments: [document("A", "B")],
            statements: [{ sid: "B", actions: ["own:Action"] }, { actions: ["no:Sid"] }],
            overridePolicyDocuments: [document("A")],
        });
        const { Statement } = JSON.parse(String(json)) as { Statement: Record<string, unknown>[] };
        assert.deepEqual(
            Statement.map(({ Sid, Effect, Action }) => [Sid, Effect, Action]),
            [
                ["A", "Deny", "a:b"],
                ["B", "Allow", "own:Action"],
                [undefined, "Allow", "no:Sid"],
            ],
        );
    });
});

describe("the answers file", () => {
    function read(text: string): StatedAnswers {
        return readAnswersFile(
            join(temporaryFolder({ "answers.yaml": text }, false), "answers.yaml"),
        );
    }

    it("states facts in YAML or JSON", () => {
        assert.deepEqual(
            read("account: '123456789012'\nstacks: {acme/network/dev: {vpcId: vpc-1, size: 3}}\n"),
            {
                account: "123456789012",
                stacks: { "acme/network/dev": { vpcId: "vpc-1", size: 3 } },
            },
        );
        assert.deepEqual(read('{"zones": ["a"]}'), { zones: ["a"] });
        assert.deepEqual(read(""), {});
    });

    it("is refused with every problem at once", () => {
        assert.throws(
            () => read("account: 12\nregion: Frankfurt\ninvokes: [{token: nonsense}]\nextra: 1\n"),
            (error) => {
                assert.ok(error instanceof InputError);
                assert.deepEqual(
                    error.problems
                        .map((problem) => problem.replace(/^.*answers\.yaml: /, ""))
                        .sort(),
                    [
                        "account must be string, got 12",
                        'invokes[0] lacks the field "result"',
                        'invokes[0].token must match ^[^:]+:[^:]*:[^:]+$, got "nonsense"',
                        'region must match ^[a-z]{2,4}(-[a-z]+)+-[0-9]+$, got "Frankfurt"',
                        'the value has the unknown field "extra"; known: region, account, zones, parameters, invokes, stacks',
                    ],
                );
                return true;
            },
        );
    });

    it("never crashes its reader", () => {
        const folder = temporaryFolder({}, false);
        const file = join(folder, "answers.yaml");
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array()), (written) => {
                writeFileSync(file, written);
                try {
                    readAnswersFile(file);
                } catch (error) {
                    assert.ok(error instanceof InputError, String(error));
                }
            }),
            { numRuns: 300 },
        );
    });

    it("reads the example of its documentation", () => {
        const documentation = readFileSync(join(__dirname, "../../../docs/preview.md"), "utf8");
        const [, example = ""] = /```yaml\n([^]*?)```/.exec(documentation) ?? [];
        const file = join(temporaryFolder({ "answers.yaml": example }, false), "answers.yaml");
        const { account, invokes, stacks } = readAnswersFile(file);
        assert.equal(account, "123456789012");
        assert.equal(invokes?.[0]?.token, "aws:ec2/getVpc:getVpc");
        assert.deepEqual(Object.keys(stacks ?? {}), ["acme/network/production"]);
    });
});
