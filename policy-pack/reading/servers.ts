import { launcherTypes, serverTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { notApplicable, settle, undecided } from "./observations";
import { templatesOf, type TemplateLink } from "./templates";
import { absent, readElements, type Reader, type Reading } from "./values";

/** How a resource writes a server's settings down: the same setting has other paths in each form. */
export type ServerForm = "instance" | "template" | "configuration" | "specification";

/** Paths of one setting; a form that lacks it cannot state it. */
export type SettingPaths = Readonly<Partial<Record<ServerForm, PropertyPath>>>;

interface Layer {
    readonly resource: RegisteredResource;
    readonly form: ServerForm;
    readonly prefix: PropertyPath;
}

/** A setting as it takes effect, and the place that decides it. */
export interface Setting<T> {
    readonly reading: Reading<T>;
    /** The resource that states it, or that should. */
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
}

const forms: Readonly<Record<string, ServerForm>> = {
    [TypeToken.Instance]: "instance",
    [TypeToken.SpotInstanceRequest]: "instance",
    [TypeToken.LaunchTemplate]: "template",
    [TypeToken.LaunchConfiguration]: "configuration",
    [TypeToken.SpotFleetRequest]: "specification",
};

/** Type tokens that rules about servers read. */
export const serverReads: readonly string[] = [...serverTypes, ...launcherTypes];

/** One server, or one description that servers are launched from; an instance inherits what it does not state from its template. */
export class ServerView {
    private constructor(
        public readonly subject: RegisteredResource,
        public readonly form: ServerForm,
        private readonly layers: readonly Layer[],
        /** Where the instance inherits from. */
        public readonly template: TemplateLink,
    ) {}

    /** The views of a resource: one, or one for each specification of a spot fleet. */
    public static of(graph: GraphIndex, resource: RegisteredResource): readonly ServerView[] {
        const form = forms[resource.type];
        if (form === undefined) {
            return [];
        }
        if (form !== "specification") {
            const template: TemplateLink =
                form === "instance" ? templatesOf(graph, resource) : { kind: "none" };
            const inherited =
                template.kind === "resources"
                    ? template.resources.map((from): Layer => ({
                          resource: from,
                          form: "template",
                          prefix: [],
                      }))
                    : [];
            const own: Layer = { resource, form, prefix: [] };
            return [new ServerView(resource, form, [own, ...inherited], template)];
        }
        const specifications = readElements(resource.properties, ["launchSpecifications"]);
        return specifications.kind === "known"
            ? specifications.value.map(
                  (prefix) =>
                      new ServerView(resource, form, [{ resource, form, prefix }], {
                          kind: "none",
                      }),
              )
            : [];
    }

    /**
     * The setting as it takes effect: the instance's own value, else its template's. Open where neither states it and a template
     * outside the stack might.
     */
    public setting<T>(reader: Reader<T>, paths: SettingPaths): Setting<T> {
        for (const layer of this.layers) {
            const path = paths[layer.form];
            if (path === undefined) {
                continue;
            }
            const whole = [...layer.prefix, ...path];
            const reading = reader(layer.resource.properties, whole);
            if (reading.kind !== "absent") {
                return { reading, resource: layer.resource, path: whole };
            }
        }
        if (this.template.kind === "open") {
            return {
                reading: { kind: "open", why: this.template.why },
                resource: this.subject,
                path: this.template.path,
            };
        }
        const last = this.layers.at(-1);
        const resource = last?.resource ?? this.subject;
        const path = last === undefined ? undefined : paths[last.form];
        return { reading: absent, resource, path: [...(last?.prefix ?? []), ...(path ?? [])] };
    }
}

/** The same path in every form. */
export function everywhere(...path: PropertyPath): SettingPaths {
    return { instance: path, template: path, configuration: path, specification: path };
}

/**
 * Judges every server in scope. A weakness inherited from a template of the stack is reported on the template; a group whose
 * template lies outside the stack cannot be decided.
 */
export function* judgeServers(
    context: RuleContext,
    decide: (view: ServerView) => readonly Observation[],
): Generator<Observation> {
    for (const resource of context.graph.ofType(...serverTypes)) {
        if (context.scope.includes(resource)) {
            const views = ServerView.of(context.graph, resource);
            const found = views.flatMap(decide);
            const hidden = views.length === 0 ? launchedElsewhere(context, resource) : [];
            yield* hidden.length > 0 ? hidden : settle(resource, found);
        }
    }
    for (const resource of context.graph.ofType(...launcherTypes)) {
        if (context.scope.includes(resource)) {
            yield* launchedElsewhere(context, resource);
        }
    }
}

function launchedElsewhere(
    context: RuleContext,
    resource: RegisteredResource,
): readonly Observation[] {
    const specifications = readElements(resource.properties, ["launchSpecifications"]);
    const link: TemplateLink =
        specifications.kind === "open"
            ? { ...specifications, path: ["launchSpecifications"] }
            : templatesOf(context.graph, resource);
    return link.kind === "open"
        ? [
              undecided(
                  resource,
                  link.path,
                  `${formatPath(link.path)} ${link.why}, so the servers that it describes cannot be judged`,
              ),
          ]
        : [notApplicable(resource)];
}
