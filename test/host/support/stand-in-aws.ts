import { createHash, createHmac } from "node:crypto";
import { appendFileSync, createReadStream, existsSync, readFileSync } from "node:fs";
import {
    createServer as createPlainServer,
    type IncomingMessage,
    type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import { join } from "node:path";

/**
 * Stands in for AWS beside a server that asks with its own programs: instance metadata on 169.254.169.254, and over TLS on the address that is
 * given Amazon S3 and AWS Secrets Manager. Its folder holds `objects/BUCKET/KEY`, `secrets/ID`, `aws.crt` and `aws.key`; every answered
 * request is noted in `requests`. AWS's own buckets are read without a signature, everything else needs the one of the role.
 */
const [, , folder = "", address = ""] = process.argv;
const region = "eu-central-1";
const domain = "amazonaws.com";
const role = "servers";
const credentials = {
    Code: "Success",
    AccessKeyId: "ASIAEXAMPLE",
    SecretAccessKey: "se/cret+1",
    Token: "to/ken==",
};
const metadataToken = "metadata-token";

function answerMetadata(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url?.replace("/latest/", "") ?? "";
    if (path === "api/token") {
        const seconds = Number(request.headers["x-aws-ec2-metadata-token-ttl-seconds"]);
        response.writeHead(request.method === "PUT" && seconds > 0 ? 200 : 400).end(metadataToken);
        return;
    }
    const answers: Readonly<Record<string, string>> = {
        "meta-data/placement/region": region,
        "meta-data/services/domain": domain,
        "meta-data/iam/security-credentials/": role,
        [`meta-data/iam/security-credentials/${role}`]: JSON.stringify(credentials),
    };
    const answer = answers[path];
    const known = request.headers["x-aws-ec2-metadata-token"] === metadataToken;
    response.writeHead(!known ? 401 : answer === undefined ? 404 : 200).end(answer);
}

async function answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks);
    const host = request.headers.host ?? "";
    const [bucket = ""] = host.split(`.s3.${region}.${domain}`);
    const ofAws = bucket === `amazoncloudwatch-agent-${region}`;
    const service = bucket === host ? (host.split(".")[0] ?? "") : "s3";
    if (!ofAws && !isSigned(request, body, service)) {
        response.writeHead(403).end("SignatureDoesNotMatch");
        return;
    }
    const target = request.headers["x-amz-target"];
    const file =
        service === "s3"
            ? join(folder, "objects", bucket, request.url ?? "")
            : target === "secretsmanager.GetSecretValue"
              ? join(
                    folder,
                    "secrets",
                    (JSON.parse(body.toString()) as { SecretId: string }).SecretId,
                )
              : "";
    if (!existsSync(file)) {
        response.writeHead(404).end("NotFound");
        return;
    }
    appendFileSync(join(folder, "requests"), `${service} ${file.slice(folder.length + 1)}\n`);
    response.writeHead(200);
    if (service === "s3") {
        createReadStream(file).pipe(response);
    } else {
        response.end(JSON.stringify({ SecretString: readFileSync(file, "utf8") }));
    }
}

/**
 * Whether a request carries the signature of the role's credentials, over its host and every header of AWS.
 * Source: AWS General Reference, Signature Version 4.
 */
function isSigned(request: IncomingMessage, body: Buffer, service: string): boolean {
    const { authorization = "" } = request.headers;
    const [, scope = "", signed = "", signature = ""] =
        /^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
            authorization,
        ) ?? [];
    const names = signed.split(";");
    const needed = Object.keys(request.headers).filter((name) => /^(host|x-amz-.*)$/.test(name));
    const date = String(request.headers["x-amz-date"]);
    const [id, day = "", ...rest] = scope.split("/");
    const canonical = [
        request.method,
        request.url,
        "",
        ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
        "",
        signed,
        request.headers["x-amz-content-sha256"] ?? sha256(body),
    ].join("\n");
    const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(
        (secret, part) => createHmac("sha256", secret).update(part).digest(),
        `AWS4${credentials.SecretAccessKey}`,
    );
    const text = ["AWS4-HMAC-SHA256", date, scope.slice(scope.indexOf("/") + 1), sha256(canonical)];
    return (
        id === credentials.AccessKeyId &&
        rest.join("/") === `${region}/${service}/aws4_request` &&
        request.headers["x-amz-security-token"] === credentials.Token &&
        needed.every((name) => names.includes(name)) &&
        createHmac("sha256", key).update(text.join("\n")).digest("hex") === signature
    );
}

function sha256(content: string | Buffer): string {
    return createHash("sha256").update(content).digest("hex");
}

const tls = {
    cert: readFileSync(join(folder, "aws.crt")),
    key: readFileSync(join(folder, "aws.key")),
};
createPlainServer(answerMetadata).listen(80, "169.254.169.254", () => {
    createTlsServer(tls, (request, response) => {
        void answerApi(request, response);
    }).listen(443, address, () => {
        console.log("ready");
    });
});
