import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A registration as the recorded graphs of the tests hold it. References are `type::name`. */
export interface GraphResource {
    readonly type: string;
    readonly parent?: string;
}

const folder = join(__dirname, "..", "..", "test", "fixtures", "graphs");

/** What a cluster of three with every default registers, whatever it stands on included. */
export function readWholeStack(): readonly GraphResource[] {
    return read("whole-stack.preview");
}

/** What a component itself registers with its defaults: alone, or within the whole stack where it has no graph of its own. */
export function readChildren(component: string): readonly GraphResource[] {
    const own = component !== "KeyServerCluster" && existsSync(fileOf(`${component}.preview`));
    const graph = own ? read(`${component}.preview`) : readWholeStack();
    const [first] = graph.filter(({ parent }) =>
        parent?.startsWith(`keyward:index:${component}::`),
    );
    return graph.filter(({ parent }) => parent === first?.parent && parent !== undefined);
}

function read(name: string): readonly GraphResource[] {
    return JSON.parse(readFileSync(fileOf(name), "utf8")) as readonly GraphResource[];
}

function fileOf(name: string): string {
    return join(folder, `${name}.json`);
}
