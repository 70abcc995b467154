import { readFileSync } from "node:fs";
import { InputError } from "../../catalog/records/input-error";
import { refuseNothing } from "./nothing-to-judge";
import { readDeployment, type DeploymentGraph } from "../../policy-pack/graph/deployment";

/** The largest state that is read. */
const largestStateBytes = 512 * 1024 * 1024;

/**
 * Reads an exported stack or a saved graph; `-` is standard input. Throws `InputError`: the file cannot be read, is no state, or holds
 * no resource, because a state in which there is nothing to judge is not a clean one.
 */
export function readGraphFile(file: string): DeploymentGraph {
    const name = file === "-" ? "standard input" : file;
    const graph = parseGraph(readBytes(file, name), name);
    refuseNothing(
        graph.resources,
        `${name}: the state holds`,
        "export a stack that is deployed (pulumi stack export)",
    );
    return graph;
}

/** Reads the bytes of a state. Throws `InputError`. */
export function parseGraph(bytes: Uint8Array, name: string): DeploymentGraph {
    try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
        return readDeployment(JSON.parse(text));
    } catch (error) {
        if (error instanceof InputError) {
            throw new InputError(error.problems.map((problem) => `${name}: ${problem}`));
        }
        const reason =
            error instanceof SyntaxError
                ? `it is not JSON (${error.message})`
                : error instanceof TypeError
                  ? "it is not UTF-8 text"
                  : String(error);
        throw new InputError([
            `${name}: ${reason}; give what \`pulumi stack export\` or \`keyward preview --graph\` wrote`,
        ]);
    }
}

function readBytes(file: string, name: string): Uint8Array {
    let bytes: Uint8Array;
    try {
        bytes = readFileSync(file === "-" ? 0 : file);
    } catch (error) {
        throw new InputError([
            `cannot read the state ${name}: ${error instanceof Error ? error.message : String(error)}`,
        ]);
    }
    if (bytes.length > largestStateBytes) {
        throw new InputError([
            `${name}: the state has ${bytes.length} bytes; at most ${largestStateBytes} are read`,
        ]);
    }
    return bytes;
}
