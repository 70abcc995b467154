import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { ServerView, SettingPaths } from "./servers";
import { readText } from "./values";

/** Where the machine image of a server comes from; `why` completes a sentence that begins with the property. */
export type ImageSource = { readonly resource: RegisteredResource; readonly path: PropertyPath } & (
    | { readonly kind: "pipeline" | "parameter" | "unsaid" }
    | { readonly kind: "id"; readonly id: string }
    | { readonly kind: "handmade"; readonly made: RegisteredResource }
    | { readonly kind: "open"; readonly why: string }
);

const paths: SettingPaths = {
    instance: ["ami"],
    template: ["imageId"],
    configuration: ["imageId"],
    specification: ["ami"],
};

/** Resources that an image may come from, with the property by which they pass on another image. */
const passing: Readonly<Record<string, readonly string[]>> = {
    [TypeToken.ImageBuilderImage]: [],
    [TypeToken.SsmParameter]: ["value", "insecureValue"],
    [TypeToken.AmiCopy]: ["sourceAmiId"],
    [TypeToken.Ami]: [],
    [TypeToken.AmiFromInstance]: [],
};

/** Type tokens that are read to find the source of an image. */
export const imageReads: readonly string[] = [...Object.keys(passing), "keyward:index:KeyServer"];

/** Copies of copies are followed this far. */
const furthest = 4;

/** The source of the image that a server is started from. */
export function imageOf(graph: GraphIndex, view: ServerView): ImageSource {
    const { resource, path, reading } = view.setting(
        readText,
        inheritsImage(view) ? { template: ["imageId"] } : paths,
    );
    if (view.template.kind === "open" && path === view.template.path) {
        return { kind: "open", why: view.template.why, resource, path };
    }
    if (reading.kind === "absent") {
        return { kind: "unsaid", resource, path };
    }
    return registersParameter(graph, resource)
        ? { kind: "parameter", resource, path }
        : { ...sourceAt(graph, resource, path, furthest), resource, path };
}

/** Outputs tell the image of a running instance, inputs where it came from: what the program does not set, the template does. */
function inheritsImage({ subject, template }: ServerView): boolean {
    const stated = Object.keys(subject.propertyDependencies);
    return template.kind === "resources" && stated.length > 0 && !stated.includes("ami");
}

type Source = ImageSource extends infer Each
    ? Each extends ImageSource
        ? Omit<Each, "resource" | "path">
        : never
    : never;

function sourceAt(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
    steps: number,
): Source {
    const reading = readText(resource.properties, path);
    const parameter =
        reading.kind === "known"
            ? /^resolve:ssm:(.+?)(?::[^:]*)?$/.exec(reading.value)?.[1]
            : undefined;
    const [named] =
        parameter === undefined
            ? graph.reference(resource, path, Object.keys(passing)).resources
            : graph.identifiedBy(parameter).filter(({ type }) => type === TypeToken.SsmParameter);
    if (named !== undefined && steps > 0) {
        return sourceOf(graph, named, steps - 1);
    }
    if (parameter !== undefined) {
        return { kind: "parameter" };
    }
    return reading.kind === "known"
        ? { kind: "id", id: reading.value }
        : { kind: "open", why: reading.kind === "open" ? reading.why : "is not set" };
}

/** What a resource of this stack passes on. */
function sourceOf(graph: GraphIndex, made: RegisteredResource, steps: number): Source {
    if (made.type === TypeToken.ImageBuilderImage) {
        return { kind: "pipeline" };
    }
    const property = (passing[made.type] ?? []).find(
        (name) => readText(made.properties, [name]).kind !== "absent",
    );
    return property === undefined
        ? { kind: "handmade", made }
        : sourceAt(graph, made, [property], steps);
}

/** A `KeyServer` asks for an image through an invoke, which no policy sees, and registers the parameter that it asked for: AWS's public one, or a pipeline's. */
function registersParameter(graph: GraphIndex, server: RegisteredResource): boolean {
    const [component] = graph.ancestors(server);
    if (component?.type !== "keyward:index:KeyServer") {
        return false;
    }
    const parameter = readText(component.properties, ["imageParameter"]);
    // Empty for an image that is given by id.
    return parameter.kind === "known" && /^\/(aws\/service|imagebuilder)\//.test(parameter.value);
}
