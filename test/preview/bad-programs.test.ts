import assert from "node:assert/strict";
import { InputError } from "../../catalog/records/input-error";
import { evaluate, type ProgramFiles } from "../support/program";

/** The problems that a program is refused with. */
async function problemsOf(
    files: ProgramFiles,
    options: Parameters<typeof evaluate>[1] = {},
): Promise<readonly string[]> {
    try {
        await evaluate(files, options);
    } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.problems;
    }
    throw new Error("the program was accepted");
}

describe("a program that cannot be evaluated", () => {
    it("is told what it threw, and where in its own files", async () => {
        const problems = await problemsOf({
            "index.ts": `import * as pulumi from "@pulumi/pulumi";
interface Size { readonly gigabytes: number }
export function check(size: Size): void {
    throw new TypeError(\`\${size.gigabytes} is too much\`);
}
check({ gigabytes: 7 });`,
        });
        assert.deepEqual(problems, [
            "the program failed: TypeError: 7 is too much\n  at index.ts:4:11",
        ]);
    });

    it("is told what it rejected with, be it no error at all", async () => {
        assert.deepEqual(
            await problemsOf({ "index.js": `Promise.reject(new Error("rejected"));` }),
            ["the program failed: Error: rejected\n  at index.js:1:16"],
        );
        assert.deepEqual(
            await problemsOf({
                "index.js": `module.exports = async () => { throw { code: 7 }; };`,
            }),
            [`the program failed: Error: {"code":7}`],
        );
    });

    it("is told all problems of a component's arguments at once", async () => {
        const [problem] = await problemsOf({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                throw new pulumi.InputPropertiesError({ message: "bad arguments", errors: [
                    { propertyPath: "port", reason: "must be below 65536" },
                    { propertyPath: "cidr", reason: "must be private" },
                ] });`,
        });
        assert.match(
            problem ?? "",
            /bad arguments\n {2}port: must be below 65536\n {2}cidr: must be private/,
        );
    });

    it("is refused when it calls process.exit, with whatever code", async () => {
        for (const code of [0, 3]) {
            assert.deepEqual(
                await problemsOf({
                    "index.js": `
                        const pulumi = require("@pulumi/pulumi");
                        new pulumi.ComponentResource("acme:index:Thing", "thing");
                        setTimeout(() => process.exit(${code}), 20);`,
                }),
                [
                    `the program called process.exit(${code}) before its end; 2 resources had registered. A Pulumi program must end by itself`,
                ],
            );
        }
    });

    it("is refused when its process dies", async () => {
        const [problem] = await problemsOf({
            "index.js": `process.kill(process.pid, "SIGKILL"); setTimeout(() => {}, 1000);`,
        });
        assert.match(problem ?? "", /^the program's process was ended by SIGKILL/);
    });

    it("is stopped at the time limit, whether it waits or works", async () => {
        for (const program of ["setInterval(() => {}, 1000);", "for (;;);"]) {
            const [problem] = await problemsOf({ "index.js": program }, { timeLimitSeconds: 0.5 });
            assert.match(
                problem ?? "",
                /^the program did not end within 0\.5 seconds; \d resources had registered\. .*--time-limit/,
            );
        }
    });

    it("is refused when it waits for what never happens", async () => {
        const [problem] = await problemsOf({
            "index.js": `module.exports = () => new Promise(() => {});`,
        });
        assert.match(problem ?? "", /waits for a promise that nothing will ever resolve/);
    });

    it("is told where its TypeScript does not compile", async () => {
        const [problem] = await problemsOf({ "index.ts": `const a: number = 1;\nconst = 2;` });
        assert.match(problem ?? "", /index\.ts:2:6: ERROR: Expected identifier but found "="/);
    });

    it("is told when its folder has nothing to run, in CommonJS and ES modules", async () => {
        for (const type of ["commonjs", "module"]) {
            const files = { "package.json": `{ "type": "${type}" }`, "program.txt": "" };
            const [problem] = await problemsOf(files);
            assert.match(
                problem ?? "",
                /: no entry point in .*: expected one of index\.js, .*, or a file that main of Pulumi\.yaml names$/,
            );
        }
    });

    it("is told which module it lacks", async () => {
        const [problem] = await problemsOf({ "index.ts": `import "./missing";` });
        assert.match(problem ?? "", /Cannot find module '\.\/missing'/);
    });

    it("is told to install its packages when the SDK is missing", async () => {
        const [problem] = await problemsOf({ "index.js": "" }, { packages: false });
        assert.match(
            problem ?? "",
            /no @pulumi\/pulumi can be loaded from .*: install the program's packages first/,
        );
    });

    it("is told what to state when it needs the result of an invoke as a plain value", async () => {
        const files = {
            "index.js": `
                const aws = require("@pulumi/aws");
                module.exports = async () => ({
                    image: (await aws.ec2.getAmi({ owners: ["amazon"], mostRecent: true })).id,
                });`,
        };
        const [problem] = await problemsOf(files);
        const told =
            /answers file \(--answers FILE\): (invokes: .*)\{…\}\}\]; or call the output form, getAmiOutput/.exec(
                problem ?? "",
            );
        assert.equal(
            told?.[1],
            'invokes: [{"token": "aws:ec2/getAmi:getAmi", "args": {"mostRecent":true,"owners":["amazon"]}, "result": ',
        );
        const { outputs } = await evaluate(files, {
            answers: {
                invokes: [
                    {
                        token: "aws:ec2/getAmi:getAmi",
                        args: { owners: ["amazon"] },
                        result: { id: "ami-7" },
                    },
                ],
            },
        });
        assert.deepEqual(outputs, { image: "ami-7" });
    });

    it("is told which field an answer lacks", async () => {
        const [problem] = await problemsOf(
            {
                "index.js": `
                    const aws = require("@pulumi/aws");
                    module.exports = async () => (await aws.ec2.getAmi({})).architecture;`,
            },
            { answers: { invokes: [{ token: "aws:ec2/getAmi:getAmi", result: { id: "ami-7" } }] } },
        );
        assert.match(
            problem ?? "",
            /the answer for aws:ec2\/getAmi:getAmi has no field "architecture"/,
        );
    });

    it("reaches no network, by whatever way it tries", async () => {
        const attempts = [
            `require("node:net").connect(443, "203.0.113.1").on("error", report)`,
            `require("node:tls").connect({ host: "203.0.113.1", port: 443 }).on("error", report)`,
            `require("node:https").get("https://example.com/", () => {}).on("error", report)`,
            `fetch("https://example.com/").catch((error) => report(error.cause))`,
            `require("node:dns").resolve4("example.com", report)`,
            `require("node:dns").promises.lookup("example.com").catch(report)`,
            `new (require("node:dns").promises.Resolver)().resolve4("example.com").catch(report)`,
            `require("node:http2").connect("https://203.0.113.1").on("error", report)`,
        ];
        const { outputs } = await evaluate({
            "index.js": `
                const attempts = [${attempts.map((attempt) => `(report) => { ${attempt}; }`).join(",\n")}];
                module.exports = async () => ({
                    codes: await Promise.all(attempts.map((attempt) => new Promise((resolve) => {
                        try { attempt((error) => resolve(String(error && error.code))); } catch (error) { resolve(error.code); }
                    }))),
                    udp: (() => { try { require("node:dgram").createSocket("udp4").send("x", 53, "203.0.113.1"); } catch (error) { return error.code; } })(),
                });`,
        });
        assert.deepEqual(outputs, {
            codes: attempts.map(() => "EOFFLINE"),
            udp: "EOFFLINE",
        });
    });

    it("may use the loopback of its own machine", async () => {
        const { outputs } = await evaluate({
            "index.js": `
                const http = require("node:http");
                module.exports = () => new Promise((resolve, reject) => {
                    const server = http.createServer((_request, response) => response.end("here"));
                    server.listen(0, "127.0.0.1", async () => {
                        const answer = await fetch(\`http://127.0.0.1:\${server.address().port}/\`, { headers: { connection: "close" } });
                        const text = await answer.text();
                        server.close(() => resolve({ text }));
                        server.closeAllConnections();
                    });
                });`,
        });
        assert.deepEqual(outputs, { text: "here" });
    });
});
