import type { ReportingDescriptorRelationship, ToolComponent } from "sarif";
import { standards } from "../../catalog/references";
import type { CatalogTexts } from "../catalog-texts";

/** The standards that the catalog refers to, as SARIF taxonomies: rules point into them. */
export function buildTaxonomies({ controls }: CatalogTexts): ToolComponent[] {
    return standards.map((standard) => ({
        name: standard.title,
        informationUri: standard.url,
        shortDescription: { text: standard.title },
        isComprehensive: false,
        taxa: sortedUnique(controls.flatMap(({ references }) => references[standard.field])).map(
            (id) => ({ id }),
        ),
    }));
}

/** Points from the controls that a policy enforces to the ids of every standard. */
export function relationshipsOf(
    controlIds: readonly string[],
    { controls }: CatalogTexts,
): ReportingDescriptorRelationship[] {
    const enforced = controls.filter(({ id }) => controlIds.includes(id));
    return standards.flatMap((standard, index) =>
        sortedUnique(enforced.flatMap(({ references }) => references[standard.field])).map(
            (id) => ({
                target: { id, toolComponent: { name: standard.title, index } },
                kinds: ["relevant"],
            }),
        ),
    );
}

function sortedUnique(ids: readonly string[]): string[] {
    return [...new Set(ids)].sort();
}
