import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** How patches are obtained, approved and installed in time. */
export const patchesControls: readonly Control[] = [
    {
        id: "patch-process-stated",
        title: "The patch process is stated",
        requirement:
            "The organisation's policy says how patches are obtained, tested and deployed, by whom and until when.",
        paragraph: "patches",
        severity: "medium",
        references: {
            nist800130: ["9.15", "9.16", "9.17"],
            nist80053: ["SI-2", "CM-3"],
            pciDss: ["6.3.1", "6.3.3"],
            cis: ["Controls8 7.1", "Controls8 7.2"],
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
                    "The policy's version, and what was compared with the deadlines of this checklist",
            },
        },
    },
    {
        id: "patches-authentic",
        title: "Patches are authentic",
        requirement: "Patches come from sources that are read over TLS and checked by signature.",
        paragraph: "patches",
        severity: "high",
        references: {
            nist800130: ["9.16", "8.9"],
            nist80053: ["SI-7", "SI-2"],
            pciDss: ["6.3.3"],
            cis: ["AL2023 1.2.2", "AL2023 1.2.4", "Debian12 1.2.1", "Controls8 7.3"],
        },
        parameters: ["patchNonSecurity"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["patch-baseline-sources-and-nonsecurity"],
            hostChecks: [],
        },
    },
    {
        id: "patches-approved",
        title: "Security patches are approved",
        requirement:
            "Baselines of each operating system approve every security patch that matters, soon, and report missing ones by weight.",
        paragraph: "patches",
        severity: "high",
        references: {
            nist800130: ["9.15", "9.17"],
            nist80053: ["SI-2", "RA-5"],
            pciDss: ["6.3.1", "6.3.3"],
            cis: ["AL2023 1.8", "Controls8 7.3"],
        },
        parameters: [
            "patchClassifications",
            "patchSeverities",
            "patchPriorities",
            "patchApprovalDelayDays",
            "patchCriticalApprovalDelayDays",
        ],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerPatching"],
            policies: [
                "patch-baseline-coverage",
                "patch-baseline-approval-delay",
                "patch-baseline-compliance-level",
            ],
            hostChecks: [],
        },
    },
    {
        id: "patch-exceptions-justified",
        title: "Refused patches are justified",
        requirement: "A patch is refused or frozen only under a recorded exception with an end.",
        paragraph: "patches",
        severity: "high",
        references: {
            nist800130: ["9.15", "4.2"],
            nist80053: ["SI-2", "CM-6"],
            pciDss: ["6.3.3"],
            cis: ["Controls8 7.2"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["patch-baseline-rejections-justified"],
            hostChecks: [],
        },
    },
    {
        id: "patches-installed",
        title: "Patches are installed on every server",
        requirement:
            "Every server belongs to a patch group, and a recurring window installs the group's patches.",
        paragraph: "patches",
        severity: "high",
        references: {
            nist800130: ["9.17"],
            nist80053: ["SI-2", "SI-2(2)"],
            pciDss: ["6.3.3"],
            cis: ["AL2023 1.8", "Controls8 7.3", "Controls8 7.4"],
        },
        parameters: ["patchWindowIntervalDays", "patchWindowCutoffHours"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerPatching", "KeyServer"],
            policies: [
                "patch-group-coverage",
                "maintenance-window-sane",
                "maintenance-window-patches-servers",
                "patching-within-quotas",
            ],
            hostChecks: [],
        },
    },
    {
        id: "patches-in-time",
        title: "Patches arrive before their deadline",
        requirement:
            "The longest time from release to the last server, computed from the schedules, lies within the deadline.",
        paragraph: "patches",
        severity: "critical",
        references: {
            nist800130: ["9.17"],
            nist80053: ["SI-2", "SI-2(3)"],
            pciDss: ["6.3.3"],
            cis: ["Controls8 7.2"],
        },
        parameters: [
            "patchDeadlineCriticalDays",
            "patchDeadlineHighDays",
            "patchDeadlineMediumDays",
            "patchDeadlineLowDays",
        ],
        operatingSystems: [],
        enforcement: { components: [], policies: ["patch-deadline"], hostChecks: [] },
    },
    {
        id: "missing-patches-reported",
        title: "Missing patches are found and reported",
        requirement: "Servers are scanned for missing patches at least daily, and people are told.",
        paragraph: "patches",
        severity: "medium",
        references: {
            nist800130: ["9.13", "9.15", "8.13"],
            nist80053: ["SI-2(2)", "RA-5"],
            pciDss: ["6.3.1", "11.3.1"],
            cis: ["Controls8 7.5"],
        },
        parameters: ["patchScanIntervalHours"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerPatching"],
            policies: ["patch-scan-daily-and-reported"],
            hostChecks: [],
        },
    },
    {
        id: "servers-managed",
        title: "Servers are managed",
        requirement: "Systems Manager reaches every server, so that it can be patched and audited.",
        paragraph: "patches",
        severity: "high",
        references: {
            nist800130: ["9.17", "8.13"],
            nist80053: ["SI-2", "CM-6"],
            pciDss: ["6.3.3"],
            cis: ["Controls8 1.1"],
        },
        parameters: ["accountAttestations", "attestationAgeDays"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServer"],
            policies: ["ssm-managed", "instance-profile-attached"],
            hostChecks: [],
        },
    },
    {
        id: "servers-renewed",
        title: "Images and servers are renewed",
        requirement:
            "Images are rebuilt regularly, and groups of servers replace their members before these grow old.",
        paragraph: "patches",
        severity: "medium",
        references: {
            nist800130: ["9.17", "9.15"],
            nist80053: ["SI-2", "CM-2"],
            pciDss: ["6.3.3"],
            cis: ["Controls8 7.3"],
        },
        parameters: ["imageBuildIntervalDays", "instanceLifetimeDays"],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["image-pipeline-hardened", "asg-template-pinned"],
            hostChecks: [],
        },
    },
];
