import type { Control } from "../control";

/** What brings a key server back. */
export const recoveryControls: readonly Control[] = [
    {
        id: "backups-kept",
        title: "Backups exist and cannot be removed",
        requirement:
            "Data of key servers is backed up regularly, encrypted, locked, and kept long enough.",
        paragraph: "recovery",
        severity: "high",
        references: {
            nist800130: ["10.4", "10.11", "6.48"],
            nist80053: ["CP-9", "CP-9(8)"],
            pciDss: [],
            cis: ["Controls8 11.2", "Controls8 11.3"],
        },
        parameters: ["backupRetentionDays", "backupIntervalHours", "backupLockMinimumDays"],
        operatingSystems: [],
        enforcement: { components: [], policies: ["backups-protected"], hostChecks: [] },
    },
    {
        id: "restore-tested",
        title: "Restoring is tested",
        requirement: "A key server is restored from backup, and its keys are proved usable.",
        paragraph: "recovery",
        severity: "high",
        references: {
            nist800130: ["10.7", "10.12", "6.53"],
            nist80053: ["CP-4", "CP-9(1)", "CP-10"],
            pciDss: [],
            cis: ["Controls8 11.5"],
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
                    "Which backup was restored where, how long it took, and the key that was used to prove it",
            },
        },
    },
    {
        id: "keys-survive-mistakes",
        title: "Keys survive mistakes",
        requirement: "Keys wait before they are deleted, and the program cannot delete them.",
        paragraph: "recovery",
        severity: "high",
        references: {
            nist800130: ["10.12", "6.48"],
            nist80053: ["SC-12", "CP-9"],
            pciDss: ["3.7.5"],
            cis: [],
        },
        parameters: ["keyDeletionWindowDays"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerEncryption"],
            policies: ["kms-deletion-window", "resource-options-safe"],
            hostChecks: [],
        },
    },
    {
        id: "servers-redundant",
        title: "Key servers are redundant",
        requirement:
            "An odd number of servers over several zones keeps the key service up when one fails.",
        paragraph: "recovery",
        severity: "high",
        references: { nist800130: ["10.3"], nist80053: ["CP-10", "SC-5"], pciDss: [], cis: [] },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerCluster"],
            policies: [],
            hostChecks: [],
        },
    },
    {
        id: "compromise-plan-tested",
        title: "There is a plan for compromise",
        requirement:
            "What is done when a server, a key or a person is compromised is written down and practised.",
        paragraph: "recovery",
        severity: "high",
        references: {
            nist800130: ["6.115", "6.116", "6.119"],
            nist80053: ["IR-4", "IR-8", "CP-2"],
            pciDss: ["12.10.1", "12.10.2"],
            cis: ["Controls8 17.4"],
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
                    "The plan's version, the case that was practised, who took part, and what was changed",
            },
        },
    },
];
