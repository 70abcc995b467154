import { standards } from "../references";
import type { Checklist } from "./checklist";
import { checklistTitle } from "./texts";

/**
 * Writes the checklist as JSON with a line end: `schemaVersion`, `title`, `standards`, `paragraphs` with their `controls`
 * (the catalog's records, `state` beside them where evidence was given), and `parameters`.
 */
export function renderJson(checklist: Checklist): string {
    const document = {
        schemaVersion: "1",
        title: checklistTitle,
        standards: standards.map(({ field, title, url }) => ({ field, title, url })),
        paragraphs: checklist.sections.map(({ paragraph, controls }) => ({
            ...paragraph,
            controls: controls.map(({ control, state }) => ({
                ...control,
                ...(state === undefined ? {} : { state }),
            })),
        })),
        parameters: checklist.parameters,
    };
    return `${JSON.stringify(document, undefined, 4)}\n`;
}
