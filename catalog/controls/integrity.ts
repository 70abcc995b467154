import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** What boots, and what runs. */
export const integrityControls: readonly Control[] = [
    {
        id: "boot-protected",
        title: "The boot process is protected",
        requirement:
            "The state of secure boot is reported, boot parameters do not switch protection off, and boot files are closed.",
        paragraph: "integrity",
        severity: "medium",
        references: {
            nist800130: ["8.5", "10.5"],
            nist80053: ["SI-7", "AC-3"],
            pciDss: ["2.2.6"],
            cis: ["AL2023 1.4.1", "Debian12 1.4.1", "Debian12 1.4.2"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [
                "boot-files-protected",
                "secure-boot-reported",
                "boot-audit-parameters",
                "boot-memory-protection-parameters",
            ],
        },
    },
    {
        id: "packages-signed",
        title: "Software is verified when it is installed",
        requirement: "Package managers check the signature of every package and source.",
        paragraph: "integrity",
        severity: "high",
        references: {
            nist800130: ["8.9", "9.16"],
            nist80053: ["SI-7", "CM-14"],
            pciDss: ["6.3.3"],
            cis: ["AL2023 1.2.2", "AL2023 1.2.4", "Debian12 1.2.1"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["patch-baseline-sources-and-nonsecurity"],
            hostChecks: ["package-signatures-verified"],
        },
    },
    {
        id: "software-verified",
        title: "Installed software is verified regularly",
        requirement: "Installed files are compared regularly with their packages.",
        paragraph: "integrity",
        severity: "medium",
        references: {
            nist800130: ["8.9", "10.5"],
            nist80053: ["SI-7", "SI-7(1)"],
            pciDss: ["11.5.2"],
            cis: ["AL2023 1.2.4", "Debian12 6.3"],
        },
        parameters: ["fileIntegrityIntervalHours"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["installed-software-verified"],
        },
    },
    {
        id: "image-origin-known",
        title: "An image's origin is known",
        requirement:
            "Images come from a pinned, encrypted and scanned pipeline or a named publisher.",
        paragraph: "integrity",
        severity: "high",
        references: {
            nist800130: ["8.9", "9.10", "9.11"],
            nist80053: ["SI-7", "CM-14"],
            pciDss: ["6.3.2"],
            cis: ["Controls8 2.3"],
        },
        parameters: ["approvedImageIds", "imageBuildIntervalDays"],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["approved-ami", "image-pipeline-hardened"],
            hostChecks: [],
        },
    },
];
