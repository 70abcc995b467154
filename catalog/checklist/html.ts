import { createHash } from "node:crypto";
import { h, type ComponentChild } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Parameter } from "../parameter";
import { standards } from "../references";
import type { Checklist, ChecklistEntry, ChecklistSection } from "./checklist";
import { style } from "./style";
import {
    checklistIntroduction,
    checklistTitle,
    choiceText,
    enforcementLines,
    referenceLines,
    stateText,
    systemsText,
    valueText,
} from "./texts";

/** Writes the checklist as one page for screen and paper that loads and runs nothing; every text is escaped. */
export function renderHtml(checklist: Checklist): string {
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
    const page = h("html", { lang: "en" }, [
        h("head", null, [
            h("meta", { charset: "utf-8" }),
            h("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
            h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
            h("title", null, checklistTitle),
            h("style", { dangerouslySetInnerHTML: { __html: style } }),
        ]),
        h("body", null, [
            h("header", null, header(checklist)),
            h("main", null, [
                ...checklist.sections.map(section),
                h("section", null, valuesSection(checklist.parameters)),
            ]),
        ]),
    ]);
    return `<!doctype html>\n${renderToString(page)}\n`;
}

function header(checklist: Checklist): ComponentChild[] {
    const links = standards.flatMap(({ title, url }, index) => [
        index === 0 ? "Standards: " : "; ",
        h("a", { href: url }, title),
    ]);
    const contents = checklist.sections.map(({ paragraph }) =>
        h("li", null, h("a", { href: `#${paragraph.id}` }, paragraph.title)),
    );
    return [
        h("h1", null, checklistTitle),
        h("p", null, checklistIntroduction),
        h("p", null, [...links, "."]),
        h("nav", { "aria-label": "Paragraphs" }, h("ol", null, contents)),
    ];
}

function section({ paragraph, controls }: ChecklistSection): ComponentChild {
    return h("section", { id: paragraph.id }, [
        h("h2", null, paragraph.title),
        h("p", null, paragraph.asks),
        table(
            paragraph.title,
            ["Control", "Requirement", "Values", "Standards", "Seen to"],
            controls.map(row),
        ),
    ]);
}

function row({ control, parameters, state }: ChecklistEntry): ComponentChild {
    const systems = systemsText(control);
    const { planned } = control.enforcement;
    return h("tr", { id: control.id }, [
        h("th", { scope: "row" }, [
            h("p", null, control.title),
            h("code", null, control.id),
            " ",
            h("span", { class: `severity severity-${control.severity}` }, control.severity),
        ]),
        h("td", null, lines([control.requirement, ...(systems === "" ? [] : [systems])])),
        h("td", null, lines(parameters.map((known) => `${known.title}: ${valueText(known)}`))),
        h("td", null, lines(referenceLines(control))),
        h("td", planned === undefined ? null : { class: "planned" }, [
            ...lines(enforcementLines(control.enforcement)),
            ...(state === undefined
                ? []
                : [h("p", { class: `state state-${state.state}` }, stateText(state))]),
        ]),
    ]);
}

function valuesSection(parameters: readonly Parameter[]): ComponentChild[] {
    const rows = parameters.map((known) =>
        h("tr", { id: known.id }, [
            h("th", { scope: "row" }, h("code", null, known.id)),
            ...[known.title, valueText(known), choiceText(known), known.source].map((cell) =>
                h("td", null, cell),
            ),
        ]),
    );
    const title = "Values and their sources";
    return [
        h("h2", null, title),
        table(title, ["Id", "Value of", "Value", "May be", "Source"], rows),
    ];
}

function table(
    label: string,
    headings: readonly string[],
    rows: readonly ComponentChild[],
): ComponentChild {
    const heads = headings.map((heading) => h("th", { scope: "col" }, heading));
    return h(
        "div",
        { class: "scroll", role: "region", "aria-label": label, tabIndex: 0 },
        h("table", null, [h("thead", null, h("tr", null, heads)), h("tbody", null, rows)]),
    );
}

function lines(texts: readonly string[]): ComponentChild[] {
    return texts.map((text) => h("p", null, text));
}
