import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** The organisation's password rules. */
export const passwordsControls: readonly Control[] = [
    {
        id: "password-quality",
        title: "Passwords are long and complex",
        requirement:
            "Passwords have the required length and classes of characters, and differ enough from the former one.",
        paragraph: "passwords",
        severity: "medium",
        references: {
            nist800130: ["8.4f", "8.4l"],
            nist80053: ["IA-5(1)"],
            pciDss: ["8.3.6"],
            cis: ["AL2023 4.5.1", "Debian12 5.3.3.2", "Controls8 5.2"],
        },
        parameters: [
            "passwordMinimumLength",
            "passwordCharacterClasses",
            "passwordMaximumRepeat",
            "passwordChangedCharacters",
            "passwordRetries",
        ],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["account-password-policy"],
            hostChecks: ["password-quality"],
        },
    },
    {
        id: "password-history",
        title: "Passwords are not used again",
        requirement: "Former passwords are refused.",
        paragraph: "passwords",
        severity: "medium",
        references: {
            nist800130: ["8.4f", "8.4l"],
            nist80053: ["IA-5(1)"],
            pciDss: ["8.3.7"],
            cis: ["AL2023 4.5.3", "Debian12 5.3.3.3", "Controls8 5.2"],
        },
        parameters: ["passwordHistory"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["account-password-policy"],
            hostChecks: ["password-history"],
        },
    },
    {
        id: "password-age",
        title: "Passwords expire",
        requirement:
            "Passwords are changed not later than their greatest age, not sooner than their least, after a warning.",
        paragraph: "passwords",
        severity: "medium",
        references: {
            nist800130: ["8.4f", "8.4l"],
            nist80053: ["IA-5(1)"],
            pciDss: ["8.3.9"],
            cis: ["AL2023 4.6.1.1", "AL2023 4.6.1.2", "AL2023 4.6.1.3", "Debian12 5.4.1"],
        },
        parameters: ["passwordMaximumDays", "passwordMinimumDays", "passwordWarnDays"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: ["account-password-policy"],
            hostChecks: ["password-ages"],
        },
    },
    {
        id: "account-lockout",
        title: "Guessing locks the account",
        requirement: "After a few wrong passwords the account is locked for a while.",
        paragraph: "passwords",
        severity: "medium",
        references: {
            nist800130: ["8.4l"],
            nist80053: ["AC-7"],
            pciDss: ["8.3.4"],
            cis: ["AL2023 4.5.2", "Debian12 5.3.3.1"],
        },
        parameters: ["lockoutAttempts", "lockoutSeconds", "lockoutWindowSeconds"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["account-lockout"],
        },
    },
    {
        id: "password-storage",
        title: "Passwords are stored as strong hashes",
        requirement: "Password hashes use a slow, salted algorithm.",
        paragraph: "passwords",
        severity: "high",
        references: {
            nist800130: ["8.4f"],
            nist80053: ["IA-5(1)"],
            pciDss: ["8.3.2"],
            cis: ["AL2023 4.5.4", "Debian12 5.4.1"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["password-hashing"],
        },
    },
    {
        id: "password-policy-adopted",
        title: "The rules are the organisation's",
        requirement:
            "The values of this checklist are compared with the organisation's password policy, and the stricter one is configured.",
        paragraph: "passwords",
        severity: "low",
        references: {
            nist800130: ["8.4f", "4.1"],
            nist80053: ["IA-5(1)"],
            pciDss: ["8.3.8"],
            cis: ["Controls8 5.2"],
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
                    "The policy's version, each value compared, and the parameters that were changed",
            },
        },
    },
];
