import type { OperatingSystemId } from "./operating-systems";
import type { Severity } from "./severity";

/** One requirement of the hardening checklist, stated once. */
export interface Control {
    /** Lower case words joined by hyphens, such as `no-telnet-ftp-rlogin`. */
    readonly id: string;
    readonly title: string;
    /** What must be true, in our own words. */
    readonly requirement: string;
    /** Id of the article's paragraph in `article.ts`. */
    readonly paragraph: string;
    readonly severity: Severity;
    readonly references: ControlReferences;
    /** Ids of catalog parameters that hold its values. */
    readonly parameters: readonly string[];
    /** Operating systems it applies to; empty for a control that is not about an operating system. */
    readonly operatingSystems: readonly OperatingSystemId[];
    readonly enforcement: Enforcement;
}

/** Ids only; formats are checked by a test. */
export interface ControlReferences {
    /** NIST SP 800-130 framework requirements: `8.4a`, `9.15`. The primary grouping; at least one. */
    readonly nist800130: readonly string[];
    /** NIST SP 800-53 revision 5: `CM-7`, `AC-6(5)`. */
    readonly nist80053: readonly string[];
    /** PCI DSS 4.0.1: `2.2.4`. */
    readonly pciDss: readonly string[];
    /** CIS ids with their benchmark: `AL2023 2.2.13`, `Debian12 2.2.4`, `Controls8 4.8`. */
    readonly cis: readonly string[];
}

/** What makes a control true. An empty enforcement without `manual` or `planned` fails a test. */
export interface Enforcement {
    /** Class names of components that set it. */
    readonly components: readonly string[];
    /** Names of policies that block its absence. */
    readonly policies: readonly string[];
    /** Ids of host checks that apply and audit it. */
    readonly hostChecks: readonly string[];
    /** Only people can do it. */
    readonly manual?: {
        readonly periodDays: number;
        readonly evidence: string;
    };
    /** Not enforced yet, with the reason; a test keeps the count from rising. */
    readonly planned?: string;
}
