import { readGraphFile } from "./graph/read-graph";
import {
    baselineOutput,
    readAuthority,
    writeBaselineFile,
    type BaselineRequest,
} from "./judging/baseline";
import { readJudging } from "./judging/judge-graph";
import type { JudgingFiles } from "./judging/judging-files";
import { checkOutputFiles } from "./output-files";
import { organization } from "./evaluation/organization";
import { judgeWithPacks } from "./packs/judge-with-packs";
import { defaultPackSeconds, type PackRequest } from "./packs/pack-folder";
import { preparePacks } from "./packs/prepare-packs";
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
    /** Other packs; none by default. */
    readonly packs?: readonly PackRequest[];
    /** How long each other pack may take. Defaults to two minutes. */
    readonly packTimeLimitSeconds?: number;
}

/**
 * Judges a state and writes the reports that were asked for. Rejects with `InputError`; then nothing is written. A baseline holds what
 * Keyward's own policies found: those of other packs know no exemptions.
 */
export async function analyzeState(request: AnalyzeRequest): Promise<JudgedResources> {
    const baseline = baselineOutput(request.baseline);
    checkOutputFiles([...reportOutputs(request.reports), ...baseline]);
    const authority = baseline.length === 0 ? undefined : readAuthority(request.baseline);
    const judging = readJudging(request.judging);
    const packs = preparePacks(request.packs ?? []);
    const { saved, ...graph } = readGraphFile(request.file);
    const { own, report } = await judgeWithPacks({
        ...graph,
        saved,
        packs,
        judging,
        asOf: request.asOf,
        assumptions: [],
        organization,
        config: {},
        secretKeys: [],
        dryRun: false,
        timeLimitSeconds: request.packTimeLimitSeconds ?? defaultPackSeconds,
    });
    writeReportFiles(report, request.reports);
    if (authority !== undefined) {
        for (const output of baseline) {
            writeBaselineFile(output, own, authority, judging.policies);
        }
    }
    return { report, resources: graph.resources };
}
