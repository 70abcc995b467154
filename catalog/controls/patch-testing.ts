import type { Control } from "../control";

/** How patches prove themselves before production. */
export const patchTestingControls: readonly Control[] = [
    {
        id: "patches-tested-on-canary",
        title: "Patches are tested on a confined ring first",
        requirement:
            "Production installs exactly what a canary ring has run without fault for the soak time.",
        paragraph: "patch-testing",
        severity: "high",
        references: {
            nist800130: ["9.7", "9.10", "9.17"],
            nist80053: ["CM-3(2)", "CM-4(1)", "SI-2"],
            pciDss: ["6.3.3", "6.5.2"],
            cis: ["Controls8 7.3"],
        },
        parameters: ["patchSoakHours", "patchEmergencySoakHours"],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["patch-rings-ordered", "patch-promotion-gated"],
            hostChecks: [],
        },
    },
    {
        id: "patching-keeps-service",
        title: "Patching keeps the key service up",
        requirement:
            "Servers are patched and replaced one after the other, and errors stop the rest.",
        paragraph: "patch-testing",
        severity: "high",
        references: {
            nist800130: ["10.3", "9.17"],
            nist80053: ["CP-10", "SI-2"],
            pciDss: ["6.5.2"],
            cis: ["Controls8 7.3"],
        },
        parameters: ["patchMaximumErrors"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServerPatching"],
            policies: ["maintenance-window-keeps-quorum", "one-server-per-update"],
            hostChecks: [],
        },
    },
    {
        id: "changes-assessed",
        title: "Changes are assessed",
        requirement: "After significant changes the changed parts are assessed again.",
        paragraph: "patch-testing",
        severity: "medium",
        references: {
            nist800130: ["11.14", "11.15"],
            nist80053: ["CA-2", "CM-4"],
            pciDss: ["6.5.2"],
            cis: ["Controls8 7.5"],
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
                    "The changes since the last assessment, their scope, what was assessed and the result",
            },
        },
    },
];
