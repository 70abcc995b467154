import { isPlainObject, wireMarks } from "../../policy-pack/graph/wire-values";
import { writeOutputFile, type OutputFile } from "../output-files";
import type { SavedResource } from "./saved-resource";

/**
 * Writes a graph in the shape of `pulumi stack export`: a version 3 deployment with the engine's marks. Secret values are left out, so
 * whoever reads the graph finds an unknown secret in their place.
 */
export function writeGraph(resources: readonly SavedResource[], asOf: Date): string {
    const deployment = {
        version: 3,
        deployment: {
            manifest: { time: asOf.toISOString(), magic: "", version: "keyward" },
            resources: resources.map((resource) => withoutSecrets(resource)),
        },
    };
    return `${JSON.stringify(deployment, undefined, 4)}\n`;
}

function withoutSecrets(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutSecrets);
    }
    if (!isPlainObject(value)) {
        return value;
    }
    if (value[wireMarks.signature] === wireMarks.secret) {
        return { [wireMarks.signature]: wireMarks.secret, ciphertext: "" };
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, withoutSecrets(each)]),
    );
}

/** Writes a graph to a file. Throws `InputError` when the system refuses. */
export function writeGraphFile(
    output: OutputFile,
    resources: readonly SavedResource[],
    asOf: Date,
): void {
    writeOutputFile(output, writeGraph(resources, asOf));
}
