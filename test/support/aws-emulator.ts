import type {
    DescribeInstanceAssociationsStatusResult,
    DescribeInstanceInformationResult,
    DescribeInstancePatchStatesResult,
    ListComplianceItemsResult,
} from "@aws-sdk/client-ssm";
import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** Version of the emulator of EC2, CloudWatch Logs, Amazon S3 and STS. */
const moto = "moto[ec2,logs,s3,server,sts]==5.2.5";

/** What Systems Manager answers of managed nodes, which the emulator does not know. Moments may be dates, as the SDK reads them. */
export interface SsmAnswers {
    readonly DescribeInstanceInformation: DescribeInstanceInformationResult;
    readonly DescribeInstanceAssociationsStatus: DescribeInstanceAssociationsStatusResult;
    readonly DescribeInstancePatchStates: DescribeInstancePatchStatesResult;
    readonly ListComplianceItems: ListComplianceItemsResult;
}

/** AWS on loopback: an emulator for most services, and answers of the test for Systems Manager. Ends what it started in `stop`. */
export class AwsEmulator {
    /** Actions of Systems Manager that were asked, in order. */
    public readonly asked: string[] = [];
    private readonly server = createServer((incoming, response) => {
        const target = String(incoming.headers["x-amz-target"] ?? "");
        const [service = "", action = ""] = target.split(".");
        if (service === "AmazonSSM") {
            this.answer(action, response);
        } else {
            forward(incoming, response, this.emulatorPort);
        }
    });

    private constructor(
        /** Answers of Systems Manager; a test changes them as servers come up. */
        public ssm: SsmAnswers,
        private readonly emulator: ChildProcess,
        private readonly emulatorPort: number,
    ) {}

    /** Installs the emulator into a folder and starts it. Needs Python 3 with venv, and PyPI or a warm cache. */
    public static async start(folder: string, ssm: SsmAnswers): Promise<AwsEmulator> {
        const environment = join(folder, "emulator");
        execFileSync("python3", ["-m", "venv", environment]);
        await promisify(execFile)(join(environment, "bin/pip"), ["install", "--quiet", moto]);
        const port = await freePort();
        const emulator = spawn(
            join(environment, "bin/moto_server"),
            ["--host", "127.0.0.1", "--port", String(port)],
            { stdio: "ignore" },
        );
        await untilItListens(port, emulator);
        const started = new AwsEmulator(ssm, emulator, port);
        await new Promise<void>((settle) => started.server.listen(0, "127.0.0.1", settle));
        return started;
    }

    /** Address of all services. */
    public get endpoint(): string {
        return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
    }

    public stop(): void {
        this.emulator.kill("SIGKILL");
        this.server.closeAllConnections();
        this.server.close();
    }

    private answer(action: string, response: ServerResponse): void {
        this.asked.push(action);
        const known = new Map<string, object>(Object.entries(this.ssm)).get(action);
        response.writeHead(known === undefined ? 400 : 200, {
            "content-type": "application/x-amz-json-1.1",
        });
        response.end(
            JSON.stringify(
                onTheWire(known ?? { __type: "UnknownOperationException", message: action }),
            ),
        );
    }
}

/** The JSON protocol of AWS writes moments as seconds since 1970. */
function onTheWire(value: unknown): unknown {
    if (value instanceof Date) {
        return value.getTime() / 1000;
    }
    if (Array.isArray(value)) {
        return value.map(onTheWire);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, onTheWire(inner)]))
        : value;
}

function forward(incoming: IncomingMessage, response: ServerResponse, port: number): void {
    const { method, url, headers } = incoming;
    const outgoing = request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
    });
    outgoing.once("error", (error) => {
        response.destroy(error);
    });
    incoming.pipe(outgoing);
}

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    const { port } = server.address() as AddressInfo;
    await new Promise((settle) => server.close(settle));
    return port;
}

async function untilItListens(port: number, emulator: ChildProcess): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt++) {
        const answered = await new Promise<boolean>((settle) => {
            request({ host: "127.0.0.1", port, path: "/moto-api/" }, (answer) => {
                answer.resume();
                settle(true);
            })
                .once("error", () => {
                    settle(false);
                })
                .end();
        });
        if (answered) {
            return;
        }
        if (emulator.exitCode !== null) {
            break;
        }
        await sleep(250);
    }
    emulator.kill("SIGKILL");
    throw new Error("the emulator of AWS does not listen");
}
