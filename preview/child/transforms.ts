import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import type { Sdk } from "./sdk";

type Transform = (request: Uint8Array) => Promise<resourceProto.TransformResponse>;

/** Where the SDK keeps the functions that the engine may call back. */
interface CallbackServer {
    readonly _callbacks: ReadonlyMap<string, Transform>;
}

/**
 * Applies a program's transforms to its registrations in the engine's order: the resource's own, those of its ancestors from the
 * nearest, those of the stack. The engine calls them over the network; here they are called in place.
 */
export class TransformRunner {
    private readonly ofStack: string[] = [];
    private readonly inherited = new Map<string, readonly string[]>();

    public constructor(private readonly sdk: Sdk) {}

    /** Adds a transform for every resource that registers from now on. */
    public addToStack(token: string): void {
        this.ofStack.push(token);
    }

    /** Names of the transforms for a resource; its children inherit its own. Empty for nearly every program. */
    public applicable(
        request: resourceProto.RegisterResourceRequest,
        urn: string,
    ): readonly string[] {
        const own = request.getTransformsList().map((callback) => callback.getToken());
        const fromParents = this.inherited.get(request.getParent()) ?? [];
        const passedOn = own.length === 0 ? fromParents : [...own, ...fromParents];
        if (passedOn.length > 0) {
            this.inherited.set(urn, passedOn);
        }
        return passedOn.length === 0 ? this.ofStack : [...passedOn, ...this.ofStack];
    }

    /** Changes a request as the transforms say. Rejects with what a transform throws. */
    public async apply(
        request: resourceProto.RegisterResourceRequest,
        tokens: readonly string[],
    ): Promise<void> {
        const server = this.sdk.settings.getCallbacks() as unknown as CallbackServer | undefined;
        for (const token of tokens) {
            const transform = server?._callbacks.get(token);
            if (transform === undefined) {
                throw new Error(`the transform ${token} is not registered`);
            }
            const { resourceProto: proto } = this.sdk;
            const asked = new proto.TransformRequest();
            asked.setType(request.getType());
            asked.setName(request.getName());
            asked.setCustom(request.getCustom());
            asked.setParent(request.getParent());
            asked.setProperties(request.getObject());
            asked.setOptions(optionsOf(request, new proto.TransformResourceOptions()));
            const answer = await transform(asked.serializeBinary());
            request.setObject(answer.getProperties());
            const options = answer.getOptions();
            if (options !== undefined) {
                setOptions(request, options);
            }
        }
    }
}

function optionsOf(
    request: resourceProto.RegisterResourceRequest,
    options: resourceProto.TransformResourceOptions,
): resourceProto.TransformResourceOptions {
    options.setDependsOnList(request.getDependenciesList());
    const protect = request.getProtect();
    if (protect !== undefined) {
        options.setProtect(protect);
    }
    options.setIgnoreChangesList(request.getIgnorechangesList());
    options.setReplaceOnChangesList(request.getReplaceonchangesList());
    options.setVersion(request.getVersion());
    options.setAliasesList(request.getAliasesList());
    options.setProvider(request.getProvider());
    const retain = request.getRetainondelete();
    if (retain !== undefined) {
        options.setRetainOnDelete(retain);
    }
    if (request.getDeletebeforereplacedefined()) {
        options.setDeleteBeforeReplace(request.getDeletebeforereplace());
    }
    for (const [name, reference] of request.getProvidersMap().entries()) {
        options.getProvidersMap().set(name, reference);
    }
    return options;
}

function setOptions(
    request: resourceProto.RegisterResourceRequest,
    options: resourceProto.TransformResourceOptions,
): void {
    request.setDependenciesList(options.getDependsOnList());
    const protect = options.getProtect();
    if (protect !== undefined) {
        request.setProtect(protect);
    }
    request.setIgnorechangesList(options.getIgnoreChangesList());
    request.setReplaceonchangesList(options.getReplaceOnChangesList());
    request.setVersion(options.getVersion());
    request.setAliasesList(options.getAliasesList());
    request.setProvider(options.getProvider());
    const retain = options.getRetainOnDelete();
    if (retain !== undefined) {
        request.setRetainondelete(retain);
    }
    const first = options.getDeleteBeforeReplace();
    if (first !== undefined) {
        request.setDeletebeforereplace(first);
        request.setDeletebeforereplacedefined(true);
    }
}
