import type { JudgedStack } from "../catalog/records/judged-stack";
import type { RegisteredResource } from "../policy-pack/graph/resource";
import { isJudged, readWireResource } from "../policy-pack/graph/wire-resource";
import { readAnswersFile } from "./answers/answers-file";
import { evaluateProgram } from "./evaluation/evaluate-program";
import { writeGraph } from "./graph/saved-graph";
import { judgeGraph, readJudging, type JudgingFiles } from "./judging/judge-graph";
import { checkOutputFiles, writeOutputFile, type OutputFile } from "./output-files";
import { readProject } from "./project/project-file";
import { readStackConfig } from "./project/stack-config";
import { ProgressLine } from "./progress";
import { reportOutputs, writeReportFiles, type ReportFiles } from "./report-files";

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
    const config = readStackConfig(project, request.stack, request.config);
    const answers = request.answers === undefined ? {} : readAnswersFile(request.answers);
    const judging = readJudging(request.judging);
    const progress = new ProgressLine(process.stderr);
    try {
        progress.show(`evaluating ${project.name}`, true);
        const resources: RegisteredResource[] = [];
        const { resources: saved, assumptions } = await evaluateProgram({
            project,
            stack: request.stack,
            config,
            answers,
            timeLimitSeconds: request.timeLimitSeconds,
            onProgress: (count) => {
                progress.show(`evaluating ${project.name}: ${count} resources`);
            },
            onPrint: (text) => {
                progress.print(text);
            },
        });
        progress.show(`judging ${saved.length} resources`, true);
        resources.push(...saved.filter(isJudged).map(readWireResource));
        const graph = { resources, project: project.name, stack: request.stack, assumptions };
        const report = judgeGraph(graph, judging, request.asOf);
        for (const output of graphOutput) {
            writeOutputFile(output, writeGraph(saved, request.asOf));
        }
        writeReportFiles(report, request.reports);
        return { report, resources };
    } finally {
        progress.clear();
    }
}
