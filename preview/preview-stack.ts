import type { JudgedStack } from "../catalog/records/judged-stack";
import type { RegisteredResource } from "../policy-pack/graph/resource";
import type { PackConfiguration } from "../policy-pack/configuration/read-configuration";
import { evaluateProgram, type Evaluation } from "./evaluation/evaluate-program";
import { organization } from "./evaluation/organization";
import { refuseNothing } from "./graph/nothing-to-judge";
import type { JudgingFiles } from "./judging/judging-files";
import { defaultPackSeconds, type PackRequest } from "./packs/pack-folder";
import type { PreparedPack } from "./packs/prepare-packs";
import { checkOutputFiles, writeOutputFile, type OutputFile } from "./output-files";
import { PhaseClock } from "./phase-clock";
import { projectFileBelow, readProject, type Project } from "./project/project-file";
import { readStackConfig, type StackConfig } from "./project/stack-config";
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
    /** File for the time that each phase took: no report holds it, so that the same input gives the same bytes. */
    readonly timings?: string;
    /** Other packs; none by default. */
    readonly packs?: readonly PackRequest[];
    /** How long each other pack may take. Defaults to two minutes. */
    readonly packTimeLimitSeconds?: number;
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
    const clock = new PhaseClock();
    const graphOutput = outputOf("--graph", request.graph);
    const timingsOutput = outputOf("--timings", request.timings);
    checkOutputFiles([...reportOutputs(request.reports), ...graphOutput, ...timingsOutput]);
    const project = readProject(request.folder);
    const progress = new ProgressLine(process.stderr);
    try {
        const { evaluation, judging, config, packs } = await evaluateAndPrepare(
            request,
            project,
            progress,
            clock,
        );
        clock.begin("judge");
        refuseNothing(
            evaluation.resources,
            "the program registers",
            "check which stack, configuration and entry point it runs with (--stack, --config, main in Pulumi.yaml)",
        );
        progress.show(`judging ${evaluation.resources.length} resources`, true);
        const { remediateStack } = await import("../policy-pack/remediation/remediate-stack.js");
        const { readResources } = await import("./judging/judge-graph.js");
        const { judgeWithPacks } = await import("./packs/judge-with-packs.js");
        const { resources: saved, remediations } = remediateStack(evaluation.resources, {
            configuration: judging.policies,
            scope: judging.scope,
            asOf: request.asOf,
        });
        const resources = readResources(saved);
        const { report: judged } = await judgeWithPacks({
            project: project.name,
            stack: request.stack,
            organization,
            ...readableConfig(config),
            dryRun: true,
            resources,
            saved,
            remediations,
            assumptions: evaluation.assumptions,
            packs,
            judging,
            asOf: request.asOf,
            timeLimitSeconds: request.packTimeLimitSeconds ?? defaultPackSeconds,
        });
        clock.begin("report");
        const projectFile = projectFileBelow(project, process.cwd());
        const report = { ...judged, ...(projectFile === undefined ? {} : { projectFile }) };
        const { writeGraphFile } = await import("./graph/saved-graph.js");
        const { writeReportFiles } = await import("./report-files.js");
        for (const output of graphOutput) {
            writeGraphFile(output, saved, request.asOf);
        }
        writeReportFiles(report, request.reports);
        for (const output of timingsOutput) {
            writeOutputFile(output, clock.write());
        }
        return { report, resources };
    } finally {
        progress.clear();
    }
}

function outputOf(option: string, file: string | undefined): readonly OutputFile[] {
    return file === undefined ? [] : [{ option, file }];
}

/** Configuration as other packs are told it: a value that is encrypted is nobody's to know. */
function readableConfig({ values, secretKeys, encryptedKeys }: StackConfig): {
    readonly config: StackConfig["values"];
    readonly secretKeys: readonly string[];
} {
    const hidden = new Set(encryptedKeys);
    return {
        config: Object.fromEntries(Object.entries(values).filter(([key]) => !hidden.has(key))),
        secretKeys: secretKeys.filter((key) => !hidden.has(key)),
    };
}

/** How to judge. */
interface Prepared {
    readonly judging: PackConfiguration;
    readonly packs: readonly PreparedPack[];
}

/**
 * Runs the program, and meanwhile loads what will judge it and reads how. What is wrong with the latter ends the program at once.
 */
async function evaluateAndPrepare(
    request: PreviewRequest,
    project: Project,
    progress: ProgressLine,
    clock: PhaseClock,
): Promise<Prepared & { readonly evaluation: Evaluation; readonly config: StackConfig }> {
    const config = readStackConfig(project, request.stack, request.config);
    const answers =
        request.answers === undefined
            ? {}
            : (await import("./answers/answers-file.js")).readAnswersFile(request.answers);
    progress.show(`evaluating ${project.name}`, true);
    clock.begin("evaluate");
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
    return { evaluation: evaluated.value, config, ...prepared.value };
}

async function readHow({ judging, packs = [] }: PreviewRequest): Promise<Prepared> {
    const { readJudging } = await import("./judging/judge-graph.js");
    const { preparePacks } = await import("./packs/prepare-packs.js");
    return { judging: readJudging(judging), packs: preparePacks(packs) };
}
