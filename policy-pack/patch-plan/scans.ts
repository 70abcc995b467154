import { readSchedule, type Schedule } from "../../aws/schedule/occurrences";
import { TypeToken } from "../../aws/type-tokens";
import { noScan } from "../../patching/plan-record";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { parseDocument } from "../reading/document-content";
import { patchCommandOf } from "../reading/patch-commands";
import { stepsOf } from "../reading/patch-documents";
import { reaches } from "../reading/targets";
import { readText, valueAt } from "../reading/values";

/** Associations that scan for missing patches. */
export function scansOf(graph: GraphIndex): readonly RegisteredResource[] {
    return graph.ofType(TypeToken.SsmAssociation).filter((association) => {
        const { properties } = association;
        const own = graph.reference(association, ["name"], [TypeToken.SsmDocument]).resources;
        if (own.some(scansByShell)) {
            return true;
        }
        const name = readText(properties, ["name"]);
        const operation = readText(properties, ["parameters", "Operation"]);
        return (
            name.kind === "known" &&
            /(^|\/)AWS-RunPatchBaseline(Association)?$/.test(name.value) &&
            (operation.kind !== "known" || operation.value === "Scan")
        );
    });
}

/** Whether a document scans with Keyward's installer. */
function scansByShell({ properties }: RegisteredResource): boolean {
    return stepsOf(parseDocument(valueAt(properties, ["content"]))).some(
        (step) => patchCommandOf(step) === "scans",
    );
}

/** Schedule of the scan of a server; one that never comes when nothing readable scans it. */
export function scheduleOfScan(
    graph: GraphIndex,
    server: RegisteredResource | undefined,
): Schedule {
    for (const scan of scansOf(graph)) {
        const text = readText(scan.properties, ["scheduleExpression"]);
        const hits = server !== undefined && reaches(graph, scan, ["targets"], server) !== "no";
        if (hits && text.kind === "known") {
            try {
                return readSchedule(text.value);
            } catch {
                return noScan;
            }
        }
    }
    return noScan;
}
