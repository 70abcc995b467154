import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** How the configuration is checked, by machines and by people. */
export const configurationAuditControls: readonly Control[] = [
    {
        id: "judged-before-deployment",
        title: "A stack is judged before it is deployed",
        requirement:
            "Every deployment passes the policies first, and no critical one is switched off.",
        paragraph: "configuration-audit",
        severity: "high",
        references: {
            nist800130: ["8.13", "11.10", "9.5"],
            nist80053: ["CA-2", "CM-4", "CM-6"],
            pciDss: ["2.2.1", "6.5.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["enforcement-levels-sound", "provider-and-stack-guard"],
            hostChecks: [],
        },
    },
    {
        id: "verified-after-boot",
        title: "A server is verified after it boots",
        requirement:
            "An update succeeds only when its servers came up managed, hardened, audited clean and patched.",
        paragraph: "configuration-audit",
        severity: "high",
        references: {
            nist800130: ["8.13", "11.1", "9.7"],
            nist80053: ["CA-2", "CM-6"],
            pciDss: ["2.2.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerCluster"],
            policies: [],
            hostChecks: [],
        },
    },
    {
        id: "host-audited",
        title: "The host's configuration is audited daily",
        requirement:
            "Every check of the host profile runs at least daily on every server, and its result leaves the server.",
        paragraph: "configuration-audit",
        severity: "high",
        references: {
            nist800130: ["8.13", "11.10", "11.13"],
            nist80053: ["CA-7", "CM-6", "RA-5"],
            pciDss: ["2.2.1", "11.3.1"],
            cis: ["Controls8 4.1", "Controls8 7.5"],
        },
        parameters: ["hostAuditIntervalHours"],
        operatingSystems: everySystem,
        enforcement: {
            components: ["KeyServerCluster"],
            policies: ["associations-staged"],
            hostChecks: [],
        },
    },
    {
        id: "engineers-audit",
        title: "Engineers audit the configuration",
        requirement:
            "Security engineers who did not do the hardening audit it before first use and regularly.",
        paragraph: "configuration-audit",
        severity: "high",
        references: {
            nist800130: ["11.1", "11.10"],
            nist80053: ["CA-2", "CA-2(1)"],
            pciDss: ["2.2.1", "11.3.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [],
            manual: {
                periodDays: 365,
                evidence:
                    "Servers audited, tools and tests used, findings, and what became of each",
            },
        },
    },
    {
        id: "periodic-review",
        title: "The configuration is reviewed periodically",
        requirement:
            "The configuration of every device is reviewed against the hardening guidelines.",
        paragraph: "configuration-audit",
        severity: "high",
        references: {
            nist800130: ["11.10", "11.11", "11.12", "11.13"],
            nist80053: ["CA-2", "CA-7"],
            pciDss: ["1.2.7", "2.2.1"],
            cis: ["Controls8 4.1", "Controls8 7.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [],
            manual: {
                periodDays: 180,
                evidence:
                    "Devices in scope, activities, tests, findings, open exemptions, and the next date",
            },
        },
    },
];
