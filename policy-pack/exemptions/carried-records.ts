import type { GraphIndex } from "../graph/graph-index";
import { peek, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { holdsUnknown } from "../graph/wire-resource";
import type { Observation } from "../rules/rule";
import { readExemption, type ReadExemption } from "./read-exemptions";

const clusterType = "keyward:index:KeyServerCluster";
const property = "exemptions";

/** A record as clusters carry it: several may carry the same. */
export interface CarriedRecord {
    readonly read: ReadExemption;
    readonly path: PropertyPath;
    readonly clusters: RegisteredResource[];
}

/** The exemptions that clusters carry to their servers, each once, and doubts about those that cannot be read. */
export function carriedRecords(graph: GraphIndex): {
    readonly records: readonly CarriedRecord[];
    readonly doubts: readonly Observation[];
} {
    const records = new Map<string, CarriedRecord>();
    const doubts: Observation[] = [];
    for (const resource of graph.ofType(clusterType)) {
        const found = peek(resource.properties, [property]);
        if (found.kind === "absent") {
            continue;
        }
        if (found.kind === "unknown" || found.secret || !Array.isArray(found.value)) {
            doubts.push(unreadable(resource, [property]));
            continue;
        }
        const list: readonly unknown[] = found.value;
        for (const [index, record] of list.entries()) {
            const path = [property, index];
            if (holdsUnknown(record)) {
                doubts.push(unreadable(resource, path));
                continue;
            }
            const key = JSON.stringify(record);
            const same = records.get(key);
            if (same !== undefined && !same.clusters.includes(resource)) {
                same.clusters.push(resource);
            } else {
                records.set(same === undefined ? key : `${key} ${resource.urn} ${index}`, {
                    read: readExemption(record, `${property}[${index}]`),
                    path,
                    clusters: [resource],
                });
            }
        }
    }
    return { records: [...records.values()], doubts };
}

function unreadable(resource: RegisteredResource, path: PropertyPath): Observation {
    return {
        verdict: "indeterminate",
        resource,
        path,
        message:
            "exemptions from host checks are not known before deployment, or secret: nobody can tell what the servers are not held to",
    };
}
