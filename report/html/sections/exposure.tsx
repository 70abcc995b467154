import type { JSX } from "preact";
import type { AccessPath, JudgedStack, NetworkPath } from "../../../catalog/records/judged-stack";
import { nameOf } from "../../urn";
import { Badge } from "../parts/badges";
import { CutNote, mostRows, Section, Table } from "../parts/table";

/** Who reaches a key server over the network, and who may do what. */
export function ExposureTables({ report }: { report: JudgedStack }): JSX.Element {
    const { paths, access } = report.exposure;
    return (
        <Section
            id="exposure"
            title="Exposure"
            lead="What the effective rules allow, worked out over the whole stack: not what single resources say."
        >
            <h3>Network paths ({paths.length})</h3>
            {paths.length === 0 ? (
                <p>No path to or from a key server was found.</p>
            ) : (
                <Table
                    caption="Network paths"
                    columns={["Server", "Direction", "Peer", "Port", "Verdict", "Through"]}
                >
                    {paths.slice(0, mostRows).map((path, index) => (
                        <PathRow key={index} path={path} />
                    ))}
                    <CutNote all={paths.length} columns={6} />
                </Table>
            )}
            <h3>Access ({access.length})</h3>
            {access.length === 0 ? (
                <p>No access was found.</p>
            ) : (
                <Table
                    caption="Access"
                    columns={["Principal", "Action", "Resource", "Verdict", "Condition", "Through"]}
                >
                    {access.slice(0, mostRows).map((path, index) => (
                        <AccessRow key={index} path={path} />
                    ))}
                    <CutNote all={access.length} columns={6} />
                </Table>
            )}
        </Section>
    );
}

function PathRow({ path }: { path: NetworkPath }): JSX.Element {
    const { server, direction, peer, chain, verdict } = path;
    return (
        <tr>
            <th scope="row">{nameOf(server)}</th>
            <td>{direction}</td>
            <td>
                <code>{nameOf(peer)}</code>
            </td>
            <td>{portsOf(path)}</td>
            <td>
                <Badge kind={verdict}>{verdict}</Badge>
            </td>
            <td>{chain.join(" ← ")}</td>
        </tr>
    );
}

function portsOf({ protocol, fromPort, toPort }: NetworkPath): string {
    const isAll = fromPort < 0 || (fromPort === 0 && toPort === 65535);
    const ports = isAll ? "all" : fromPort === toPort ? String(fromPort) : `${fromPort}–${toPort}`;
    return `${protocol}/${ports}`;
}

function AccessRow({ path }: { path: AccessPath }): JSX.Element {
    const { principal, action, resource, verdict, condition, chain } = path;
    return (
        <tr>
            <th scope="row">{nameOf(principal)}</th>
            <td class="action">
                <code>{action}</code>
            </td>
            <td>{nameOf(resource)}</td>
            <td>
                <Badge kind={verdict}>{verdict}</Badge>
            </td>
            <td>{condition}</td>
            <td>{chain.join(" ← ")}</td>
        </tr>
    );
}
