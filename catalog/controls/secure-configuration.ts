import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** What hardening is based on, and what is under control. */
export const secureConfigurationControls: readonly Control[] = [
    {
        id: "hardening-guidelines-stated",
        title: "The guidelines that hardening is based on are stated",
        requirement:
            "Every value and requirement of the secure configuration is in the catalog with the standard that it comes from, and its critical policies are never lowered.",
        paragraph: "secure-configuration",
        severity: "high",
        references: {
            nist800130: ["8.7", "8.3", "8.6", "4.3", "4.1"],
            nist80053: ["CM-2", "CM-6"],
            pciDss: ["2.2.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: { components: [], policies: ["enforcement-levels-sound"], hostChecks: [] },
    },
    {
        id: "deviations-recorded",
        title: "Deviations are recorded, approved and end",
        requirement:
            "A deviation from the secure configuration holds only with a record that names reason, owner, approver and end.",
        paragraph: "secure-configuration",
        severity: "high",
        references: {
            nist800130: ["4.2", "8.6"],
            nist80053: ["CM-6"],
            pciDss: ["2.2.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [
            "exemptionSpanCriticalDays",
            "exemptionSpanHighDays",
            "exemptionSpanMediumDays",
            "exemptionSpanLowDays",
            "exemptionReasonCharacters",
            "exemptionNoticeDays",
        ],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["exemptions-sound"],
            hostChecks: ["host-exemptions-sound"],
        },
    },
    {
        id: "hardening-activities-listed",
        title: "The hardening activities are listed and adopted",
        requirement:
            "The organisation adopts this checklist as its list of hardening activities, and does so again when it changes.",
        paragraph: "secure-configuration",
        severity: "medium",
        references: {
            nist800130: ["11.16", "8.7"],
            nist80053: ["CM-6"],
            pciDss: ["2.2.1"],
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
                evidence: "The checklist's version and date, and who adopted it for which systems",
            },
        },
    },
    {
        id: "devices-known",
        title: "Devices and their places are known",
        requirement:
            "Key servers are deployed to known accounts and regions, carry the required tags, and consist of resource types that are judged.",
        paragraph: "secure-configuration",
        severity: "high",
        references: {
            nist800130: ["2.5", "8.1", "3.4"],
            nist80053: ["CM-8"],
            pciDss: ["2.2.1"],
            cis: ["Controls8 1.1"],
        },
        parameters: ["allowedRegions", "allowedAccounts", "requiredTags"],
        operatingSystems: [],
        enforcement: { components: [], policies: ["provider-and-stack-guard"], hostChecks: [] },
    },
    {
        id: "configuration-controlled",
        title: "Configuration changes only through the program",
        requirement:
            "Security properties are never ignored by the program, and what cannot be restored is protected from deletion.",
        paragraph: "secure-configuration",
        severity: "high",
        references: {
            nist800130: ["9.10"],
            nist80053: ["CM-3", "CM-5"],
            pciDss: ["6.5.1"],
            cis: ["Controls8 4.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerEncryption"],
            policies: ["resource-options-safe"],
            hostChecks: [],
        },
    },
    {
        id: "physical-protection-reviewed",
        title: "Physical protection is reviewed",
        requirement:
            "The data centres' physical protection is taken over from AWS; its attestation is read and accepted.",
        paragraph: "secure-configuration",
        severity: "medium",
        references: {
            nist800130: ["8.2", "6.120"],
            nist80053: ["PE-3", "SA-9"],
            pciDss: ["12.8.4"],
            cis: [],
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
                    "Which AWS attestation was read, its period, and the exceptions that it names",
            },
        },
    },
];
