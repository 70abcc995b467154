import { createHash } from "node:crypto";
import { describeHostCheck } from "../catalog/host-checks";
import type { HostCheck } from "./check";
import type { HostContext } from "./context";
import { nodeNamePath } from "./delivery";
import type { HostExemption } from "./exemptions";
import type { Item } from "./item";
import type { HostProfile } from "./profile";
import { shellSource } from "./shell-source";

const everywhere = [
    "core",
    "system",
    "files",
    "packages",
    "units",
    "kernel",
    "access",
    "logging",
    "protection",
];

/** What `/etc/os-release` says on each system: ID-VERSION_ID. */
const release = {
    "amazon-linux-2023": "amzn-2023",
    "debian-12": "debian-12",
    "debian-13": "debian-13",
    "ubuntu-24.04": "ubuntu-24.04",
} as const;

/**
 * Renders a profile as one POSIX shell script with the verbs plan, apply and audit. It needs nothing but what the operating
 * system brings.
 */
export function renderScript(profile: HostProfile): string {
    const { context, checks } = profile;
    const body = [
        ...runtime(context),
        constants(profile),
        "profile() {",
        ...checks.flatMap(renderCheck),
        "}",
        "",
        'main "$@"',
    ].join("\n");
    const version = createHash("sha256").update(body).digest("hex").slice(0, 16);
    return [
        "#!/bin/sh",
        `# Hardens and audits a key server: ${context.operatingSystem.title}, ${context.workload.title}. Generated; do not edit.`,
        "# shellcheck disable=SC2034,SC2046,SC2048,SC2016,SC2086,SC2317 # one file is made of parts; words are split on purpose",
        `PROFILE=${version}`,
        body,
        "",
    ].join("\n");
}

function runtime({ operatingSystem }: HostContext): readonly string[] {
    const manager = operatingSystem.packageManager === "apt" ? "packages-apt" : "packages-dnf";
    return [...everywhere, manager].map(shellSource);
}

function constants({ context, checks, exemptions, nodeExemptions }: HostProfile): string {
    const wanted = checks
        .flatMap(({ items }) => items)
        .filter(({ kind }) => kind === "packages_present")
        .flatMap(({ args }) => args);
    return [
        `OPERATING_SYSTEM=${quote(context.operatingSystem.id)}`,
        `OS_RELEASE=${quote(release[context.operatingSystem.id])}`,
        `WORKLOAD=${quote(context.workload.id)}`,
        `WANTED_PACKAGES=${quote([...new Set(wanted)].join(" "))}`,
        `EXEMPTIONS=${carried(exemptions)}`,
        ...(nodeExemptions.length === 0
            ? []
            : [
                  `case $(cat ${nodeNamePath} 2>/dev/null) in`,
                  ...nodeExemptions.map(
                      (of) => `${quote(of.node)}) EXEMPTIONS=${carried(of.exemptions)} ;;`,
                  ),
                  "esac",
              ]),
    ].join("\n");
}

/** Exemptions of one server as a word of the shell, a line for each. */
function carried(exemptions: readonly HostExemption[]): string {
    const lines = exemptions.map(
        ({ record: { policy, id, created, expires }, problem }) =>
            `${policy} ${id} ${created} ${expires} ${problem}\n`,
    );
    return quote(`\n${lines.join("")}`);
}

function renderCheck({ id, items }: HostCheck): readonly string[] {
    const { severity, controls } = describeHostCheck(id);
    return [
        `begin ${id} ${severity} ${quote(JSON.stringify(controls))}`,
        ...items.map(renderItem),
        "finish",
    ];
}

function renderItem({ kind, args }: Item): string {
    return ["item", kind, ...args.map(quote)].join(" ");
}

/** A word of the shell; only what needs quotes gets them. */
function quote(text: string): string {
    return /^[A-Za-z0-9_./:=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
