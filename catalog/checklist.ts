import type { Checklist } from "./checklist/checklist";
import { renderCsv } from "./checklist/csv";
import { renderHtml } from "./checklist/html";
import { renderJson } from "./checklist/json";
import { renderMarkdown } from "./checklist/markdown";

/** Forms of the checklist: the document that the article asks for. */
export const checklistFormats = ["markdown", "csv", "json", "html"] as const;
export type ChecklistFormat = (typeof checklistFormats)[number];

const renderers: Readonly<Record<ChecklistFormat, (checklist: Checklist) => string>> = {
    markdown: renderMarkdown,
    csv: renderCsv,
    json: renderJson,
    html: renderHtml,
};

/** Writes the checklist in one form. The same checklist gives the same text. */
export function renderChecklist(checklist: Checklist, format: ChecklistFormat): string {
    return renderers[format](checklist);
}
