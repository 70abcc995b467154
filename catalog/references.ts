import type { ControlReferences } from "./control";

/** A standard that controls cite. */
export interface Standard {
    readonly field: keyof ControlReferences;
    /** Name with edition. */
    readonly title: string;
    /** Name without edition, for tables. */
    readonly shortTitle: string;
    readonly url: string;
    /** What an id looks like. */
    readonly format: RegExp;
    readonly example: string;
}

/** The standards, primary grouping first. Titles of CIS recommendations are not repeated: their text is copyrighted. */
export const standards: readonly Standard[] = [
    {
        field: "nist800130",
        title: "NIST SP 800-130",
        shortTitle: "SP 800-130",
        url: "https://doi.org/10.6028/NIST.SP.800-130",
        format: /^(?:8\.4[a-l]|(?!8\.4$)(?:[2-9]|1[0-2])\.[1-9]\d{0,2})$/,
        example: "8.4a",
    },
    {
        field: "nist80053",
        title: "NIST SP 800-53 revision 5",
        shortTitle: "SP 800-53",
        url: "https://doi.org/10.6028/NIST.SP.800-53r5",
        format: /^(?:AC|AT|AU|CA|CM|CP|IA|IR|MA|MP|PE|PL|PM|PS|PT|RA|SA|SC|SI|SR)-[1-9]\d?(?:\([1-9]\d?\))?$/,
        example: "AC-6(5)",
    },
    {
        field: "pciDss",
        title: "PCI DSS 4.0.1",
        shortTitle: "PCI DSS",
        url: "https://www.pcisecuritystandards.org/document_library/",
        format: /^(?:[1-9]|1[0-2])(?:\.[1-9]\d?){1,4}$/,
        example: "6.3.3",
    },
    {
        field: "cis",
        title: "CIS Amazon Linux 2023 1.0.0, CIS Debian 12 1.1.0, CIS Controls 8",
        shortTitle: "CIS",
        url: "https://www.cisecurity.org/",
        format: /^(?:(?:AL2023|Debian12) [1-9]\d?(?:\.[1-9]\d?){0,4}|Controls8 (?:[1-9]|1[0-8])\.[1-9]\d?)$/,
        example: "AL2023 2.2.13",
    },
];

/** What is wrong with the ids that a control cites; empty when nothing is. */
export function problemsOfReferences(references: ControlReferences): readonly string[] {
    const malformed = standards.flatMap(({ field, title, format, example }) =>
        references[field]
            .filter((id) => !format.test(id))
            .map((id) => `"${id}" is no id of ${title}, such as "${example}"`),
    );
    const repeated = standards.flatMap(({ field, title }) =>
        references[field]
            .filter((id, index, all) => all.indexOf(id) !== index)
            .map((id) => `"${id}" of ${title} is cited twice`),
    );
    const none =
        references.nist800130.length === 0
            ? ["cites no framework requirement of NIST SP 800-130"]
            : [];
    return [...malformed, ...repeated, ...none];
}
