import { readGraphFile } from "./graph/read-graph";
import {
    baselineOutput,
    readAuthority,
    writeBaselineFile,
    type BaselineRequest,
} from "./judging/baseline";
import { judgeGraph, readJudging } from "./judging/judge-graph";
import type { JudgingFiles } from "./judging/judging-files";
import { checkOutputFiles } from "./output-files";
import type { JudgedResources } from "./preview-stack";
import { writeReportFiles } from "./report-files";
import { reportOutputs, type ReportFiles } from "./report-forms";

/** What `keyward analyze` was asked for. */
export interface AnalyzeRequest {
    /** An exported stack or a saved graph; `-` is standard input. */
    readonly file: string;
    readonly judging: JudgingFiles;
    readonly asOf: Date;
    readonly reports: ReportFiles;
    readonly baseline: BaselineRequest;
}

/** Judges a state and writes the reports that were asked for. Throws `InputError`; then nothing is written. */
export function analyzeState(request: AnalyzeRequest): JudgedResources {
    const baseline = baselineOutput(request.baseline);
    checkOutputFiles([...reportOutputs(request.reports), ...baseline]);
    const authority = baseline.length === 0 ? undefined : readAuthority(request.baseline);
    const judging = readJudging(request.judging);
    const graph = readGraphFile(request.file);
    const report = judgeGraph({ ...graph, assumptions: [] }, judging, request.asOf);
    writeReportFiles(report, request.reports);
    if (authority !== undefined) {
        for (const output of baseline) {
            writeBaselineFile(output, report, authority, judging.policies);
        }
    }
    return { report, resources: graph.resources };
}
