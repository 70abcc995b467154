import type { ServiceError } from "@grpc/grpc-js";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { InputError } from "../../catalog/records/input-error";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { isJudged } from "../../policy-pack/graph/wire-resource";
import { Redactor } from "../../policy-pack/judging/secrets";
import { analyzeRequest, analyzeStackRequest, type AnalyzedResource } from "./analyzer-messages";
import { PackClient } from "./pack-client";
import { configureRequest, settingsOf } from "./pack-config";
import { PackProcess, type PackSurroundings } from "./pack-process";
import { VerdictCollector, type PackVerdicts } from "./pack-verdicts";
import type { PreparedPack } from "./prepare-packs";

/** What packs are shown. */
export interface PackInput extends PackSurroundings {
    /** As a program, an exported stack or a saved graph writes them. */
    readonly saved: readonly AnalyzedResource[];
    /** The same, as Keyward's own policies read them: to keep secrets out of messages. */
    readonly resources: readonly RegisteredResource[];
    /** How long each pack may take. */
    readonly timeLimitSeconds: number;
}

/** Requests that a pack is sent before it has answered the first of them. */
const requestsAtOnce = 16;

/**
 * Shows a graph to packs, one after another, as the engine does. Nothing is remediated. Rejects with `InputError` that names the pack
 * which crashes, hangs, refuses its configuration or answers what makes no sense; its process is ended in any case.
 */
export async function runPacks(
    packs: readonly PreparedPack[],
    input: PackInput,
): Promise<readonly PackVerdicts[]> {
    const verdicts: PackVerdicts[] = [];
    const names = new Map<string, string>();
    for (const pack of packs) {
        const onName = (name: string): void => {
            const other = names.get(name);
            if (other !== undefined) {
                throw new InputError([
                    `--policy-pack ${other} and --policy-pack ${pack.written} are both named ${name}: the engine runs only one of them, so give one`,
                ]);
            }
            names.set(name, pack.written);
        };
        verdicts.push(await runPack(pack, input, onName));
    }
    return verdicts;
}

async function runPack(
    pack: PreparedPack,
    input: PackInput,
    onName: (name: string) => void,
): Promise<PackVerdicts> {
    const child = new PackProcess(pack, input);
    const redactor = new Redactor(input.resources);
    let stage = "starting";
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
            const seconds = input.timeLimitSeconds;
            reject(
                new Error(
                    `it did not finish within ${seconds} seconds (it was ${stage}); give it longer with --policy-pack-time-limit SECONDS`,
                ),
            );
        }, input.timeLimitSeconds * 1000);
    });
    const work = converse(child, pack, {
        ...input,
        redact: (text) => redactor.redact(text),
        onName,
        onStage: (now) => (stage = now),
    });
    try {
        return await Promise.race([work, limit, child.ended]);
    } catch (error) {
        if (error instanceof InputError) {
            throw error;
        }
        const printed = child.printed === "" ? "" : `\nit printed: ${child.printed}`;
        const cause = `${await causeOf(error, child)}${printed}`;
        throw new InputError([
            `the policy pack ${pack.written} could not judge the stack: ${redactor.redact(cause)}`,
        ]);
    } finally {
        clearTimeout(timer);
        await child.end();
        await work.catch(() => undefined);
    }
}

/** What a conversation with a pack is about, and who is told of it. */
interface Conversation extends PackInput {
    readonly redact: (text: string) => string;
    readonly onName: (name: string) => void;
    readonly onStage: (stage: string) => void;
}

async function converse(
    child: PackProcess,
    pack: PreparedPack,
    input: Conversation,
): Promise<PackVerdicts> {
    const { onStage } = input;
    const client = new PackClient(await child.port());
    try {
        onStage("saying what it is");
        const info = await client.info();
        checkInfo(info);
        input.onName(info.getName());
        const settings = settingsOf(info, pack.config, pack.configFile);
        onStage("being configured");
        await client.configureStack(input);
        await client.configure(configureRequest(settings));
        const shown = input.saved.filter(isJudged);
        const graph = new Map(shown.map((resource) => [resource.urn, resource]));
        const stackUrn = `urn:pulumi:${input.stack}::${input.project}::pulumi:pulumi:Stack::${input.project}-${input.stack}`;
        const types = new Map([
            [stackUrn, "pulumi:pulumi:Stack"],
            ...shown.map(({ urn, type }) => [urn, type] as const),
        ]);
        const collector = new VerdictCollector(info, settings, types, input.redact);
        for (let start = 0; start < shown.length; start += requestsAtOnce) {
            const some = shown.slice(start, start + requestsAtOnce);
            onStage(`judging resource ${start + 1} of ${shown.length}`);
            const answers = await Promise.all(
                some.map(async (resource) => ({
                    urn: resource.urn,
                    response: await client.analyze(analyzeRequest(resource, graph)),
                })),
            );
            for (const { urn, response } of answers) {
                collector.addResource(urn, response);
            }
        }
        onStage("judging the stack");
        collector.addStack(stackUrn, await client.analyzeStack(analyzeStackRequest(shown, graph)));
        return collector.verdicts();
    } finally {
        client.close();
    }
}

function checkInfo(info: AnalyzerInfo): void {
    if (info.getName() === "") {
        throw new Error("it answers without a name");
    }
    if (info.getPoliciesList().length === 0) {
        throw new Error("it has no policies, so it judges nothing");
    }
}

/** How long a lost connection may be the first sign that a process ended. */
const endLimitMilliseconds = 1000;

/** What a failed call means: where the process ended, that is the cause, and the call only lost its connection. */
async function causeOf(error: unknown, child: PackProcess): Promise<string> {
    const { details } = error as Partial<ServiceError>;
    if (details === undefined) {
        return error instanceof Error ? error.message : String(error);
    }
    let timer: NodeJS.Timeout | undefined;
    const lost = new Promise<string>((resolve) => {
        timer = setTimeout(resolve, endLimitMilliseconds, `a call failed: ${details}`);
    });
    const ended = child.ended.catch((ending: unknown) =>
        ending instanceof Error ? ending.message : String(ending),
    );
    const cause = await Promise.race([ended, lost]);
    clearTimeout(timer);
    return cause;
}
