import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack, TopologyEdge, TopologyNode } from "../../catalog/records/judged-stack";
import { standards } from "../../catalog/references";
import type { CatalogTexts } from "../catalog-texts";
import { worstFirst } from "../worst-first";

/** What the page's script works on; it travels inside the page as JSON. */
export interface PageData {
    /** Worst first. */
    readonly findings: readonly Finding[];
    readonly nodes: readonly TopologyNode[];
    readonly edges: readonly TopologyEdge[];
    readonly policyTitles: Readonly<Record<string, string>>;
    readonly paragraphTitles: Readonly<Record<string, string>>;
    readonly controls: Readonly<Record<string, ControlView>>;
    /** End dates by exemption id. */
    readonly expiries: Readonly<Record<string, string>>;
}

/** What a finding needs of a control. */
interface ControlView {
    readonly title: string;
    readonly paragraph: string;
    /** Ids of standards, each with the standard's field: `pciDss 6.3.3`. */
    readonly references: readonly string[];
}

/** Gathers what the page's script needs from a report and the catalog. */
export function gatherPageData(report: JudgedStack, texts: CatalogTexts): PageData {
    const references = new Map(
        texts.controls.map((control) => [
            control.id,
            standards.flatMap(({ field }) =>
                control.references[field].map((id) => `${field} ${id}`),
            ),
        ]),
    );
    return {
        findings: worstFirst(report.findings),
        nodes: report.topology.nodes,
        edges: report.topology.edges,
        policyTitles: Object.fromEntries(
            report.policies.map(({ name, displayName }) => [name, displayName]),
        ),
        paragraphTitles: Object.fromEntries(texts.paragraphs.map(({ id, title }) => [id, title])),
        controls: Object.fromEntries(
            report.controls.map(({ id, title, paragraph }) => [
                id,
                { title, paragraph, references: references.get(id) ?? [] },
            ]),
        ),
        expiries: Object.fromEntries(report.exemptions.map(({ id, expires }) => [id, expires])),
    };
}
