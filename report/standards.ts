import type { ControlReferences } from "../catalog/control";

/** A standard that controls refer to. */
export interface Standard {
    readonly key: keyof ControlReferences;
    readonly title: string;
    readonly organization: string;
}

/** Every standard, the primary grouping first. */
export const standards: readonly Standard[] = [
    { key: "nist800130", title: "NIST SP 800-130", organization: "NIST" },
    { key: "nist80053", title: "NIST SP 800-53 Rev. 5", organization: "NIST" },
    { key: "pciDss", title: "PCI DSS 4.0.1", organization: "PCI Security Standards Council" },
    { key: "cis", title: "CIS", organization: "Center for Internet Security" },
];
