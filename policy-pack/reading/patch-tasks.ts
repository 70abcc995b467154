import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { patchDocumentAt, type PatchDocument } from "./patch-documents";
import { reaches, some, type Reach } from "./targets";
import { readElements, readText } from "./values";

/** A task of a maintenance window that installs patches, or may. */
export interface PatchTask {
    readonly task: RegisteredResource;
    readonly document: PatchDocument;
    /** Its windows, as far as they are in this stack. */
    readonly windows: readonly RegisteredResource[];
}

/** Type tokens that are read to find patch tasks. */
export const patchTaskReads: readonly string[] = [
    TypeToken.MaintenanceWindow,
    TypeToken.MaintenanceWindowTarget,
    TypeToken.MaintenanceWindowTask,
    TypeToken.SsmDocument,
];

export function patchTasksOf(graph: GraphIndex): readonly PatchTask[] {
    return graph
        .ofType(TypeToken.MaintenanceWindowTask)
        .map((task) => ({
            task,
            document: patchDocumentAt(graph, task, ["taskArn"]),
            windows: graph.reference(task, ["windowId"], [TypeToken.MaintenanceWindow]).resources,
        }))
        .filter(({ document }) => document.kind !== "other");
}

/** Whether a task runs on a server: by the window's targets, by instance ids or by tags. */
export function taskReaches(
    graph: GraphIndex,
    { task }: PatchTask,
    server: RegisteredResource,
): Reach {
    const criteria = readElements(task.properties, ["targets"]);
    if (criteria.kind !== "known") {
        return criteria.kind === "open" ? "open" : "no";
    }
    const verdicts = criteria.value.flatMap((criterion): readonly Reach[] => {
        const key = readText(task.properties, [...criterion, "key"]);
        if (key.kind !== "known" || key.value !== "WindowTargetIds") {
            return [reaches(graph, task, criterion, server)];
        }
        const ids = readElements(task.properties, [...criterion, "values"]);
        if (ids.kind !== "known") {
            return [ids.kind === "open" ? "open" : "no"];
        }
        return ids.value.flatMap((path): readonly Reach[] => {
            const target = graph.reference(task, path, [TypeToken.MaintenanceWindowTarget]);
            return target.kind === "resources"
                ? target.resources.map((found) => reaches(graph, found, ["targets"], server))
                : ["open"];
        });
    });
    return some(verdicts);
}
