import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** Default passwords and keys, and what takes their place. */
export const defaultCredentialsControls: readonly Control[] = [
    {
        id: "no-default-passwords",
        title: "No default passwords",
        requirement:
            "No account or program keeps a password that its maker chose, and root has none.",
        paragraph: "default-credentials",
        severity: "critical",
        references: {
            nist800130: ["8.4f"],
            nist80053: ["IA-5(5)", "IA-5"],
            pciDss: ["2.2.2", "8.3.5"],
            cis: ["AL2023 4.6.2", "Controls8 4.7"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["no-well-known-passwords", "root-password-locked", "no-empty-passwords"],
        },
    },
    {
        id: "no-default-keys",
        title: "No default and shared keys",
        requirement:
            "Host keys, machine ids and trusted keys are the server's own, and sample keys of the workload are gone.",
        paragraph: "default-credentials",
        severity: "critical",
        references: {
            nist800130: ["8.4f"],
            nist80053: ["SC-12", "IA-5(5)"],
            pciDss: ["2.2.2", "8.6.2"],
            cis: ["Controls8 4.7"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [
                "machine-identity-fresh",
                "host-keys-of-this-machine",
                "authorized-keys-named",
                "no-default-secrets",
            ],
        },
    },
    {
        id: "strong-authentication",
        title: "People authenticate with two factors",
        requirement:
            "Sessions and commands on key servers need a recent login with a second factor.",
        paragraph: "default-credentials",
        severity: "critical",
        references: {
            nist800130: ["8.4f", "6.92"],
            nist80053: ["IA-2(1)", "IA-2"],
            pciDss: ["8.4.1", "8.4.2"],
            cis: ["Controls8 6.5"],
        },
        parameters: ["sessionMfaAgeMinutes"],
        operatingSystems: [],
        enforcement: { components: [], policies: ["mfa-for-sessions"], hostChecks: [] },
    },
];
