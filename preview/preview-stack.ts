import type { JudgedStack } from "../catalog/records/judged-stack";
import type { RegisteredResource } from "../policy-pack/graph/resource";
import type { PackConfiguration } from "../policy-pack/configuration/read-configuration";
import { evaluateProgram, type Evaluation } from "./evaluation/evaluate-program";
import type { JudgingFiles } from "./judging/judging-files";
import { checkOutputFiles, type OutputFile } from "./output-files";
import { readProject, type Project } from "./project/project-file";
import { readStackConfig } from "./project/stack-config";
import { ProgressLine } from "./progress";
import { reportOutputs, type ReportFiles } from "./report-forms";

/** What `keyward preview` was asked for. */
export interface PreviewRequest {
    /** Folder of `Pulumi.yaml`. */
    readonly folder: string;
    readonly stack: string;
    /** `KEY=VALUE`. */
    readonly config: readonly string[];
    readonly answers?: string;
    readonly timeLimitSeconds: number;
    readonly judging: JudgingFiles;
    readonly asOf: Date;
    readonly reports: ReportFiles;
    /** File for the graph. */
    readonly graph?: string;
}

/** A stack with what was said of it. */
export interface JudgedResources {
    readonly report: JudgedStack;
    readonly resources: readonly RegisteredResource[];
}

/**
 * Evaluates a program, judges what it would deploy and writes the reports that were asked for. Rejects with `InputError`; then
 * nothing is written.
 */
export async function previewStack(request: PreviewRequest): Promise<JudgedResources> {
    const graphOutput: readonly OutputFile[] =
        request.graph === undefined ? [] : [{ option: "--graph", file: request.graph }];
    checkOutputFiles([...reportOutputs(request.reports), ...graphOutput]);
    const project = readProject(request.folder);
    const progress = new ProgressLine(process.stderr);
    try {
        const { evaluation, judging } = await evaluateAndPrepare(request, project, progress);
        progress.show(`judging ${evaluation.resources.length} resources`, true);
        const { judgeGraph, readResources } = await import("./judging/judge-graph.js");
        const resources = readResources(evaluation.resources);
        const { assumptions } = evaluation;
        const graph = { resources, project: project.name, stack: request.stack, assumptions };
        const report = judgeGraph(graph, judging, request.asOf);
        const { writeGraphFile } = await import("./graph/saved-graph.js");
        const { writeReportFiles } = await import("./report-files.js");
        for (const output of graphOutput) {
            writeGraphFile(output, evaluation.resources, request.asOf);
        }
        writeReportFiles(report, request.reports);
        return { report, resources };
    } finally {
        progress.clear();
    }
}

/**
 * Runs the program, and meanwhile loads what will judge it and reads how. What is wrong with the latter ends the program at once.
 */
async function evaluateAndPrepare(
    request: PreviewRequest,
    project: Project,
    progress: ProgressLine,
): Promise<{ readonly evaluation: Evaluation; readonly judging: PackConfiguration }> {
    const config = readStackConfig(project, request.stack, request.config);
    const answers =
        request.answers === undefined
            ? {}
            : (await import("./answers/answers-file.js")).readAnswersFile(request.answers);
    progress.show(`evaluating ${project.name}`, true);
    const stop = new AbortController();
    const evaluating = evaluateProgram({
        project,
        stack: request.stack,
        config,
        answers,
        timeLimitSeconds: request.timeLimitSeconds,
        stop: stop.signal,
        onProgress: (count) => {
            progress.show(`evaluating ${project.name}: ${count} resources`);
        },
        onPrint: (text) => {
            progress.print(text);
        },
    });
    const [evaluated, prepared] = await Promise.allSettled([
        evaluating,
        readHow(request).catch((error: unknown) => {
            stop.abort();
            throw error;
        }),
    ]);
    if (prepared.status === "rejected") {
        throw prepared.reason;
    }
    if (evaluated.status === "rejected") {
        throw evaluated.reason;
    }
    return { evaluation: evaluated.value, judging: prepared.value };
}

async function readHow({ judging }: PreviewRequest): Promise<PackConfiguration> {
    return (await import("./judging/judge-graph.js")).readJudging(judging);
}
