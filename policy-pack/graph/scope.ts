import type { GraphIndex } from "./graph-index";
import { Links, reach } from "./links";
import { markOf, typeChain } from "./marks";
import type { RegisteredResource } from "./resource";
import { networkTypes, sharesWith } from "./sharing";
import { isCompute } from "./type-families";
import { matchesUrn } from "../../catalog/exemptions/urn-pattern";

/** Which resources are judged as a key server's. */
export interface Scope {
    readonly mode: ScopeMode;
    /** The key servers themselves: instances, launch templates, Auto Scaling groups. */
    readonly keyServers: readonly RegisteredResource[];
    /** Whether a resource is a key server, or something that a key server depends on or shares. */
    includes(resource: RegisteredResource): boolean;
}

export const scopeModes = ["auto", "all", "marked"] as const;
export type ScopeMode = (typeof scopeModes)[number];

export interface ScopeOptions {
    readonly mode: ScopeMode;
    /** URN patterns of key servers that carry no mark; `*` stands for any run of characters except `::`. */
    readonly keyServers: readonly string[];
}

export const defaultScope: ScopeOptions = { mode: "auto", keyServers: [] };

/**
 * Recognises the key servers of a stack. `all`: every machine. `auto`: the marked ones; where nothing is marked, every machine.
 * `marked`: the marked ones. A machine without a mark that shares a network, a role or a key with a marked one is a key server as
 * well; in `auto`, so is one that cannot be shown to be apart, and resources that belong to no machine are judged.
 */
export function buildScope(graph: GraphIndex, options: ScopeOptions = defaultScope): Scope {
    const machines = graph.resources.filter((resource) => isCompute(resource.type));
    const named = (resource: RegisteredResource): boolean =>
        options.keyServers.some((pattern) => matchesUrn(pattern, resource.urn));
    const marks = new Map(
        machines.map((machine) => [
            machine,
            named(machine) ? ("marked" as const) : markOf(machine, graph),
        ]),
    );
    const marked = machines.filter((machine) => marks.get(machine) === "marked");
    if (options.mode === "all" || (options.mode === "auto" && marked.length === 0)) {
        return { mode: options.mode, keyServers: machines, includes: () => true };
    }
    const links = new Links(graph);
    const shares = sharesWith(marked, links, options.mode === "auto");
    const keyServers = machines.filter((machine) => {
        const mark = marks.get(machine);
        return mark === "marked" || mark === "unknown" || shares(machine);
    });
    const apart = new Set(machines);
    keyServers.forEach((server) => apart.delete(server));
    const theirs = belongings(keyServers, links, apart);
    const others =
        options.mode === "marked" ? undefined : belongings([...apart], links, new Set(keyServers));
    return {
        mode: options.mode,
        keyServers,
        includes: (resource) =>
            theirs.has(resource) ||
            isOurs(resource) ||
            (others !== undefined && !others.has(resource)),
    };
}

/**
 * Whether a resource is there for key servers as far as the stack shows: the stack has some, a component of ours made the resource, or the
 * configuration says that everything is (`all`). What only key servers need is not asked of others.
 */
export function servesKeyServers(scope: Scope, resource: RegisteredResource): boolean {
    return (
        scope.includes(resource) &&
        (scope.mode === "all" || scope.keyServers.length > 0 || isOurs(resource))
    );
}

/** What machines depend on, what is attached to that, and what the attachments bring, short of other machines and their networks. */
function belongings(
    machines: readonly RegisteredResource[],
    links: Links,
    foreign: ReadonlySet<RegisteredResource>,
): ReadonlySet<RegisteredResource> {
    const isForeign = (resource: RegisteredResource): boolean => foreign.has(resource);
    const needed = reach(machines, links.from, isForeign);
    const attached = reach(needed, links.to, isForeign);
    return reach(
        attached,
        links.from,
        (resource) =>
            isForeign(resource) || (networkTypes.has(resource.type) && !needed.has(resource)),
    );
}

function isOurs(resource: RegisteredResource): boolean {
    return typeChain(resource.urn).some((type) => type.startsWith("keyward:index:"));
}
