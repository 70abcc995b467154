import { markdownTable as table, markdownText as text } from "../markdown-text";
import { standards } from "../references";
import type { Checklist, ChecklistEntry, ChecklistSection } from "./checklist";
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

/** Writes the checklist as GitHub's markdown: one table a paragraph, then the values with their sources. */
export function renderMarkdown(checklist: Checklist): string {
    const parts = [
        `# ${checklistTitle}`,
        checklistIntroduction,
        `Standards: ${standards.map(({ title, url }) => `[${title}](${url})`).join("; ")}.`,
        ...checklist.sections.map(renderSection),
        "## Values and their sources",
        table(
            ["Id", "Value of", "Value", "May be", "Source"],
            checklist.parameters.map((known) => [
                [`\`${known.id}\``],
                [text(known.title)],
                [text(valueText(known))],
                [text(choiceText(known))],
                [text(known.source)],
            ]),
        ),
    ];
    return `${parts.join("\n\n")}\n`;
}

function renderSection({ paragraph, controls }: ChecklistSection): string {
    const rows = table(
        ["Control", "Requirement", "Values", "Standards", "Seen to"],
        controls.map(cells),
    );
    return `## ${text(paragraph.title)}\n\n${text(paragraph.asks)}\n\n${rows}`;
}

function cells({ control, parameters, state }: ChecklistEntry): readonly (readonly string[])[] {
    const lines = (texts: readonly string[]): readonly string[] =>
        texts.filter((line) => line !== "").map(text);
    return [
        [`**${text(control.title)}**`, `\`${control.id}\``, control.severity],
        lines([control.requirement, systemsText(control)]),
        lines(parameters.map((known) => `${known.title}: ${valueText(known)}`)),
        lines(referenceLines(control)),
        lines([...enforcementLines(control.enforcement), stateText(state)]),
    ];
}
