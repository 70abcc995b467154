import type { Command } from "commander";

/** One command of `keyward`: its line in the help, and where its implementation is loaded from when it is asked for. */
export interface CommandEntry {
    readonly name: string;
    readonly summary: string;
    /** Loads `cli/commands/<name>.ts`; nothing else of it may be loaded before. */
    readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help: one line each. */
export const commands: readonly CommandEntry[] = [
    {
        name: "preview",
        summary: "judge what a Pulumi program would deploy, offline",
        load: async () => (await import("./preview.js")).previewCommand(),
    },
    {
        name: "analyze",
        summary: "judge an exported stack or a saved graph",
        load: async () => (await import("./analyze.js")).analyzeCommand(),
    },
    {
        name: "report",
        summary: "show a JSON report in other forms",
        load: async () => (await import("./report.js")).reportCommand(),
    },
    {
        name: "paths",
        summary: "list the network paths of key servers",
        load: async () => (await import("./paths.js")).pathsCommand(),
    },
    {
        name: "access",
        summary: "list who may do what to key servers",
        load: async () => (await import("./access.js")).accessCommand(),
    },
    {
        name: "checklist",
        summary: "print the hardening checklist",
        load: async () => (await import("./checklist.js")).checklistCommand(),
    },
    {
        name: "policies",
        summary: "print the policy reference",
        load: async () => (await import("./policies.js")).policiesCommand(),
    },
    {
        name: "host",
        summary: "render the host profile of a key server",
        load: async () => (await import("./host.js")).hostCommand(),
    },
    {
        name: "verify",
        summary: "ask AWS whether live servers are what they should be",
        load: async () => (await import("./verify.js")).verifyCommand(),
    },
    {
        name: "patch",
        summary: "say how late a patch can be, show and play windows, steer promotions",
        load: async () => (await import("./patch.js")).patchCommand(),
    },
];
