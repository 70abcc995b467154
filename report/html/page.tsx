import type { JSX } from "preact";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { CatalogTexts } from "../catalog-texts";
import { Drawing } from "./drawing/drawing";
import { NodePanel } from "./drawing/node-panel";
import type { PageData } from "./page-data";
import { FindingsExplorer } from "./parts/findings-explorer";
import { ResourceList } from "./parts/resource-list";
import { Section } from "./parts/table";
import { ByStandard } from "./sections/by-standard";
import { Controls } from "./sections/controls";
import { CoverageTables } from "./sections/coverage";
import { Exemptions } from "./sections/exemptions";
import { ExposureTables } from "./sections/exposure";
import { Patches } from "./sections/patches";
import { Policies } from "./sections/policies";
import { Summary } from "./sections/summary";

const sections: readonly (readonly [id: string, title: string])[] = [
    ["summary", "Summary"],
    ["drawing", "Deployment"],
    ["findings", "Findings"],
    ["standards", "By paragraph and standard"],
    ["controls", "Controls"],
    ["policies", "Policies"],
    ["exposure", "Exposure"],
    ["patches", "Patches"],
    ["exemptions", "Exemptions"],
    ["coverage", "Coverage and assumptions"],
    ["resources", "Resources"],
];

/** Kinds of lines of the drawing with what they say; the first two are shown at first. */
const lineKinds = {
    allows: "may reach",
    "logs-to": "logs to",
    encrypts: "encrypts",
    attached: "attached to",
    alarms: "alarms",
    "backs-up": "backs up",
} as const;

/** The body of the page. What `data-island` marks comes to life in the browser; all of it can be read without. */
export function Page(properties: {
    report: JudgedStack;
    texts: CatalogTexts;
    data: PageData;
}): JSX.Element {
    const { report, texts, data } = properties;
    const still = { data, state: {}, change: () => undefined, isPrinting: false };
    return (
        <>
            <a class="skip" href="#findings">
                Skip to the findings
            </a>
            <header class="masthead">
                <p class="product">Keyward</p>
                <h1>
                    {report.project} <span class="slash">/</span> {report.stack}
                </h1>
                <p class="when">judged as of {report.evaluatedAt}</p>
            </header>
            <nav class="contents" aria-label="Sections">
                <ul>
                    {sections.map(([id, title]) => (
                        <li key={id}>
                            <a href={`#${id}`}>{title}</a>
                        </li>
                    ))}
                </ul>
            </nav>
            <main>
                <Summary report={report} />
                <Deployment report={report} still={still} />
                <Section id="findings" title={`Findings (${report.findings.length})`}>
                    <noscript>
                        <p>
                            Without scripts this page shows the {Math.min(50, data.findings.length)}{" "}
                            worst findings; the JSON report holds all of them.
                        </p>
                    </noscript>
                    <div data-island="findings">
                        <FindingsExplorer {...still} />
                    </div>
                </Section>
                <ByStandard report={report} texts={texts} />
                <Controls report={report} texts={texts} />
                <Policies report={report} />
                <ExposureTables report={report} />
                <Patches plan={report.patchPlan} />
                <Exemptions report={report} />
                <CoverageTables report={report} />
                <Section id="resources" title={`Resources of the drawing (${data.nodes.length})`}>
                    <div data-island="resources">
                        <ResourceList {...still} />
                    </div>
                </Section>
            </main>
            <footer>
                <p>
                    Made by Keyward from a JSON report of version {report.schemaVersion}. This page
                    holds everything it shows and asks nobody for anything.
                </p>
            </footer>
        </>
    );
}

function Deployment(properties: {
    report: JudgedStack;
    still: Parameters<typeof NodePanel>[0];
}): JSX.Element {
    const { report, still } = properties;
    if (report.topology.nodes.length === 0) {
        return (
            <Section id="drawing" title="Deployment">
                <p>The report holds nothing to draw.</p>
            </Section>
        );
    }
    return (
        <Section id="drawing" title="Deployment">
            <fieldset class="line-kinds">
                <legend>Lines</legend>
                {Object.entries(lineKinds).map(([kind, words], index) => (
                    <label key={kind} class={`key-${kind}`}>
                        <input
                            type="checkbox"
                            name="lines"
                            value={kind}
                            defaultChecked={index < 2}
                        />
                        {words}
                    </label>
                ))}
            </fieldset>
            <div class="deployment">
                <div class="canvas" role="region" aria-label="Drawing" tabIndex={0}>
                    <Drawing report={report} />
                </div>
                <aside aria-label="Chosen resource" aria-live="polite" data-island="resource">
                    <NodePanel {...still} />
                </aside>
            </div>
        </Section>
    );
}
