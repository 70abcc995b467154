import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { InputError } from "../../catalog/records/input-error";
import type { Assumption } from "../../catalog/records/judged-stack";
import { Answerer, type ProviderQuestion } from "../answers/answerer";
import type { StatedAnswers } from "../answers/answers-file";
import type { SavedResource } from "../graph/saved-resource";
import type { StackConfig } from "../project/stack-config";
import type { Project } from "../project/project-file";
import { FrameKind, frameHeader, writeLength, type Answer, type Job } from "../protocol/frames";
import { startEvaluator, type Ending, type EvaluatorProcess } from "./child-process";
import { organization } from "./organization";
import { describeEnding, describeProgramErrors } from "./program-failure";
import { Recorder } from "./recorder";

/** What to evaluate, and whom to tell meanwhile. */
export interface EvaluationRequest {
    readonly project: Project;
    readonly stack: string;
    readonly config: StackConfig;
    readonly answers: StatedAnswers;
    readonly timeLimitSeconds: number;
    /** Ends the program at once when it is given up. */
    readonly stop?: AbortSignal;
    /** Called with the count of registrations so far. */
    readonly onProgress: (registrations: number) => void;
    /** Called with what the program prints. */
    readonly onPrint: (text: string) => void;
}

/** What a program would deploy. */
export interface Evaluation {
    /** In order of dependency; the stack included. */
    readonly resources: readonly SavedResource[];
    readonly assumptions: readonly Assumption[];
}

/** Runs a program to its end. Rejects with `InputError` when it throws, rejects, exits early, or does not end in time. */
export async function evaluateProgram(request: EvaluationRequest): Promise<Evaluation> {
    const fast = await runOnce(request, false);
    if (fast.recorder.errors.length === 0 || request.stop?.aborted === true) {
        return finish(request, fast);
    }
    // Stack traces cost time, so only a program that failed is run again, to say where.
    const traced = await runOnce({ ...request, onPrint: () => undefined }, true);
    const { errors } = traced.recorder.errors.length === 0 ? fast.recorder : traced.recorder;
    throw new InputError(describeProgramErrors(errors, request.project));
}

interface Run {
    readonly recorder: Recorder;
    readonly answerer: Answerer;
    readonly ending: Ending | "time limit";
}

async function runOnce(request: EvaluationRequest, stackTraces: boolean): Promise<Run> {
    const recorder = new Recorder(request.onProgress);
    const answerer = new Answerer(request.answers, providerConfig(request), (urn) =>
        recorder.resource(urn),
    );
    const child = startEvaluator({
        nodeArguments: request.project.nodeArguments,
        onPrint: request.onPrint,
        onFrame: (frame) => {
            const question = recorder.receive(frame);
            if (question !== undefined) {
                child.send(answerFrame(question, answerer, recorder));
            }
        },
    });
    const stop = (): void => {
        child.kill();
    };
    request.stop?.addEventListener("abort", stop);
    const job = Buffer.from(JSON.stringify(jobOf(request, stackTraces)));
    child.send(frameHeader(FrameKind.Job, job.length));
    child.send(job);
    return { recorder, answerer, ending: await endOf(child, request.timeLimitSeconds) };
}

/** What default providers are configured with: AWS's takes the region that the configuration leaves out from the environment. */
function providerConfig({ config }: EvaluationRequest): Readonly<Record<string, string>> {
    const region = process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"];
    return region === undefined || region === ""
        ? config.values
        : { "aws:region": region, ...config.values };
}

function jobOf({ project, stack, config, answers }: EvaluationRequest, stackTraces: boolean): Job {
    return {
        projectFolder: project.folder,
        workingFolder: project.workingFolder,
        entry: project.entry,
        project: project.name,
        stack,
        organization,
        typescript: project.typescript,
        tsconfig: project.tsconfig,
        config: config.values,
        secretKeys: config.secretKeys,
        encryptedKeys: config.encryptedKeys,
        stackOutputs: answers.stacks ?? {},
        stackTraces,
    };
}

async function endOf(child: EvaluatorProcess, seconds: number): Promise<Ending | "time limit"> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<"time limit">((resolve) => {
        timer = setTimeout(resolve, seconds * 1000, "time limit");
    });
    const ending = await Promise.race([child.ended, limit]);
    clearTimeout(timer);
    if (ending === "time limit") {
        child.kill();
        await child.ended;
    }
    return ending;
}

function finish(request: EvaluationRequest, { recorder, answerer, ending }: Run): Evaluation {
    if (ending === "time limit" || !recorder.done) {
        throw new InputError([describeEnding(ending, recorder.count, request.timeLimitSeconds)]);
    }
    for (const name of recorder.stackReferences) {
        answerer.stackOutputs(name);
    }
    return {
        resources: recorder.resources(providerConfig(request)),
        assumptions: [
            ...request.config.assumptions,
            ...answerer.assumptions,
            ...recorder.notEvaluated,
        ],
    };
}

function answerFrame(
    question: ProviderQuestion,
    answerer: Answerer,
    recorder: Recorder,
): Uint8Array {
    const answered = recorder.answerFromGraph(question) ?? answerer.answer(question);
    const answer: Answer = {
        id: question.id,
        outcome: answered.outcome,
        ...(answered.outcome === "refused" ? { reason: answered.reason } : {}),
    };
    const text = Buffer.from(JSON.stringify(answer));
    const length = new Uint8Array(4);
    writeLength(length, 0, text.length);
    const message = answered.outcome === "answered" ? toStruct(answered.result) : new Uint8Array(0);
    return Buffer.concat([
        frameHeader(FrameKind.Answer, 4 + text.length + message.length),
        length,
        text,
        message,
    ]);
}

/** JSON drops what a protobuf value cannot hold, such as undefined. */
function toStruct(result: Readonly<Record<string, unknown>>): Uint8Array {
    const json = JSON.parse(JSON.stringify(result)) as Record<string, JavaScriptValue>;
    return Struct.fromJavaScript(json).serializeBinary();
}
