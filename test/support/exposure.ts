import { GraphIndex } from "../../policy-pack/graph/graph-index";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { buildScope } from "../../policy-pack/graph/scope";
import { exposureOf } from "../../policy-pack/exposure";
import type { Exposure } from "../../catalog/records/judged-stack";
import { testProject, testStack } from "./resources";

/** The exposure of a stack of these resources. */
export function exposure(...resources: readonly RegisteredResource[]): Exposure {
    const graph = new GraphIndex(resources, testProject, testStack);
    return exposureOf(graph, buildScope(graph), String);
}

/** Its network paths as lines `in tcp/8200 10.0.0.0/8 open: chain`; URNs are shortened to names. */
export function pathLines(...resources: readonly RegisteredResource[]): readonly string[] {
    return exposure(...resources).paths.map((path) => {
        const { direction, protocol, fromPort, toPort, peer, verdict, chain } = path;
        const name = peer.slice(peer.lastIndexOf(":") + 1);
        const shown = peer.startsWith("urn:") ? name : peer;
        return `${direction} ${protocol}/${fromPort}-${toPort} ${shown} ${verdict}: ${chain.join(" ← ")}`;
    });
}

/** Its access as lines `principal action resource verdict if condition with demands`; URNs are shortened to names. */
export function accessLines(...resources: readonly RegisteredResource[]): readonly string[] {
    return exposure(...resources).access.map((path) => {
        const name = (urn: string): string => urn.split("::").at(-1) ?? "";
        const principal = path.principal.startsWith("urn:") ? name(path.principal) : path.principal;
        const condition = path.condition === "" ? "" : ` if ${path.condition}`;
        const demands = path.requires === undefined ? "" : ` with ${path.requires.join(", or ")}`;
        return `${principal} ${path.action} ${name(path.resource)} ${path.verdict}${condition}${demands}`;
    });
}
