import { paragraphs, type Paragraph } from "../catalog/article";
import type { Control } from "../catalog/control";
import { controls } from "../catalog/controls";
import type { PolicyRecord } from "../catalog/policy";
import { policyRecords } from "../catalog/policies";

/** What a report takes from the catalog: texts for people and ids of standards. Its findings and states come from the judged stack. */
export interface CatalogTexts {
    readonly policies: readonly PolicyRecord[];
    readonly controls: readonly Control[];
    readonly paragraphs: readonly Paragraph[];
}

/** The texts of Keyward's own catalog. */
export const catalogTexts: CatalogTexts = { policies: policyRecords, controls, paragraphs };
