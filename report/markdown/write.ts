import type { JudgedStack } from "../../catalog/records/judged-stack";
import { severities } from "../../catalog/severity";
import { countFindings, headline } from "../headline";
import { latencySentence } from "../patch-latency";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";
import { codeBlock, codeSpan } from "./code-span";
import { writeFindingTables } from "./finding-tables";

/** GitHub refuses longer comments. Source: the message of its API, "body is too long (maximum is 65536 characters)". */
export const longestComment = 65_536;

/** What the parts below the tables may take at most; each is cut to its share, and the tables get the rest. */
const shares = {
    remediations: 12_000,
    changes: 6_000,
    assumptions: 6_000,
    typesNotRead: 4_000,
} as const;

/**
 * Writes a report as markdown for a comment on a pull request or a job's summary. It always fits into one comment: what does not
 * fit is cut from the mildest end and counted. Texts of the program stand in code only, where nothing is markup.
 */
export function writeMarkdown(report: JudgedStack): string {
    const above = [marker(report), title(report), overview(report), summaryTable(report)];
    const below = [
        remediations(report),
        changes(report),
        notLookedAt(report),
        assumptions(report),
    ].filter((part) => part !== "");
    const fixed = [...above, ...below].join("\n\n").length;
    const noteAndSeams = 400;
    const tables = writeFindingTables(report, longestComment - fixed - noteAndSeams);
    return `${[...above, tables.trim(), ...below].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Finds the comment again, so that a later run can replace it. Encoded, because a name could end the HTML comment. */
function marker({ project, stack }: JudgedStack): string {
    const encode = (name: string): string =>
        encodeURIComponent(name.slice(0, 100).replace(/\p{Cs}/gu, "\uFFFD"));
    return `<!-- keyward ${encode(project)}/${encode(stack)} -->`;
}

function title(report: JudgedStack): string {
    const name = codeSpan(`${report.project}/${report.stack}`, 200);
    return `## Keyward: ${headline(report).title} — ${name}`;
}

function overview(report: JudgedStack): string {
    const { coverage, evaluatedAt, resources, patchPlan } = report;
    const sentences = [
        headline(report).sentence,
        `${coverage.judged} of ${resources} resources were judged, ${coverage.outOfScope} are out of scope; ${coverage.keyServers.length} key servers (${evaluatedAt}).`,
    ];
    if (patchPlan !== null) {
        sentences.push(latencySentence(patchPlan));
    }
    return sentences.join("\n");
}

function summaryTable(report: JudgedStack): string {
    const rows = (["fail", "indeterminate", "exempt"] as const).map(
        (verdict) =>
            `| ${verdict} | ${severities.map((severity) => report.summary[verdict][severity]).join(" | ")} | ${countFindings(report, verdict)} |`,
    );
    return [
        `| Verdict | ${severities.join(" | ")} | all |`,
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        ...rows,
    ].join("\n");
}

/** Every remediation once, in the order of its worst finding. */
function remediations(report: JudgedStack): string {
    const texts = new Map(
        worstFirst(report.findings)
            .filter(({ verdict, remediation }) => verdict !== "exempt" && remediation !== "")
            .map(({ policy, remediation }) => [policy, remediation]),
    );
    const items = [...texts].map(
        ([policy, text]) => `${codeSpan(policy, 120)}\n\n${codeBlock(text, "ts", 1_500)}`,
    );
    return details("What to write instead", items, shares.remediations, "\n\n");
}

/** What level `remediate` set. */
function changes({ remediations: made }: JudgedStack): string {
    const value = (json: string): string => (json === "" ? "not set" : codeSpan(json, 200));
    const items = made.map(
        ({ policy, urn, path, before, after }) =>
            `- ${codeSpan(nameOf(urn), 200)} ${codeSpan(path, 200)}: ${value(before)} → ${value(after)} (${codeSpan(policy, 120)})`,
    );
    return details("Set by policies at level remediate", items, shares.changes, "\n");
}

function notLookedAt({ coverage }: JudgedStack): string {
    const items = coverage.typesNotRead.map(
        ({ type, count }) => `- ${codeSpan(type, 200)}: ${count}`,
    );
    return details("Types that no policy reads", items, shares.typesNotRead, "\n");
}

function assumptions(report: JudgedStack): string {
    const items = report.assumptions.map(
        ({ subject, value, reason }) =>
            `- ${codeSpan(subject, 200)}: ${value === "" ? "left unknown" : codeSpan(value, 200)}; ${codeSpan(reason, 400)}`,
    );
    return details("Assumptions", items, shares.assumptions, "\n");
}

/** A folded part with as many items as its share holds; the others are counted. */
function details(
    summary: string,
    items: readonly string[],
    share: number,
    separator: string,
): string {
    if (items.length === 0) {
        return "";
    }
    let length = 0;
    const shown = items.filter((item) => (length += item.length + separator.length) <= share);
    const left = items.length - shown.length;
    const lines = left > 0 ? [...shown, `${left} more are in the JSON report.`] : shown;
    return `<details><summary>${summary} (${items.length})</summary>\n\n${lines.join(separator)}\n\n</details>`;
}
