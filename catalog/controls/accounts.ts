import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** Accounts of people and machines. */
export const accountsControls: readonly Control[] = [
    {
        id: "only-needed-accounts",
        title: "Only needed accounts exist",
        requirement:
            "Servers have no login accounts but declared ones, one superuser, and no account without a password or with a shared id.",
        paragraph: "accounts",
        severity: "high",
        references: {
            nist800130: ["8.4d", "5.1"],
            nist80053: ["AC-2"],
            pciDss: ["7.2.4", "8.2.1", "8.2.2"],
            cis: ["AL2023 4.6.2", "AL2023 6.2", "Debian12 5.4.2", "Controls8 5.1"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [
                "accounts-sound",
                "people-are-named",
                "system-accounts-locked",
                "login-limits",
            ],
        },
    },
    {
        id: "inactive-accounts-locked",
        title: "Unused accounts are locked",
        requirement: "Accounts whose password expired unused are locked after a while.",
        paragraph: "accounts",
        severity: "medium",
        references: {
            nist800130: ["8.4d"],
            nist80053: ["AC-2(3)"],
            pciDss: ["8.2.6"],
            cis: ["AL2023 4.6.1.4", "Debian12 5.4.1.5", "Controls8 5.3"],
        },
        parameters: ["passwordInactiveDays"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["password-ages"],
        },
    },
    {
        id: "no-long-lived-identities",
        title: "No long-lived identities in the cloud",
        requirement: "A key-server stack makes no IAM users, login profiles and access keys.",
        paragraph: "accounts",
        severity: "high",
        references: {
            nist800130: ["8.4d", "8.4f"],
            nist80053: ["AC-2", "IA-5"],
            pciDss: ["8.2.2", "8.6.1"],
            cis: ["Controls8 5.1"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServer"],
            policies: ["iam-no-users-or-access-keys"],
            hostChecks: [],
        },
    },
    {
        id: "accounts-reviewed",
        title: "Accounts and rights are reviewed",
        requirement:
            "People compare accounts, roles and rights with what is needed, and remove the rest; leavers lose theirs.",
        paragraph: "accounts",
        severity: "medium",
        references: {
            nist800130: ["8.4d", "5.1", "5.2", "6.117"],
            nist80053: ["AC-2", "AC-6(7)"],
            pciDss: ["7.2.4", "8.2.5"],
            cis: ["Controls8 5.1", "Controls8 5.3"],
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
                    "Accounts, roles and groups looked at, those removed, and who approved the rest",
            },
        },
    },
];
