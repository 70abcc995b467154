import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type * as mocks from "@pulumi/pulumi/runtime/mocks";
import { FrameKind, type Answer, type Job } from "../protocol/frames";
import { sendMessage, type Answers } from "./channel";
import { takeMarks, takePartialMark } from "./invoke-forms";
import type { Sdk } from "./sdk";
import type { TransformRunner } from "./transforms";
import { childUrn } from "../protocol/urn";

type JavaScriptObject = Record<string, JavaScriptValue>;
type Callback = (error: unknown, response: unknown) => void;

/** What the SDK shows of an error that the engine answers with. */
function refusal(details: string): { readonly details: string; readonly message: string } {
    return { details, message: details };
}

/** Adds `registerPackage` and the like to what the SDK's mock monitor answers: newer programs call them. */
export interface Monitor extends mocks.MockMonitor {
    call(request: resourceProto.ResourceCallRequest, callback: Callback): void;
    registerStackTransform(request: { getToken(): string }, callback: Callback): void;
    registerResourceHook(request: unknown, callback: Callback): void;
    registerErrorHook(request: unknown, callback: Callback): void;
    signalAndWaitForShutdown(request: unknown, callback: Callback): void;
}

/**
 * Makes the resource monitor that a program registers its resources with: the SDK's own mock monitor, except that it sends every
 * request to the parent, asks the parent for the results of invokes, and answers as a preview does: inputs are known, ids and computed
 * outputs are not.
 */
export function createMonitor(
    sdk: Sdk,
    job: Pick<Job, "project" | "stack" | "stackOutputs">,
    answers: Answers,
    transforms: TransformRunner,
): Monitor {
    const { resourceProto: resource, providerProto: provider, structProto } = sdk;
    const noMocks: mocks.Mocks = {
        newResource: () => ({ id: undefined, state: {} }),
        call: () => ({}),
    };
    const taken = new Set<string>();

    /** Answers an invoke or a call with what the parent says. */
    function reply(
        subject: string,
        callback: Callback,
        build: (result: InstanceType<typeof structProto.Struct>) => unknown,
        single = false,
    ): (answer: Answer, message: Uint8Array) => void {
        return (answer, message) => {
            if (answer.outcome === "refused") {
                callback(refusal(answer.reason ?? `no answer for ${subject}`), undefined);
            } else if (answer.outcome === "unknown") {
                const unknown = sdk.pulumi.runtime.unknownValue;
                callback(null, build(structProto.Struct.fromJavaScript({ unknown })));
            } else {
                const result = structProto.Struct.deserializeBinary(message);
                if (single && takePartialMark(result) !== 1) {
                    callback(
                        refusal(
                            `the answer for ${subject} must have one field, its value: correct the invoke's result in the answers file (--answers)`,
                        ),
                        undefined,
                    );
                    return;
                }
                callback(null, build(result));
            }
        };
    }

    /** State of a reference to another stack: its outputs are those that were stated, or unknown. */
    function stackReference(name: string): InstanceType<typeof structProto.Struct> {
        const stated = job.stackOutputs[name];
        return structProto.Struct.fromJavaScript({
            name,
            outputs:
                stated === undefined
                    ? sdk.pulumi.runtime.unknownValue
                    : (stated as JavaScriptObject),
            secretOutputNames: [],
        });
    }

    class RecordingMonitor extends sdk.mocks.MockMonitor implements Monitor {
        public override async registerResource(
            request: resourceProto.RegisterResourceRequest,
            callback: Callback,
        ): Promise<void> {
            const urn = childUrn(job, request.getParent(), request.getType(), request.getName());
            const tokens = transforms.applicable(request, urn);
            if (tokens.length > 0) {
                try {
                    await transforms.apply(request, tokens);
                } catch (error) {
                    callback(
                        refusal(error instanceof Error ? error.message : String(error)),
                        undefined,
                    );
                    return;
                }
            }
            if (taken.has(urn)) {
                callback(
                    refusal(`Duplicate resource URN '${urn}'; try giving it a unique name`),
                    undefined,
                );
                return;
            }
            taken.add(urn);
            sendMessage(FrameKind.Register, urn, request.serializeBinary());
            const response = new resource.RegisterResourceResponse();
            response.setUrn(urn);
            response.setObject(request.getObject());
            callback(null, response);
        }

        public override readResource(
            request: resourceProto.ReadResourceRequest,
            callback: Callback,
        ): Promise<void> {
            const urn = childUrn(job, request.getParent(), request.getType(), request.getName());
            sendMessage(FrameKind.Read, urn, request.serializeBinary());
            const response = new resource.ReadResourceResponse();
            response.setUrn(urn);
            response.setProperties(
                request.getType() === "pulumi:pulumi:StackReference"
                    ? stackReference(request.getId())
                    : request.getProperties(),
            );
            callback(null, response);
            return Promise.resolve();
        }

        public override registerResourceOutputs(
            request: resourceProto.RegisterResourceOutputsRequest,
            callback: Callback,
        ): void {
            sendMessage(FrameKind.Outputs, request.getUrn(), request.serializeBinary());
            callback(null, {});
        }

        public override invoke(
            request: resourceProto.ResourceInvokeRequest,
            callback: Callback,
        ): Promise<void> {
            const { promise, single } = takeMarks(request.getArgs());
            answers.ask(
                { form: promise ? "promise" : "output", kind: "invoke" },
                request.serializeBinary(),
                reply(
                    request.getTok(),
                    callback,
                    (result) => {
                        const response: providerProto.InvokeResponse =
                            new provider.InvokeResponse();
                        response.setReturn(result);
                        return response;
                    },
                    single,
                ),
            );
            return Promise.resolve();
        }

        public call(request: resourceProto.ResourceCallRequest, callback: Callback): void {
            answers.ask(
                { form: "output", kind: "call" },
                request.serializeBinary(),
                reply(request.getTok(), callback, (result) => {
                    const response = new provider.CallResponse();
                    response.setReturn(result);
                    return response;
                }),
            );
        }

        public registerStackTransform(request: { getToken(): string }, callback: Callback): void {
            transforms.addToStack(request.getToken());
            callback(null, {});
        }

        public registerResourceHook(_request: unknown, callback: Callback): void {
            callback(null, {});
        }

        public registerErrorHook(_request: unknown, callback: Callback): void {
            callback(null, {});
        }

        public signalAndWaitForShutdown(_request: unknown, callback: Callback): void {
            callback(null, {});
        }
    }
    return new RecordingMonitor(noMocks);
}
