import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the stand-in answers: an action's name → its answer, from the request's body. A thrown `AwsError` becomes an error answer. */
export interface AwsApiAnswers {
    /** Systems Manager and CloudWatch Logs: JSON. */
    readonly json?: Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;
    /** EC2 and STS: the inner XML of the answer. */
    readonly query?: Readonly<Record<string, (input: URLSearchParams) => string>>;
    /** S3: `METHOD /bucket/key` → headers and XML. */
    readonly rest?: Readonly<
        Record<string, () => { readonly headers?: Record<string, string>; readonly body?: string }>
    >;
    /** S3: account that owns the buckets; whoever expects another, or none, is refused. Unset, nobody looks. */
    readonly bucketOwner?: string;
    /** S3: what every other request gets; without it there is no such object. */
    readonly restAny?: () => {
        readonly headers?: Record<string, string>;
        readonly body?: string;
    };
}

/** An error as AWS answers it. */
export class AwsError extends Error {
    public constructor(
        public readonly code: string,
        message: string,
        public readonly status = 400,
    ) {
        super(message);
    }
}

/** A stand-in for the AWS APIs that the fleet reads: loopback only, answers given by the test. */
export class AwsApi {
    private constructor(
        private readonly server: Server,
        /** Names of the actions that were called, in order. */
        public readonly calls: string[],
    ) {}

    /** Starts the stand-in on a free port. */
    public static async start(answers: AwsApiAnswers): Promise<AwsApi> {
        const calls: string[] = [];
        const server = createServer((request, response) => {
            void readBody(request).then((body) => {
                const answer = answerTo(request, body, answers, calls);
                response.writeHead(answer.status, answer.headers);
                response.end(answer.body);
            });
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return new AwsApi(server, calls);
    }

    /** Environment that sends the AWS SDK here, with credentials that are worth nothing. */
    public get environment(): Record<string, string> {
        const { port } = this.server.address() as AddressInfo;
        return {
            AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
            AWS_REGION: "eu-central-1",
            AWS_EC2_METADATA_DISABLED: "true",
            AWS_MAX_ATTEMPTS: "1",
            // The SDK says on standard error that its support of Node.js 20 ends in 2027.
            AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        };
    }

    public async stop(): Promise<void> {
        this.server.closeAllConnections();
        await new Promise<void>((resolve) => this.server.close(() => resolve()));
    }
}

interface Answer {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: string;
}

function answerTo(
    request: IncomingMessage,
    body: string,
    answers: AwsApiAnswers,
    calls: string[],
): Answer {
    const target = request.headers["x-amz-target"];
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (typeof target === "string") {
        const action = target.split(".").at(-1) ?? "";
        calls.push(action);
        return jsonAnswer(action, answers, body);
    }
    if (request.method === "POST") {
        const input = new URLSearchParams(body);
        const action = input.get("Action") ?? "";
        calls.push(action);
        return queryAnswer(action, answers, input);
    }
    const action = `${request.method ?? ""} ${path}`;
    calls.push(action);
    const { bucketOwner } = answers;
    return bucketOwner === undefined ||
        request.headers["x-amz-expected-bucket-owner"] === bucketOwner
        ? restAnswer(action, answers)
        : { status: 403, headers: {}, body: "<Error><Code>AccessDenied</Code></Error>" };
}

function jsonAnswer(action: string, answers: AwsApiAnswers, body: string): Answer {
    const headers = { "content-type": "application/x-amz-json-1.1" };
    try {
        const answer = answers.json?.[action];
        if (answer === undefined) {
            throw new AwsError("UnknownOperationException", `no answer for ${action}`);
        }
        const input = JSON.parse(body === "" ? "{}" : body) as Record<string, unknown>;
        return { status: 200, headers, body: JSON.stringify(answer(input)) };
    } catch (error) {
        const { code, status, message } = asAwsError(error);
        return { status, headers, body: JSON.stringify({ __type: code, message }) };
    }
}

function queryAnswer(action: string, answers: AwsApiAnswers, input: URLSearchParams): Answer {
    const headers = { "content-type": "text/xml" };
    try {
        const answer = answers.query?.[action];
        if (answer === undefined) {
            throw new AwsError("InvalidAction", `no answer for ${action}`);
        }
        const inner = answer(input);
        const body = `<${action}Response>${inner}<requestId>1</requestId></${action}Response>`;
        return { status: 200, headers, body };
    } catch (error) {
        const { code, status, message } = asAwsError(error);
        const inner = `<Code>${code}</Code><Message>${message}</Message>`;
        return {
            status,
            headers,
            body: `<Response><Errors><Error>${inner}</Error></Errors><Error>${inner}</Error></Response>`,
        };
    }
}

function restAnswer(action: string, answers: AwsApiAnswers): Answer {
    const answer = answers.rest?.[action]?.() ?? answers.restAny?.();
    return answer === undefined
        ? { status: 404, headers: {}, body: "<Error><Code>NoSuchKey</Code></Error>" }
        : {
              status: 200,
              headers: { "content-type": "application/xml", ...answer.headers },
              body: answer.body ?? "",
          };
}

function asAwsError(error: unknown): AwsError {
    return error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
}

async function readBody(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString("utf8");
}
