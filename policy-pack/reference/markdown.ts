import { choiceText, valueText } from "../../catalog/checklist/texts";
import { markdownTable, markdownText } from "../../catalog/markdown-text";
import type { PolicyReference } from "./policy-reference";

const introduction = [
    "What the policy pack judges: written by `keyward policies --output docs/policies.md`. [verdicts.md](verdicts.md) says how verdicts come",
    "about, [exemptions.md](exemptions.md) how exceptions are granted, [the pack's own page](../policy-pack/README.md) how it is configured.",
].join("\n");

/** Writes the policy reference as GitHub's markdown: a list of all policies, then one section for each. */
export function writePolicyReference(policies: readonly PolicyReference[]): string {
    const list = markdownTable(
        ["Policy", "Severity", "Level", "What must be true"],
        policies.map(({ name, severity, level, displayName }) => [
            [`[${name}](#${name})`],
            [severity],
            [level],
            [markdownText(displayName)],
        ]),
    );
    return `${["# Policies", introduction, list, ...policies.map(section)].join("\n\n")}\n`;
}

function section(policy: PolicyReference): string {
    const { name, description, rationale, remediation, messageExample } = policy;
    return [
        `## ${name}`,
        `${markdownText(description)} ${markdownText(rationale)}`,
        facts(policy),
        ...(policy.values.length === 0 ? [] : [parameters(policy)]),
        ...(messageExample === undefined ? [] : ["Such as:", code("", messageExample)]),
        `What to write instead: ${markdownText(remediation.text)}`,
        code("ts", remediation.example),
    ].join("\n\n");
}

function facts({
    severity,
    level,
    exemptionDays,
    remediable,
    reads,
    controls,
}: PolicyReference): string {
    const exempt =
        exemptionDays === undefined
            ? "no exemption is granted"
            : `an exemption lasts ${exemptionDays} days at most`;
    const remediate = remediable ? "; level `remediate` sets the value" : "";
    return [
        `- Severity ${severity}, level ${level}; ${exempt}${remediate}.`,
        ...(reads.length === 0
            ? ["- Reads: the judgement and its configuration as a whole."]
            : [`- Reads: ${reads.map((type) => `\`${type}\``).join(", ")}.`]),
        ...controls.map(
            ({ id, title, standards }) =>
                `- Control \`${id}\` (${markdownText(title)}): ${markdownText(standards.join("; "))}.`,
        ),
    ].join("\n");
}

function parameters({ values }: PolicyReference): string {
    return markdownTable(
        ["Parameter", "Value of", "Value", "May be", "Source"],
        values.map((known) => [
            [`\`${known.id}\``],
            [markdownText(known.title)],
            [markdownText(valueText(known))],
            [markdownText(choiceText(known))],
            [markdownText(known.source)],
        ]),
    );
}

/** A block of code that its text cannot end. */
function code(language: string, text: string): string {
    const fence = "`".repeat(
        Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
    );
    return `${fence}${language}\n${text}\n${fence}`;
}
