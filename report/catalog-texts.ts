import type { Control } from "../catalog/control";
import type { PolicyRecord } from "../catalog/policy";

/** What a report takes from the catalog: texts for people and ids of standards. Its findings and states come from the judged stack. */
export interface CatalogTexts {
    readonly policies: readonly PolicyRecord[];
    readonly controls: readonly Control[];
    /** The paragraphs of the article, in its order. */
    readonly paragraphs: readonly ParagraphTitle[];
}

export interface ParagraphTitle {
    readonly id: string;
    readonly title: string;
}
