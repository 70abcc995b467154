import type { JudgedStack } from "../catalog/records/judged-stack";
import type { FindingVerdict } from "../catalog/records/verdict";
import { severities } from "../catalog/severity";

/** What a report says in one word and in one sentence. Every form shows the same. */
export interface Headline {
    readonly state: "blocked" | "open" | "clean";
    readonly title: string;
    readonly sentence: string;
}

/** Sums a report up. Only a stack without any failure or doubt is called clean. */
export function headline(report: JudgedStack): Headline {
    const mandatory = report.findings.filter(({ level }) => level === "mandatory").length;
    const failures = countFindings(report, "fail");
    const doubts = countFindings(report, "indeterminate");
    const exempt = countFindings(report, "exempt");
    const open = failures + doubts - mandatory;
    const exceptions = exempt === 0 ? "" : `; ${counted(exempt, "finding")} exempt`;
    if (report.blocked) {
        const others = open === 0 ? "" : `; ${counted(open, "other finding")} advisory`;
        const blocks = mandatory === 1 ? "blocks" : "block";
        return {
            state: "blocked",
            title: "blocked",
            sentence: `${counted(mandatory, "finding")} ${blocks} the deployment${others}${exceptions}.`,
        };
    }
    if (failures + doubts > 0) {
        return {
            state: "open",
            title: "not blocked, with findings",
            sentence: `Nothing blocks the deployment; ${counted(failures + doubts, "finding")} advisory${exceptions}.`,
        };
    }
    return {
        state: "clean",
        title: "clean",
        sentence: `No policy found anything to object to${exceptions}.`,
    };
}

/** Counts the findings of a verdict over all severities. */
export function countFindings({ summary }: JudgedStack, verdict: FindingVerdict): number {
    return severities.reduce((sum, severity) => sum + summary[verdict][severity], 0);
}

function counted(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
