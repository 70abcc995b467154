import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials, Metadata, type CallOptions, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerStackConfigureRequest,
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    type AnalyzerInfo,
    type AnalyzeResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { jsonToStruct } from "../../policy-pack/adapter/struct";
import type { WireResource } from "../../policy-pack/graph/wire-resource";
import { analyzeRequest, analyzeStackRequest } from "../../preview/packs/analyzer-messages";
import { repository } from "./engine";

/** A finding as the engine is told of it. */
export interface Diagnostic {
    readonly policy: string;
    readonly level: string;
    readonly urn: string;
    readonly message: string;
}

export interface AnalyzerAnswer {
    readonly diagnostics: readonly Diagnostic[];
    /** Names of policies that had nothing to judge. */
    readonly notApplicable: readonly string[];
}

/** Level, and properties, of one policy. */
export interface AnalyzerSetting {
    readonly level: keyof typeof EnforcementLevel;
    readonly properties?: object;
}

const startLimitMilliseconds = 20_000;
const callLimitMilliseconds = 60_000;
const largestMessageBytes = 400 * 1024 * 1024;

/** A policy pack in a process of its own, started and spoken to as the engine does. `close` ends the process. */
export class Analyzer {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: AnalyzerClient,
    ) {}

    /** Starts the pack in a folder; the repository's own by default. Throws what the process wrote when it gives no port in time. */
    public static async start(
        folder = join(repository, "policy-pack"),
        environment: Readonly<Record<string, string>> = {},
    ): Promise<Analyzer> {
        const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [folder] });
        const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
            cwd: folder,
            env: { ...process.env, ...environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        try {
            const port = await readPort(child);
            const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
                "grpc.max_receive_message_length": largestMessageBytes,
                "grpc.max_send_message_length": largestMessageBytes,
            });
            return new Analyzer(child, client);
        } catch (error) {
            child.kill("SIGKILL");
            throw error;
        }
    }

    public async close(): Promise<void> {
        this.client.close();
        if (this.child.exitCode === null && this.child.signalCode === null) {
            const ended = once(this.child, "exit");
            this.child.kill("SIGKILL");
            await ended;
        }
    }

    public info(): Promise<AnalyzerInfo> {
        return this.call((done) => this.client.getAnalyzerInfo(new Empty(), ...done));
    }

    public async configure(settings: Readonly<Record<string, AnalyzerSetting>>): Promise<void> {
        const request = new ConfigureAnalyzerRequest();
        for (const [name, { level, properties = {} }] of Object.entries(settings)) {
            const config = new PolicyConfig();
            config.setEnforcementlevel(EnforcementLevel[level]);
            config.setProperties(jsonToStruct(properties));
            request.getPolicyconfigMap().set(name, config);
        }
        await this.call((done) => this.client.configure(request, ...done));
    }

    public async configureStack(dryRun: boolean, stack = "dev", project = "vault"): Promise<void> {
        const request = new AnalyzerStackConfigureRequest();
        request.setStack(stack);
        request.setProject(project);
        request.setDryRun(dryRun);
        await this.call((done) => this.client.configureStack(request, ...done));
    }

    public async analyze(resource: WireResource): Promise<AnalyzerAnswer> {
        const request = analyzeRequest(resource, byUrn([resource]));
        return readAnswer(await this.call((done) => this.client.analyze(request, ...done)));
    }

    /** Inputs of the resource after each policy that changed them, by policy. */
    public async remediate(resource: WireResource): Promise<ReadonlyMap<string, unknown>> {
        const request = analyzeRequest(resource, byUrn([resource]));
        const response = await this.call<{ getRemediationsList(): readonly RemediationLike[] }>(
            (done) => this.client.remediate(request, ...done),
        );
        return new Map(
            response
                .getRemediationsList()
                .map((remediation) => [
                    remediation.getPolicyname(),
                    remediation.getProperties()?.toJavaScript(),
                ]),
        );
    }

    public async analyzeStack(resources: readonly WireResource[]): Promise<AnalyzerAnswer> {
        const request = analyzeStackRequest(resources, byUrn(resources));
        return readAnswer(await this.call((done) => this.client.analyzeStack(request, ...done)));
    }

    private call<T>(make: (done: Callback<T>) => unknown): Promise<T> {
        return new Promise((settle, reject) => {
            const options = { deadline: new Date(Date.now() + callLimitMilliseconds) };
            make([
                new Metadata(),
                options,
                (error, answer) => {
                    if (error === null) {
                        settle(answer);
                    } else {
                        reject(error);
                    }
                },
            ]);
        });
    }
}

function byUrn(resources: readonly WireResource[]): ReadonlyMap<string, WireResource> {
    return new Map(resources.map((resource) => [resource.urn, resource]));
}

type Callback<T> = [Metadata, CallOptions, (error: ServiceError | null, answer: T) => void];

interface RemediationLike {
    getPolicyname(): string;
    getProperties(): Struct | undefined;
}

/** Waits for the line with the port, as the engine does. */
async function readPort(child: ChildProcess): Promise<number> {
    let [stdout, stderr] = ["", ""];
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((settle, reject) => {
        const fail = (why: string): void => {
            clearTimeout(timer);
            reject(new Error(`the policy pack ${why}:\n${stdout}${stderr}`));
        };
        const timer = setTimeout(() => {
            fail(`gave no port within ${startLimitMilliseconds / 1000} s`);
        }, startLimitMilliseconds);
        child.once("error", reject);
        child.once("exit", (status) => {
            fail(`ended with ${String(status)}`);
        });
        child.stdout?.on("data", (chunk: Buffer) => {
            stdout += chunk.toString();
            const [, port] = /^(\d+)\n/.exec(stdout) ?? [];
            if (port !== undefined) {
                clearTimeout(timer);
                child.removeAllListeners("exit");
                settle(Number(port));
            }
        });
    });
}

function readAnswer(response: AnalyzeResponse): AnalyzerAnswer {
    return {
        diagnostics: response.getDiagnosticsList().map((diagnostic) => ({
            policy: diagnostic.getPolicyname(),
            level: levelName(diagnostic.getEnforcementlevel()),
            urn: diagnostic.getUrn(),
            message: diagnostic.getMessage(),
        })),
        notApplicable: response
            .getNotApplicableList()
            .map((notApplicable) => notApplicable.getPolicyName()),
    };
}

/** The generated enumeration has names only, no way back. */
function levelName(level: EnforcementLevel): string {
    const names: readonly (keyof typeof EnforcementLevel)[] = [
        "ADVISORY",
        "MANDATORY",
        "REMEDIATE",
        "DISABLED",
    ];
    return names.find((name) => EnforcementLevel[name] === level) ?? String(level);
}
