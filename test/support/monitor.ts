import * as pulumi from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import type * as registration from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor, type MockCallArgs, type Mocks } from "@pulumi/pulumi/runtime/mocks";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import * as settings from "@pulumi/pulumi/runtime/settings";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { layOver, readWireResource } from "../../policy-pack/graph/wire-resource";
import { readWireProperties } from "../../policy-pack/graph/wire-values";
import { readRegistration } from "../../preview/evaluation/registrations";
import { join, relative } from "node:path";
import { childUrn } from "../../preview/protocol/urn";

const repository = join(__dirname, "..", "..");

/** A value that is not known at preview, as recorded inputs show it. */
export const unknown = "<unknown>";

/** A registration as the engine sees it. References between resources are `type::name`. */
export interface RecordedResource {
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** `type::name` of the parent; "" for none. */
    readonly parent: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly ignoreChanges: readonly string[];
    /** `type::name` of an explicit provider; "" for the default one. */
    readonly provider: string;
    /** Sorted `type::name`s. */
    readonly dependencies: readonly string[];
    /** Property → sorted `type::name`s that its value comes from. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

export interface RecordedInvoke {
    readonly token: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** A program's registrations, in the order in which the engine received them. */
export interface Recording<T> {
    readonly result: T;
    readonly resources: readonly RecordedResource[];
    /** The same registrations as the policy pack reads them. */
    readonly graph: readonly RegisteredResource[];
    readonly invokes: readonly RecordedInvoke[];
    /** Outputs that each component registered, by `type::name`. */
    readonly outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface RecordingOptions {
    /** Whether computed outputs stay unknown. Defaults to false. */
    readonly preview?: boolean;
    readonly project?: string;
    readonly stack?: string;
}

const place = {
    account: "111122223333",
    region: "eu-central-1",
    partition: "aws",
} as const;

type Callback<T> = (error: unknown, response: T | undefined) => void;

/** Runs a program against a monitor that keeps everything it is told. */
export async function record<T>(
    program: () => T,
    { preview = false, project = "kms", stack = "test" }: RecordingOptions = {},
): Promise<Recording<T>> {
    const { monitor, result } = await settled(
        (mocks) => new RecordingMonitor(mocks, { project, stack, preview }),
        program,
        { preview, project, stack },
    );
    const { registrations: resources, graph, invokes, outputs } = monitor;
    return { result, resources, graph, invokes, outputs };
}

/** Runs a program against a monitor until everything is registered. */
export async function settled<M extends MockMonitor, T>(
    makeMonitor: (answers: Mocks) => M,
    program: () => T,
    { preview = false, project = "kms", stack = "test" }: RecordingOptions = {},
): Promise<{ readonly monitor: M; readonly result: T }> {
    const mocks: Mocks = {
        newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
        call: answer,
    };
    await pulumi.runtime.setMocks(mocks, project, stack, preview);
    const monitor = makeMonitor(mocks);
    pulumi.runtime.setMockOptions(monitor, project, stack, preview);
    // The SDK takes a stack trace for every promise, and mapping each back to TypeScript costs most of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        const result = program();
        await (settings as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
        return { monitor, result };
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

class RecordingMonitor extends MockMonitor {
    public readonly registrations: RecordedResource[] = [];
    public readonly graph: RegisteredResource[] = [];
    public readonly invokes: RecordedInvoke[] = [];
    public readonly outputs: Record<string, Record<string, unknown>> = {};

    public constructor(
        answers: Mocks,
        private readonly stack: {
            readonly project: string;
            readonly stack: string;
            readonly preview: boolean;
        },
    ) {
        super(answers);
    }

    /** Answers itself: the base class forms URNs of grandchildren that the engine would not. */
    public override registerResource(
        request: registration.RegisterResourceRequest,
        callback: Callback<registration.RegisterResourceResponse>,
    ): Promise<void> {
        const urn = childUrn(this.stack, request.getParent(), request.getType(), request.getName());
        this.registrations.push(describe(request));
        this.graph.push(
            readWireResource(readRegistration(urn, request.serializeBinary()).resource),
        );
        const response = new messages.RegisterResourceResponse();
        response.setUrn(urn);
        if (request.getCustom() && !this.stack.preview) {
            response.setId(`${request.getName()}-id`);
        }
        response.setObject(
            Struct.fromJavaScript(
                created(request, this.stack.preview) as Parameters<typeof Struct.fromJavaScript>[0],
            ),
        );
        callback(null, response);
        return Promise.resolve();
    }

    public override async invoke(
        request: registration.ResourceInvokeRequest,
        callback: Callback<provider.InvokeResponse>,
    ): Promise<void> {
        this.invokes.push({
            token: request.getTok(),
            inputs: readable(request.getArgs()?.toJavaScript() ?? {}) as Record<string, unknown>,
        });
        return super.invoke(request, callback);
    }

    public override registerResourceOutputs(
        request: registration.RegisterResourceOutputsRequest,
        callback: Callback<object>,
    ): void {
        const outputs = request.getOutputs()?.toJavaScript() ?? {};
        this.outputs[reference(request.getUrn())] = readable(outputs) as Record<string, unknown>;
        const index = this.graph.findIndex(({ urn }) => urn === request.getUrn());
        const component = this.graph[index];
        if (component !== undefined) {
            const properties = layOver(component.properties, readWireProperties(outputs));
            this.graph[index] = { ...component, properties };
        }
        callback(null, {});
    }
}

function describe(request: registration.RegisterResourceRequest): RecordedResource {
    const propertyDependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((dependencies, property) => {
        const urns = dependencies.getUrnsList().map(reference).sort();
        if (urns.length > 0) {
            propertyDependencies[property] = urns;
        }
    });
    return {
        type: request.getType(),
        name: request.getName(),
        custom: request.getCustom(),
        parent: request.getParent() === "" ? "" : reference(request.getParent()),
        inputs: readable(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
        protect: request.getProtect() === true,
        retainOnDelete: request.getRetainondelete() === true,
        deleteBeforeReplace: request.getDeletebeforereplace(),
        ignoreChanges: request.getIgnorechangesList(),
        provider: request.getProvider() === "" ? "" : reference(request.getProvider()),
        dependencies: request.getDependenciesList().map(reference).sort(),
        propertyDependencies,
    };
}

/** `type::name` of a URN, or of a provider reference, which has an id after the URN. */
function reference(urn: string): string {
    const [, , types = "", name = ""] = urn.split("::");
    return `${types.slice(types.lastIndexOf("$") + 1)}::${name}`;
}

/** Plain JSON of serialised properties: sentinels for unknown, secret and resource values become readable. */
function readable(value: unknown): unknown {
    if (value === rpc.unknownValue) {
        return unknown;
    }
    if (Array.isArray(value)) {
        return value.map(readable);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const fields = value as Record<string, unknown>;
    switch (fields[rpc.specialSigKey]) {
        case rpc.specialSecretSig:
            return { "<secret>": readable(fields.value) };
        case rpc.specialAssetSig:
            // A file counts by its name, wherever the repository lies.
            return typeof fields.path === "string"
                ? { "<asset>": relative(repository, fields.path) }
                : fields;
        case rpc.specialResourceSig:
            return { "<resource>": reference(String(fields.urn)) };
        default:
            return Object.fromEntries(
                Object.entries(fields).map(([key, inner]) => [key, readable(inner)]),
            );
    }
}

/** What a provider gives back: the inputs, and outside a preview the computed outputs that programs read. */
function created(
    request: registration.RegisterResourceRequest,
    preview: boolean,
): Record<string, unknown> {
    const inputs = request.getObject()?.toJavaScript() ?? {};
    if (preview || !request.getCustom()) {
        return inputs;
    }
    const type = request.getType();
    const name = request.getName();
    const [service = ""] = (type.split(":")[1] ?? "").split("/");
    return {
        arn: `arn:aws:${service}:${place.region}:${place.account}:${resourcePart(type, name)}`,
        keyId: `${name}-id`,
        latestVersion: "1",
        prefixListId: "pl-6ea54007",
        privateIp: "10.80.0.10",
        ...inputs,
    };
}

/** Last part of an ARN, in the form of the resource's type where tests read it. */
function resourcePart(type: string, name: string): string {
    return type === "aws:kms/key:Key" ? `key/${name}` : name;
}

/** What the functions of the provider answer for one fixed account and region. */
function answer({ token, inputs }: MockCallArgs): Record<string, unknown> {
    switch (token) {
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return { accountId: place.account, arn: `arn:aws:iam::${place.account}:role/deployer` };
        case "aws:index/getRegion:getRegion":
            return { region: place.region };
        case "aws:index/getPartition:getPartition":
            return { partition: place.partition };
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            return { names: ["a", "b", "c", "d"].map((zone) => `${place.region}${zone}`) };
        case "aws:ssm/getParameter:getParameter":
            return {
                name: String((inputs as { name: string }).name),
                value: String((inputs as { name: string }).name).startsWith("/imagebuilder/")
                    ? "ami-0fedcba9876543210"
                    : "ami-0123456789abcdef0",
            };
        case "aws:ec2/getAmi:getAmi":
            return { id: "ami-0123456789abcdef0", architecture: architectureOf(inputs) };
        case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
            return { id: "pl-0123456789abcdef0" };
        default:
            throw new Error(`no answer for ${token}`);
    }
}

/** Architecture of an image that is looked up by its id: the id says it. */
function architectureOf(inputs: unknown): string {
    return JSON.stringify(inputs).includes("ami-0a64") ? "arm64" : "x86_64";
}
