import type { Colors } from "picocolors/types";
import type { Finding } from "../../catalog/records/finding";
import type { FindingVerdict } from "../../catalog/records/verdict";
import { printable, shorten } from "./text";

/** What the table shows of a resource. */
export interface ListedResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly parent?: string;
}

/** Rows that are printed; a table of thousands says nothing. */
const mostRows = 120;

/** Children of one type that are shown one by one; more are counted. */
const mostAlike = 4;

interface Row {
    readonly prefix: string;
    readonly name: string;
    readonly type: string;
    readonly urns: readonly string[];
}

/** Draws the resources as a table of name, type and findings, in which children stand below their component. */
export function drawResources(
    resources: readonly ListedResource[],
    findings: readonly Finding[],
    width: number,
    colors: Colors,
): string[] {
    const rows = rowsOf(resources);
    const shown = rows.slice(0, mostRows);
    const verdicts = countByUrn(findings);
    const marksWidth = 12;
    const nameWidth = Math.min(
        Math.max(...shown.map(({ prefix, name }) => prefix.length + name.length), 8),
        Math.floor((width - marksWidth) * 0.5),
    );
    const typeWidth = width - marksWidth - nameWidth - 2;
    const lines = shown.map(({ prefix, name, type, urns }) => {
        const room = Math.max(nameWidth - prefix.length, 4);
        const label = shorten(printable(name), room).padEnd(room);
        const token = shorten(printable(type), typeWidth).padEnd(typeWidth);
        return `${colors.dim(prefix)}${label} ${colors.dim(token)} ${marksOf(urns, verdicts, colors)}`.trimEnd();
    });
    const left = rows.length - shown.length;
    return left === 0 ? lines : [...lines, colors.dim(`… and ${left} more lines`)];
}

function rowsOf(resources: readonly ListedResource[]): Row[] {
    const known = new Set(resources.map(({ urn }) => urn));
    const children = new Map<string, ListedResource[]>();
    for (const resource of resources) {
        const parent =
            resource.parent !== undefined && known.has(resource.parent) ? resource.parent : "";
        const siblings = children.get(parent) ?? [];
        siblings.push(resource);
        children.set(parent, siblings);
    }
    const rows: Row[] = [];
    const visited = new Set<string>();
    const visit = (urn: string, indent: string, top: boolean): void => {
        const groups = groupAlike(children.get(urn) ?? [], children);
        groups.forEach((group, index) => {
            const [first] = group;
            if (first === undefined || visited.has(first.urn)) {
                return;
            }
            visited.add(first.urn);
            const last = index === groups.length - 1;
            rows.push({
                prefix: top ? "" : `${indent}${last ? "└─ " : "├─ "}`,
                name: group.length === 1 ? first.name : `${group.length} of`,
                type: first.type,
                urns: group.map((each) => each.urn),
            });
            if (group.length === 1) {
                visit(first.urn, top ? "" : `${indent}${last ? "   " : "│  "}`, false);
            }
        });
    };
    visit("", "", true);
    return rows;
}

/** Many childless siblings of one type become one row, in the place of the first. */
function groupAlike(
    siblings: readonly ListedResource[],
    children: ReadonlyMap<string, readonly ListedResource[]>,
): ListedResource[][] {
    const byType = new Map<string, ListedResource[]>();
    const groups: ListedResource[][] = [];
    const leaves = siblings.filter(({ urn }) => !children.has(urn));
    const counts = new Map<string, number>();
    for (const { type } of leaves) {
        counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    for (const resource of siblings) {
        const alike = children.has(resource.urn) ? 0 : (counts.get(resource.type) ?? 0);
        const group = alike > mostAlike ? byType.get(resource.type) : undefined;
        if (group !== undefined) {
            group.push(resource);
            continue;
        }
        const started = [resource];
        groups.push(started);
        if (alike > mostAlike) {
            byType.set(resource.type, started);
        }
    }
    return groups;
}

type Counts = Readonly<Record<FindingVerdict, number>>;

function countByUrn(findings: readonly Finding[]): ReadonlyMap<string, Counts> {
    const counts = new Map<string, Record<FindingVerdict, number>>();
    for (const { urn, verdict } of findings) {
        const count = counts.get(urn) ?? { fail: 0, indeterminate: 0, exempt: 0 };
        count[verdict]++;
        counts.set(urn, count);
    }
    return counts;
}

function marksOf(
    urns: readonly string[],
    verdicts: ReadonlyMap<string, Counts>,
    colors: Colors,
): string {
    const sum = { fail: 0, indeterminate: 0, exempt: 0 };
    for (const urn of urns) {
        const counts = verdicts.get(urn);
        sum.fail += counts?.fail ?? 0;
        sum.indeterminate += counts?.indeterminate ?? 0;
        sum.exempt += counts?.exempt ?? 0;
    }
    return [
        sum.fail === 0 ? "" : colors.red(`✗${sum.fail}`),
        sum.indeterminate === 0 ? "" : colors.yellow(`?${sum.indeterminate}`),
        sum.exempt === 0 ? "" : colors.dim(`~${sum.exempt}`),
    ]
        .filter((mark) => mark !== "")
        .join(" ");
}
