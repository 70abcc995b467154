import { credentials, status, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerStackConfigureRequest,
    type AnalyzerInfo,
    type AnalyzeRequest,
    type AnalyzeResponse,
    type AnalyzeStackRequest,
    type ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { PackSurroundings } from "./pack-process";

/** As the engine has it: a stack of thousands of resources is one message. */
const largestMessageBytes = 400 * 1024 * 1024;

type Callback<T> = (error: ServiceError | null, answer: T) => void;

/** Speaks the analyzer protocol with a pack that listens on this machine. Calls reject with `ServiceError`. */
export class PackClient {
    private readonly client: AnalyzerClient;

    public constructor(port: number) {
        this.client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
            "grpc.max_receive_message_length": largestMessageBytes,
            "grpc.max_send_message_length": largestMessageBytes,
            // A proxy for the way to the internet has no business between the two.
            "grpc.enable_http_proxy": 0,
        });
    }

    public close(): void {
        this.client.close();
    }

    public info(): Promise<AnalyzerInfo> {
        return answer((done) => this.client.getAnalyzerInfo(new Empty(), done));
    }

    public async configure(request: ConfigureAnalyzerRequest): Promise<void> {
        await answer((done) => this.client.configure(request, done));
    }

    /** Tells a pack of the stack. Packs of older SDKs have no such method and read their environment instead. */
    public async configureStack(surroundings: PackSurroundings): Promise<void> {
        const request = new AnalyzerStackConfigureRequest();
        request.setProject(surroundings.project);
        request.setStack(surroundings.stack);
        request.setOrganization(surroundings.organization);
        request.setDryRun(surroundings.dryRun);
        request.setConfigSecretKeysList([...surroundings.secretKeys]);
        for (const [key, value] of Object.entries(surroundings.config)) {
            request.getConfigMap().set(key, value);
        }
        try {
            await answer((done) => this.client.configureStack(request, done));
        } catch (error) {
            if ((error as ServiceError).code !== status.UNIMPLEMENTED) {
                throw error;
            }
        }
    }

    public analyze(request: AnalyzeRequest): Promise<AnalyzeResponse> {
        return answer((done) => this.client.analyze(request, done));
    }

    public analyzeStack(request: AnalyzeStackRequest): Promise<AnalyzeResponse> {
        return answer((done) => this.client.analyzeStack(request, done));
    }
}

function answer<T>(call: (done: Callback<T>) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
        call((error, response) => {
            if (error === null) {
                resolve(response);
            } else {
                reject(error);
            }
        });
    });
}
