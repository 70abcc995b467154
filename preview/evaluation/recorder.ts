import { ResourceCallRequest, ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Assumption } from "../../catalog/records/judged-stack";
import type { ProviderAnswer, ProviderQuestion } from "../answers/answerer";
import { inDependencyOrder } from "../graph/dependency-order";
import type { SavedResource } from "../graph/saved-resource";
import {
    FrameKind,
    readLength,
    type Frame,
    type ProgramError,
    type Question,
} from "../protocol/frames";
import { DefaultProviders } from "./default-providers";
import { describeNotEvaluated } from "./not-evaluated";
import {
    properties,
    readOutputs,
    readReadRequest,
    readRegistration,
    type Registration,
} from "./registrations";

/** Collects what the evaluating process sends. */
export class Recorder {
    /** Whether the program ran to its end. */
    public done = false;
    public readonly errors: ProgramError[] = [];
    private readonly registrations = new Map<string, Registration>();
    private readonly outputs = new Map<string, Readonly<Record<string, unknown>>>();

    public constructor(private readonly onProgress: (registrations: number) => void) {}

    /** Count of registrations so far. */
    public get count(): number {
        return this.registrations.size;
    }

    /** Takes one frame; gives the question that it asks, if it is one. Throws for a frame that no evaluating process sends. */
    public receive({ kind, payload }: Frame): ProviderQuestion | undefined {
        if (kind === FrameKind.Done) {
            this.done = true;
            return undefined;
        }
        if (kind === FrameKind.Failed) {
            this.errors.push(JSON.parse(textOf(payload)) as ProgramError);
            return undefined;
        }
        const textBytes = readLength(payload, 0);
        const text = textOf(payload.subarray(4, 4 + textBytes));
        const message = payload.subarray(4 + textBytes);
        switch (kind) {
            case FrameKind.Register:
                this.record(text, readRegistration(text, message));
                return undefined;
            case FrameKind.Read:
                this.record(text, readReadRequest(text, message));
                return undefined;
            case FrameKind.Outputs:
                this.outputs.set(text, readOutputs(message));
                return undefined;
            case FrameKind.Ask:
                return readQuestion(JSON.parse(text) as Question, message);
            default:
                throw new Error(`the evaluating process sent a frame of unknown kind ${kind}`);
        }
    }

    public resource(urn: string): SavedResource | undefined {
        return this.registrations.get(urn)?.resource;
    }

    /** Answers what only the graph itself can say: the state of one of its resources. */
    public answerFromGraph({ token, args }: ProviderQuestion): ProviderAnswer | undefined {
        if (token !== "pulumi:pulumi:getResource") {
            return undefined;
        }
        const urn = typeof args["urn"] === "string" ? args["urn"] : "";
        const found = this.registrations.get(urn)?.resource;
        return found === undefined
            ? { outcome: "refused", reason: `no resource has the URN ${urn}` }
            : {
                  outcome: "answered",
                  result: {
                      urn,
                      id: found.id ?? "",
                      state: { ...found.inputs, ...this.outputs.get(urn) },
                  },
              };
    }

    /** Names of the stacks whose outputs the program reads. */
    public get stackReferences(): readonly string[] {
        return [...this.registrations.values()].flatMap(({ resource: { type, id } }) =>
            type === "pulumi:pulumi:StackReference" && id !== undefined ? [id] : [],
        );
    }

    /** What is in the graph but was not evaluated. */
    public get notEvaluated(): readonly Assumption[] {
        return [...this.registrations.values()].flatMap(describeNotEvaluated);
    }

    /** Everything that was registered, in order of dependency, with the default providers that the engine would add. */
    public resources(config: Readonly<Record<string, string>>): readonly SavedResource[] {
        const providers = new DefaultProviders(config, this.stackUrn());
        const listed: SavedResource[] = [];
        for (const registration of this.registrations.values()) {
            const outputs = this.outputs.get(registration.resource.urn);
            const { added, reference } = providers.forResource(registration);
            if (added !== undefined) {
                listed.push(added);
            }
            listed.push({
                ...registration.resource,
                ...(reference === undefined ? {} : { provider: reference }),
                ...(outputs === undefined ? {} : { outputs }),
            });
        }
        return inDependencyOrder(listed);
    }

    private record(urn: string, registration: Registration): void {
        this.registrations.set(urn, registration);
        this.onProgress(this.registrations.size);
    }

    private stackUrn(): string {
        for (const { resource } of this.registrations.values()) {
            if (resource.type === "pulumi:pulumi:Stack") {
                return resource.urn;
            }
        }
        return "";
    }
}

function textOf(bytes: Uint8Array): string {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

function readQuestion(question: Question, message: Uint8Array): ProviderQuestion {
    const request =
        question.kind === "call"
            ? ResourceCallRequest.deserializeBinary(message)
            : ResourceInvokeRequest.deserializeBinary(message);
    return {
        ...question,
        token: request.getTok(),
        args: properties(request.getArgs()),
        provider: request.getProvider(),
    };
}
