import {
    Server,
    ServerCredentials,
    status,
    type handleUnaryCall,
    type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzerHandshakeResponse,
    AnalyzerStackConfigureResponse,
    type AnalyzerHandshakeRequest,
    type AnalyzeRequest,
    type AnalyzeResponse,
    type AnalyzerInfo,
    type AnalyzerStackConfigureRequest,
    type AnalyzeStackRequest,
    type ConfigureAnalyzerRequest,
    type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { Pack } from "../pack";
import { analyzerInfo, fromEnforcementLevel, type PackIdentity } from "./analyzer-info";
import { analyzeResponse, remediateResponse, stackResponse } from "./diagnostics";
import { readAnalyzeRequest, readAnalyzerResource } from "./requests";
import type { ConfiguredPolicy, Session } from "./session";
import { structToJson } from "./struct";

/** Stacks are sent in one message; the engine's own limit is this, in bytes. */
const largestMessageBytes = 400 * 1024 * 1024;

/** Serves the analyzer protocol on the loopback interface and gives the port. `report` is called with every judged stack. */
export async function serve(
    session: Session,
    pack: Pack,
    identity: PackIdentity,
    report: (judged: JudgedStack) => void,
): Promise<number> {
    const server = new Server({
        "grpc.max_receive_message_length": largestMessageBytes,
        "grpc.max_send_message_length": largestMessageBytes,
    });
    server.addService(AnalyzerService, handlers(session, pack, identity, report));
    return new Promise((settle, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
            if (error === null) {
                settle(port);
            } else {
                reject(error);
            }
        });
    });
}

function handlers(
    session: Session,
    pack: Pack,
    identity: PackIdentity,
    report: (judged: JudgedStack) => void,
): UntypedServiceImplementation {
    const { policies } = session;
    return {
        handshake: unary<AnalyzerHandshakeRequest, AnalyzerHandshakeResponse>(
            () => new AnalyzerHandshakeResponse(),
        ),
        getPluginInfo: unary<Empty, PluginInfo>(() =>
            new PluginInfo().setVersion(identity.version),
        ),
        getAnalyzerInfo: unary<Empty, AnalyzerInfo>(() => analyzerInfo(pack, identity)),
        configure: unary<ConfigureAnalyzerRequest, Empty>((request) => {
            session.configure(readPolicyConfig(request));
            return new Empty();
        }),
        configureStack: unary<AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse>(
            (request) => {
                session.configureStack({
                    project: request.getProject(),
                    stack: request.getStack(),
                    dryRun: request.getDryRun(),
                });
                return new AnalyzerStackConfigureResponse();
            },
        ),
        remediate: unary<AnalyzeRequest, RemediateResponse>((request) =>
            remediateResponse(session.remediate(readAnalyzeRequest(request)), identity),
        ),
        analyze: unary<AnalyzeRequest, AnalyzeResponse>((request) =>
            analyzeResponse(session.analyze(readAnalyzeRequest(request)), policies, identity),
        ),
        analyzeStack: unary<AnalyzeStackRequest, AnalyzeResponse>((request) => {
            const judged = session.analyzeStack(
                request.getResourcesList().map(readAnalyzerResource),
            );
            report(judged);
            return stackResponse(judged, session.unreported(judged), policies, identity);
        }),
        cancel: unary<Empty, Empty>(() => new Empty()),
    };
}

/** Answers one call. Whatever goes wrong becomes an error of the run: a pack that failed must never look like one that found nothing. */
function unary<Request, Response>(
    answer: (request: Request) => Response,
): handleUnaryCall<Request, Response> {
    return (call, callback) => {
        try {
            callback(null, answer(call.request));
        } catch (error) {
            const wrongInput = error instanceof InputError;
            callback({
                code: wrongInput ? status.INVALID_ARGUMENT : status.INTERNAL,
                details: wrongInput
                    ? error.message
                    : `the Keyward policy pack failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
            });
        }
    };
}

function readPolicyConfig(
    request: ConfigureAnalyzerRequest,
): ReadonlyMap<string, ConfiguredPolicy> {
    const policies = new Map<string, ConfiguredPolicy>();
    request.getPolicyconfigMap().forEach((configuration, name) => {
        policies.set(name, {
            level: fromEnforcementLevel(configuration.getEnforcementlevel()),
            properties: structToJson(configuration.getProperties()),
        });
    });
    return policies;
}
