import type { Invocation, Log, Notification } from "sarif";
import { version } from "../../package.json";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { CatalogTexts } from "../catalog-texts";
import { buildResults } from "./results";
import { buildRules } from "./rules";
import { buildTaxonomies } from "./taxonomies";

/** Writes a report as SARIF 2.1.0, for code-scanning pages. */
export function writeSarif(report: JudgedStack, texts: CatalogTexts): string {
    return `${JSON.stringify(buildLog(report, texts), null, 2)}\n`;
}

function buildLog(report: JudgedStack, texts: CatalogTexts): Log {
    const rules = buildRules(report, texts);
    const taxonomies = buildTaxonomies(texts);
    return {
        $schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [
            {
                tool: {
                    driver: {
                        name: "Keyward",
                        fullName: "Keyward, hardening of key-management servers",
                        version,
                        semanticVersion: version,
                        rules,
                        supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
                    },
                },
                automationDetails: { id: `keyward/${report.project}/${report.stack}/` },
                invocations: [buildInvocation(report)],
                originalUriBaseIds: {
                    "%SRCROOT%": { description: { text: sourceRoot(report) } },
                },
                results: buildResults(
                    report,
                    rules.map(({ id }) => id),
                ),
                taxonomies,
                columnKind: "utf16CodeUnits",
                properties: {
                    blocked: report.blocked,
                    resources: report.resources,
                    judged: report.coverage.judged,
                    outOfScope: report.coverage.outOfScope,
                },
            },
        ],
    };
}

/** What paths are relative to. */
function sourceRoot({ projectFile }: JudgedStack): string {
    return projectFile === undefined
        ? "The folder of the Pulumi program."
        : "The folder that Keyward ran in.";
}

function buildInvocation(report: JudgedStack): Invocation {
    return {
        executionSuccessful: true,
        endTimeUtc: report.evaluatedAt,
        exitCode: report.blocked ? 1 : 0,
        exitCodeDescription: report.blocked ? "blocked by policy" : "not blocked",
        toolExecutionNotifications: [...typesNotRead(report), ...assumptions(report)],
    };
}

/** What was not looked at belongs to the result: nothing looked at is not clean. */
function typesNotRead({ coverage }: JudgedStack): Notification[] {
    return coverage.typesNotRead.map(({ type, count }) => ({
        level: "warning",
        message: { text: `no policy reads ${type} (${count} resources)` },
    }));
}

function assumptions(report: JudgedStack): Notification[] {
    return report.assumptions.map(({ subject, value, reason }) => ({
        level: "note",
        message: { text: `${subject}: ${value === "" ? "left unknown" : value}; ${reason}` },
    }));
}
