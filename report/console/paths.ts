import type { NetworkPath } from "../../catalog/records/judged-stack";
import { groupBy } from "../group-by";
import { nameOf } from "../urn";
import { rowTable } from "./row-table";
import { counted, printable, wrap } from "./text";

/** Writes network paths as one table for each server, followed under each line by the chain that opens it. */
export function writePaths(paths: readonly NetworkPath[], width: number): string {
    if (paths.length === 0) {
        return "No network path into or out of a key server was found.\n";
    }
    const open = paths.filter(({ verdict }) => verdict === "indeterminate").length;
    const servers = groupBy(paths, ({ server }) => server);
    const sections = [...servers].map(([server, theirs]) => [
        printable(server.startsWith("urn:") ? nameOf(server) : server),
        ...rowTable(
            ["", "peer", "traffic", "verdict"],
            theirs.map(({ direction, peer, verdict, chain, ...traffic }) => ({
                cells: [direction, nameOf(peer), trafficOf(traffic), verdict],
                note: chain.slice(1).join(" ← "),
            })),
            width,
        ),
    ]);
    const total = `${counted(paths.length, "path")} of ${counted(servers.size, "key server")}, ${open} indeterminate.`;
    return `${[...sections, wrap(total, width, "")].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function trafficOf({
    protocol,
    fromPort,
    toPort,
}: Pick<NetworkPath, "protocol" | "fromPort" | "toPort">): string {
    return fromPort < 0 || protocol === "all"
        ? protocol
        : fromPort === toPort
          ? `${protocol}/${fromPort}`
          : `${protocol}/${fromPort}-${toPort}`;
}
