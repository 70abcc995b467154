import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import MarkdownIt from "markdown-it";
import { paragraphs } from "../../../catalog/article";
import { checklistFormats, renderChecklist } from "../../../catalog/checklist";
import { buildChecklist } from "../../../catalog/checklist/checklist";
import { controls } from "../../../catalog/controls";
import { parameters } from "../../../catalog/parameters";
import { smallChecklist } from "./small-checklist";

const whole = buildChecklist({ paragraphs, controls, parameters });

describe("the checklist", () => {
    it("groups controls by paragraph and names the parameters that they use", () => {
        assert.deepEqual(
            smallChecklist.sections.map(({ paragraph, controls: entries }) => [
                paragraph.id,
                entries.map(({ control }) => control.id),
            ]),
            [
                ["logs", ["logs-kept", "logs-reviewed"]],
                ["more", ["later"]],
            ],
        );
        assert.deepEqual(
            smallChecklist.parameters.map(({ id }) => id),
            ["logDays", "logPorts"],
        );
    });

    it("holds every control of the catalog once", () => {
        const ids = whole.sections.flatMap((section) =>
            section.controls.map(({ control }) => control.id),
        );
        assert.deepEqual([...ids].sort(), controls.map(({ id }) => id).sort());
    });

    for (const format of checklistFormats) {
        it(`names every control in ${format}, and is the same each time`, () => {
            const text = renderChecklist(whole, format);
            assert.deepEqual(
                controls.map(({ id }) => id).filter((id) => !text.includes(id)),
                [],
            );
            assert.equal(renderChecklist(whole, format), text);
        });
    }
});

describe("the checklist as markdown", () => {
    it("has one table a paragraph, then the values, and no text becomes markup", () => {
        assert.equal(
            renderChecklist(smallChecklist, "markdown"),
            String.raw`# Hardening checklist for key servers

What must be true of a key server, why, with which values, and what sees to it. Values may be tightened freely and loosened within their bounds.

Standards: [NIST SP 800-130](https://doi.org/10.6028/NIST.SP.800-130); [NIST SP 800-53 revision 5](https://doi.org/10.6028/NIST.SP.800-53r5); [PCI DSS 4.0.1](https://www.pcisecuritystandards.org/document_library/); [CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8](https://www.cisecurity.org/).

## Logs \*all\*

Keep \<b\>logs\</b\>.

| Control | Requirement | Values | Standards | Seen to |
| --- | --- | --- | --- | --- |
| **Logs \| are \<kept\>**<br>§logs-kept§<br>high | Logs \& "records" stay.<br>debian-12, debian-13 | Retention: at least 365 days<br>Ports: 514, 6514 | SP 800-130: 8.10, 8.12<br>SP 800-53: AU-11<br>PCI DSS: 10.5.1<br>CIS: AL2023 5.1.2 | Set by: KeyServerAuditLog<br>Judged by: log-kept<br>Applied and audited on the host by: journal-kept |
| **Logs are reviewed**<br>§logs-reviewed§<br>low | =SUM\(A1\) is text. |  | SP 800-130: 8.11 | Done by people every 30 days. Evidence: Notes<br>Overdue since 2026-11-01 |

## More

Do more.

| Control | Requirement | Values | Standards | Seen to |
| --- | --- | --- | --- | --- |
| **Later**<br>§later§<br>medium | Comes later. |  | SP 800-130: 8.4l | Planned: not written yet |

## Values and their sources

| Id | Value of | Value | May be | Source |
| --- | --- | --- | --- | --- |
| §logDays§ | Retention | at least 365 days | from 365 to 3653 | PCI DSS 4.0.1 10.5.1 |
| §logPorts§ | Ports | 514, 6514 | may gain elements | A list |
`.replaceAll("§", "`"),
        );
    });

    it("reads as the same texts for a reader of markdown", () => {
        const tokens = new MarkdownIt({ html: true }).parse(
            renderChecklist(smallChecklist, "markdown"),
            {},
        );
        const texts = tokens
            .flatMap((token) => token.children ?? [])
            .filter(({ type }) => type === "text");
        const html = tokens
            .flatMap((token) => token.children ?? [])
            .filter(({ type }) => type === "html_inline");
        assert.deepEqual([...new Set(html.map(({ content }) => content))], ["<br>"]);
        const all = texts.map(({ content }) => content).join("");
        assert.ok(all.includes("Logs | are <kept>"), all);
        assert.ok(all.includes("Logs *all*"), all);
    });

    it("gives every row as many cells as its heading", () => {
        const rows = new MarkdownIt({ html: true })
            .parse(renderChecklist(whole, "markdown"), {})
            .filter(({ type }) => ["tr_open", "td_open", "th_open"].includes(type))
            .map(({ type }) => (type === "tr_open" ? "\n" : "x"))
            .join("")
            .trim()
            .split("\n");
        assert.deepEqual(
            rows.filter((row) => row !== "xxxxx"),
            [],
        );
        assert.equal(
            rows.length,
            controls.length + whole.parameters.length + paragraphs.length + 1,
        );
    });
});

describe("the checklist as CSV", () => {
    it("has one line a control, CRLF line ends, quotes where needed, and no formulas", () => {
        assert.equal(
            renderChecklist(smallChecklist, "csv"),
            [
                'paragraph,paragraph title,control,title,requirement,severity,values,NIST SP 800-130,NIST SP 800-53 revision 5,PCI DSS 4.0.1,"CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8",operating systems,components,policies,host checks,period in days,evidence,planned,state',
                'logs,Logs *all*,logs-kept,Logs | are <kept>,"Logs & ""records"" stay.",high,"Retention: at least 365 days\nPorts: 514, 6514","8.10, 8.12",AU-11,10.5.1,AL2023 5.1.2,"debian-12, debian-13",KeyServerAuditLog,log-kept,journal-kept,,,,',
                "logs,Logs *all*,logs-reviewed,Logs are reviewed,'=SUM(A1) is text.,low,,8.11,,,,,,,,30,Notes,,Overdue since 2026-11-01",
                "more,More,later,Later,Comes later.,medium,,8.4l,,,,,,,,,,not written yet,",
                "",
            ].join("\r\n"),
        );
    });

    it("is read by another program as one record a control", () => {
        const records: unknown[] = parse(renderChecklist(whole, "csv"), { columns: true });
        assert.equal(records.length, controls.length);
    });
});

describe("the checklist as JSON", () => {
    it("holds the catalog's records by paragraph", () => {
        const document: unknown = JSON.parse(renderChecklist(smallChecklist, "json"));
        const [logs, more] = smallChecklist.sections;
        assert.deepEqual(document, {
            schemaVersion: "1",
            title: "Hardening checklist for key servers",
            standards: [
                {
                    field: "nist800130",
                    title: "NIST SP 800-130",
                    url: "https://doi.org/10.6028/NIST.SP.800-130",
                },
                {
                    field: "nist80053",
                    title: "NIST SP 800-53 revision 5",
                    url: "https://doi.org/10.6028/NIST.SP.800-53r5",
                },
                {
                    field: "pciDss",
                    title: "PCI DSS 4.0.1",
                    url: "https://www.pcisecuritystandards.org/document_library/",
                },
                {
                    field: "cis",
                    title: "CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8",
                    url: "https://www.cisecurity.org/",
                },
            ],
            paragraphs: [
                {
                    ...logs?.paragraph,
                    controls: [
                        logs?.controls[0]?.control,
                        { ...logs?.controls[1]?.control, state: logs?.controls[1]?.state },
                    ],
                },
                { ...more?.paragraph, controls: [more?.controls[0]?.control] },
            ],
            parameters: smallChecklist.parameters,
        });
    });

    it("ends with a line end", () => {
        assert.ok(renderChecklist(smallChecklist, "json").endsWith("}\n"));
    });
});

describe("the checklist as HTML", () => {
    const page = renderChecklist(smallChecklist, "html");
    const body = page.slice(page.indexOf("<main>"));

    it("shows each control as a row with its texts escaped", () => {
        assert.ok(
            body.includes(
                '<tr id="logs-kept"><th scope="row"><p>Logs | are &lt;kept></p><code>logs-kept</code> <span class="severity severity-high">high</span></th>' +
                    "<td><p>Logs &amp; &quot;records&quot; stay.</p><p>debian-12, debian-13</p></td>" +
                    "<td><p>Retention: at least 365 days</p><p>Ports: 514, 6514</p></td>" +
                    "<td><p>SP 800-130: 8.10, 8.12</p><p>SP 800-53: AU-11</p><p>PCI DSS: 10.5.1</p><p>CIS: AL2023 5.1.2</p></td>" +
                    "<td><p>Set by: KeyServerAuditLog</p><p>Judged by: log-kept</p><p>Applied and audited on the host by: journal-kept</p></td></tr>",
            ),
            body,
        );
        assert.ok(body.includes("<p>Keep &lt;b>logs&lt;/b>.</p>"), body);
    });

    it("marks planned controls and the state of manual ones", () => {
        assert.ok(body.includes('<td class="planned"><p>Planned: not written yet</p></td>'), body);
        assert.ok(
            body.includes('<p class="state state-overdue">Overdue since 2026-11-01</p>'),
            body,
        );
    });

    it("loads and runs nothing, and allows its one style by its hash", () => {
        const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
        const hash = createHash("sha256").update(style).digest("base64");
        assert.ok(
            page.includes(
                `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
            ),
        );
        assert.doesNotMatch(page, /<script|<link|<img|<iframe|\sstyle=|\son\w+=|url\(/);
    });

    it("has a target for every link of its contents", () => {
        const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
        assert.deepEqual(links, ["logs", "more"]);
        assert.deepEqual(
            links.filter((id) => !page.includes(` id="${id}"`)),
            [],
        );
    });

    it("uses no id twice", () => {
        const text = renderChecklist(whole, "html");
        const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
        assert.deepEqual(
            ids.filter((id, index) => ids.indexOf(id) !== index),
            [],
        );
    });
});
