import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** Media, and malware that comes with them. */
export const removableMediaControls: readonly Control[] = [
    {
        id: "removable-media-disabled",
        title: "Removable media cannot be used",
        requirement: "The kernel cannot load the drivers of USB storage and FireWire.",
        paragraph: "removable-media",
        severity: "medium",
        references: {
            nist800130: ["8.4i"],
            nist80053: ["MP-7", "SC-41"],
            pciDss: ["5.3.3"],
            cis: ["AL2023 1.1.9", "Debian12 1.1.1.9", "Controls8 10.3"],
        },
        parameters: ["hostRemovableMedia"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["removable-media-blocked", "wireless-blocked", "boot-modules-blocked"],
        },
    },
    {
        id: "automatic-mounting-disabled",
        title: "Nothing mounts or runs by itself",
        requirement:
            "No automounter is installed or enabled, and no desktop opens media by itself.",
        paragraph: "removable-media",
        severity: "medium",
        references: {
            nist800130: ["8.4i"],
            nist80053: ["MP-7"],
            pciDss: ["5.3.3"],
            cis: [
                "AL2023 1.1.9",
                "Debian12 1.7.6",
                "Debian12 1.7.7",
                "Debian12 1.7.8",
                "Debian12 1.7.9",
                "Controls8 10.3",
            ],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["automount-off"],
        },
    },
    {
        id: "malware-scanned",
        title: "Malware is looked for",
        requirement:
            "Servers are scanned for malware and rootkits regularly, and media before they are used where media are possible.",
        paragraph: "removable-media",
        severity: "medium",
        references: {
            nist800130: ["8.8", "8.4i"],
            nist80053: ["SI-3"],
            pciDss: ["5.2.1", "5.3.2", "5.3.3"],
            cis: ["Controls8 10.1", "Controls8 10.2", "Controls8 10.4"],
        },
        parameters: [
            "malwareScanIntervalHours",
            "accountAttestations",
            "attestationAgeDays",
            "hostRemovableMedia",
        ],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["detection-enabled"],
            hostChecks: ["malware-scan"],
        },
    },
    {
        id: "malware-risk-evaluated",
        title: "The risk of malware is evaluated",
        requirement:
            "Whether servers without a resident virus scanner are at risk is evaluated regularly.",
        paragraph: "removable-media",
        severity: "low",
        references: {
            nist800130: ["8.8"],
            nist80053: ["SI-3", "RA-3"],
            pciDss: ["5.2.3", "5.2.3.1"],
            cis: ["Controls8 10.1"],
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
                    "Which systems run without a resident scanner, what was considered, and the decision",
            },
        },
    },
];
