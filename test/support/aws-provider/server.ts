import {
    Server,
    ServerCredentials,
    status,
    type sendUnaryData,
    type ServerUnaryCall,
} from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb";
import messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { CheckResult } from "./check";
import type { StandInProvider, Subject } from "./provider";
import { packageSchema } from "./schema";
import { fromStruct, toStruct } from "./wire";

type Handler<Request, Response> = (request: Request) => Response | Promise<Response>;

/** Serves the provider protocol on a free port of the loopback interface; gives the server and the port. */
export async function serve(
    provider: StandInProvider,
    version: string,
): Promise<{ readonly server: Server; readonly port: number }> {
    const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
    server.addService(ResourceProviderService, handlers(provider, version));
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
            if (error === null) {
                resolve(bound);
            } else {
                reject(error);
            }
        });
    });
    return { server, port };
}

function handlers(provider: StandInProvider, version: string) {
    return {
        handshake: unary(() => new messages.ProviderHandshakeResponse()),
        getPluginInfo: unary(() => new pluginMessages.PluginInfo().setVersion(version)),
        attach: unary(() => new Empty()),
        cancel: unary(() => new Empty()),
        getSchema: unary(() => new messages.GetSchemaResponse().setSchema(packageSchema(version))),
        checkConfig: unary((request: messages.CheckRequest) =>
            checked(provider.checkConfig(fromStruct(request.getNews()))),
        ),
        diffConfig: unary((request: messages.DiffRequest) => {
            const [olds, news] = [request.getOldInputs(), request.getNews()].map(fromStruct);
            const moved = olds?.["region"] !== news?.["region"];
            return new messages.DiffResponse()
                .setChanges(
                    moved
                        ? messages.DiffResponse.DiffChanges.DIFF_SOME
                        : messages.DiffResponse.DiffChanges.DIFF_NONE,
                )
                .setReplacesList(moved ? ["region"] : []);
        }),
        configure: unary((request: messages.ConfigureRequest) => {
            provider.configure(fromStruct(request.getArgs()));
            return new messages.ConfigureResponse()
                .setSupportspreview(true)
                .setSupportsAutonamingConfiguration(true);
        }),
        invoke: unary((request: messages.InvokeRequest) =>
            new messages.InvokeResponse().setReturn(
                toStruct(provider.invoke(request.getTok(), fromStruct(request.getArgs()))),
            ),
        ),
        check: unary((request: messages.CheckRequest) =>
            checked(
                provider.check(
                    subject(request),
                    fromStruct(request.getNews()),
                    request.hasOlds() ? fromStruct(request.getOlds()) : undefined,
                    request.getRandomseed_asU8(),
                ),
            ),
        ),
        diff: unary((request: messages.DiffRequest) => differing(provider, request)),
        create: unary((request: messages.CreateRequest) => {
            const made = provider.create(
                subject(request),
                fromStruct(request.getProperties()),
                request.getPreview(),
            );
            return new messages.CreateResponse()
                .setId(made.id)
                .setProperties(toStruct(made.outputs));
        }),
        read: unary((request: messages.ReadRequest) => {
            const state = fromStruct(request.getProperties());
            const found = provider.read(subject(request), request.getId(), state);
            return found === null
                ? new messages.ReadResponse()
                : new messages.ReadResponse()
                      .setId(request.getId())
                      .setProperties(toStruct(found))
                      .setInputs(request.getInputs() ?? toStruct(state));
        }),
        update: unary(async (request: messages.UpdateRequest) =>
            new messages.UpdateResponse().setProperties(
                toStruct(
                    await provider.update(
                        subject(request),
                        request.getId(),
                        fromStruct(request.getOlds()),
                        fromStruct(request.getOldInputs()),
                        fromStruct(request.getNews()),
                        request.getPreview(),
                    ),
                ),
            ),
        ),
        delete: unary((request: messages.DeleteRequest) => {
            provider.delete(subject(request), request.getId());
            return new Empty();
        }),
    };
}

function differing(
    provider: StandInProvider,
    request: messages.DiffRequest,
): messages.DiffResponse {
    const found = provider.diff(
        subject(request),
        fromStruct(request.getOldInputs()),
        fromStruct(request.getNews()),
        request.getIgnorechangesList(),
    );
    const { Kind } = messages.PropertyDiff;
    const response = new messages.DiffResponse()
        .setChanges(
            found.paths.size > 0
                ? messages.DiffResponse.DiffChanges.DIFF_SOME
                : messages.DiffResponse.DiffChanges.DIFF_NONE,
        )
        .setReplacesList(topLevel(found.replaces))
        .setDiffsList(topLevel([...found.paths.keys()]))
        .setDeletebeforereplace(found.deleteBeforeReplace)
        .setHasdetaileddiff(true);
    for (const [path, change] of found.paths) {
        const replaces = found.replaces.includes(path);
        const kind = {
            add: replaces ? Kind.ADD_REPLACE : Kind.ADD,
            delete: replaces ? Kind.DELETE_REPLACE : Kind.DELETE,
            update: replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE,
        }[change];
        response
            .getDetaileddiffMap()
            .set(path, new messages.PropertyDiff().setKind(kind).setInputdiff(true));
    }
    return response;
}

function topLevel(paths: readonly string[]): string[] {
    return [...new Set(paths.map((path) => path.replace(/[.[].*$/, "")))].sort();
}

function checked(result: CheckResult): messages.CheckResponse {
    const response = new messages.CheckResponse().setInputs(toStruct(result.inputs));
    for (const { property, reason } of result.failures) {
        response.addFailures(new messages.CheckFailure().setProperty(property).setReason(reason));
    }
    return response;
}

function subject(request: { getUrn(): string }): Subject {
    const urn = request.getUrn();
    const [, , types = "", name = ""] = urn.split("::");
    return { urn, name, type: types.slice(types.lastIndexOf("$") + 1) };
}

function unary<Request, Response>(handler: Handler<Request, Response>) {
    return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
        void (async () => {
            try {
                reply(null, await handler(call.request));
            } catch (error) {
                const details = error instanceof Error ? error.message : String(error);
                reply({ code: status.UNKNOWN, details });
            }
        })();
    };
}
