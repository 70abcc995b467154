import { launcherTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { defaultBaselines, mappingOf, suitabilityOf } from "../reading/patch-groups";
import { patchTaskReads, patchTasksOf, taskReaches, type PatchTask } from "../reading/patch-tasks";
import { serverTag } from "../reading/tags";
import { ServerView, serverReads } from "../reading/servers";
import { templatesOf } from "../reading/templates";
import { readText } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** The two spellings that Patch Manager reads; the one with a space cannot be offered in instance metadata. */
const spaced = "Patch Group";
const joined = "PatchGroup";

/** Every key server that Patch Manager patches carries a patch group that is mapped to a baseline of this stack for its operating system. */
export const patchGroupCoverage: Rule = {
    name: "patch-group-coverage",
    reads: [
        ...serverReads,
        ...patchTaskReads,
        TypeToken.PatchGroup,
        TypeToken.PatchBaseline,
        TypeToken.DefaultPatchBaseline,
    ],
    *judge({ graph, scope }) {
        const servers = graph.ofType(
            TypeToken.Instance,
            TypeToken.SpotInstanceRequest,
            ...launcherTypes,
        );
        const tasks = patchTasksOf(graph);
        for (const server of servers.filter((resource) => scope.includes(resource))) {
            yield* settle(server, readsBaseline(graph, tasks, server) ? decide(graph, server) : []);
        }
        const described = graph.ofType(TypeToken.LaunchTemplate, TypeToken.LaunchConfiguration);
        for (const resource of described.filter((other) => scope.includes(other))) {
            yield { verdict: "not-applicable", resource };
        }
    },
};

/** False for a server that shell lines alone patch: they read no baseline, so its group needs none. */
function readsBaseline(
    graph: GraphIndex,
    tasks: readonly PatchTask[],
    server: RegisteredResource,
): boolean {
    const own = tasks.filter((task) => taskReaches(graph, task, server) === "yes");
    return own.length === 0 || own.some(({ document }) => !isShell(document));
}

function isShell(document: PatchTask["document"]): boolean {
    return document.kind === "patches" && document.by === "shell";
}

function decide(graph: GraphIndex, server: RegisteredResource): readonly Observation[] {
    const path: PropertyPath = ["tags"];
    const tags = [joined, spaced].map((key) => ({ key, reading: serverTag(graph, server, key) }));
    const stated = tags.find(({ reading }) => reading.kind === "known");
    if (stated?.reading.kind === "known") {
        return [
            ...(stated.key === spaced ? spelling(graph, server) : []),
            ...judgeGroup(graph, server, [...path, stated.key], stated.reading.value),
        ];
    }
    const open = tags.find(({ reading }) => reading.kind === "open");
    if (open?.reading.kind === "open") {
        return [undecided(server, [...path, open.key], `tags.${open.key} ${open.reading.why}`)];
    }
    return byDefault(graph, server, [...path, joined], `the server carries no tag ${joined}`);
}

function judgeGroup(
    graph: GraphIndex,
    server: RegisteredResource,
    path: PropertyPath,
    patchGroup: string,
): readonly Observation[] {
    const mapping = mappingOf(graph, patchGroup);
    const group = `the patch group "${patchGroup}"`;
    switch (mapping.kind) {
        case "unmapped":
            return byDefault(
                graph,
                server,
                path,
                `${group} is mapped to no baseline in this stack`,
            );
        case "open":
            return [undecided(server, path, `${group} may be unmapped: ${mapping.why}`)];
        case "baselines":
            return suiting(server, path, group, mapping.baselines);
    }
}

/** A server without a mapped patch group takes the account's default baseline. */
function byDefault(
    graph: GraphIndex,
    server: RegisteredResource,
    path: PropertyPath,
    found: string,
): readonly Observation[] {
    const baselines = defaultBaselines(graph);
    return baselines.length === 0
        ? [failed(server, path, `${found}, so AWS's own baseline decides what is patched and when`)]
        : suiting(server, path, "the account's default", baselines);
}

function suiting(
    server: RegisteredResource,
    path: PropertyPath,
    group: string,
    baselines: readonly RegisteredResource[],
): readonly Observation[] {
    const found = baselines.map(suitabilityOf);
    if (found.some(({ kind }) => kind === "suits")) {
        return [];
    }
    const reason = found.find(({ kind }) => kind === "open") ?? found[0];
    return reason === undefined || reason.kind === "suits"
        ? []
        : reason.kind === "open"
          ? [undecided(server, path, `${group} may be mapped to the wrong baseline: ${reason.why}`)]
          : [failed(server, path, `${group} is mapped to the wrong baseline: ${reason.why}`)];
}

function spelling(graph: GraphIndex, server: RegisteredResource): readonly Observation[] {
    const template = templatesOf(graph, server);
    const described = template.kind === "resources" ? template.resources : [];
    const paths = { instance: ["metadataOptions", "instanceMetadataTags"] };
    const settings = [server, ...described]
        .flatMap((resource) => ServerView.of(graph, resource))
        .map((view) => view.setting(readText, { ...paths, template: paths.instance }));
    return settings.some(({ reading }) => reading.kind === "known" && reading.value === "enabled")
        ? [
              failed(
                  server,
                  ["tags", spaced],
                  `instance metadata offers tags, which refuses the key "${spaced}": write ${joined}`,
                  "spelling",
              ),
          ]
        : [];
}
