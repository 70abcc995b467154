import { readSchedule, type Schedule } from "../../aws/schedule/occurrences";
import { TypeToken } from "../../aws/type-tokens";
import { noScan } from "../../patching/plan-record";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { reaches } from "../reading/targets";
import { readText } from "../reading/values";

/** Associations that scan for missing patches. */
export function scansOf(graph: GraphIndex): readonly RegisteredResource[] {
    return graph.ofType(TypeToken.SsmAssociation).filter(({ properties }) => {
        const name = readText(properties, ["name"]);
        const operation = readText(properties, ["parameters", "Operation"]);
        return (
            name.kind === "known" &&
            /(^|\/)AWS-RunPatchBaseline(Association)?$/.test(name.value) &&
            (operation.kind !== "known" || operation.value === "Scan")
        );
    });
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
