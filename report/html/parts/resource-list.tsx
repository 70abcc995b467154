import type { JSX } from "preact";
import type { Finding } from "../../../catalog/records/finding";
import type { TopologyNode } from "../../../catalog/records/judged-stack";
import { groupBy } from "../../group-by";
import { nameOf } from "../../urn";
import type { PageData } from "../page-data";
import { pageOf, type ViewState } from "../state/view-state";
import { Badge, FindingsLink, StateLink } from "./badges";
import type { Reactive } from "./findings-explorer";
import { Pager, slicePage } from "./pager";
import { Table } from "./table";

/** Everything that the drawing shows, as a table: also what the drawing leaves out. */
export function ResourceList({ data, state, change, isPrinting }: Reactive): JSX.Element {
    const found = filterNodes(data, state);
    const { page, pages, rows } = slicePage(found, pageOf(state, "row"));
    const shown = isPrinting ? found.slice(0, 500) : rows;
    const own = findingsByUrn(data);
    return (
        <>
            <ResourceFilters data={data} state={state} change={change} />
            <p class="result" role="status">
                {found.length} of {data.nodes.length} resources
            </p>
            <Table
                caption="Resources"
                columns={["Resource", "Kind", "Inside", "Facts", "Worst", "Findings"]}
            >
                {shown.map((node) => (
                    <ResourceRow key={node.urn} node={node} findings={own.get(node.urn) ?? []} />
                ))}
            </Table>
            <Pager
                page={page}
                pages={pages}
                of="resources"
                go={(to) => change({ ...state, row: String(to) })}
            />
        </>
    );
}

function ResourceFilters({ data, state, change }: Omit<Reactive, "isPrinting">): JSX.Element {
    const kinds = [...new Set(data.nodes.map(({ kind }) => kind))].sort();
    return (
        <form
            class="filters"
            role="search"
            aria-label="Filters of resources"
            onSubmit={(event) => event.preventDefault()}
        >
            <label class="search">
                Search resources
                <input
                    type="search"
                    value={state.name ?? ""}
                    onInput={(event) =>
                        change({ ...state, name: event.currentTarget.value, row: "" })
                    }
                />
            </label>
            <label class="choice">
                Kind
                <select
                    value={state.kind ?? ""}
                    onChange={(event) =>
                        change({ ...state, kind: event.currentTarget.value, row: "" })
                    }
                >
                    <option value="">all</option>
                    {kinds.map((kind) => (
                        <option key={kind} value={kind}>
                            {kind}
                        </option>
                    ))}
                </select>
            </label>
        </form>
    );
}

function ResourceRow(properties: {
    node: TopologyNode;
    findings: readonly Finding[];
}): JSX.Element {
    const { node, findings } = properties;
    const [worst] = findings;
    return (
        <tr>
            <th scope="row">
                <StateLink state={{ at: "drawing", resource: node.urn }}>{node.name}</StateLink>
            </th>
            <td>{node.kind}</td>
            <td>{node.inside === "" ? "" : nameOf(node.inside)}</td>
            <td>
                {Object.entries(node.facts)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(", ")}
            </td>
            <td>
                {worst === undefined ? "" : <Badge kind={worst.severity}>{worst.severity}</Badge>}
            </td>
            <td class="number">
                <FindingsLink count={findings.length} state={{ on: node.urn }} of={node.name} />
            </td>
        </tr>
    );
}

function filterNodes({ nodes }: PageData, { name = "", kind = "" }: ViewState): TopologyNode[] {
    const wanted = name.toLowerCase();
    return nodes.filter(
        (node) =>
            (kind === "" || node.kind === kind) &&
            (wanted === "" ||
                [node.urn, node.inside, ...Object.values(node.facts)].some((text) =>
                    text.toLowerCase().includes(wanted),
                )),
    );
}

const grouped = new WeakMap<PageData, ReadonlyMap<string, readonly Finding[]>>();

/** The findings of every resource, worst first. */
export function findingsByUrn(data: PageData): ReadonlyMap<string, readonly Finding[]> {
    let groups = grouped.get(data);
    if (groups === undefined) {
        groups = groupBy(data.findings, ({ urn }) => urn);
        grouped.set(data, groups);
    }
    return groups;
}
