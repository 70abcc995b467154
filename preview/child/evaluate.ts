// The process that runs a program. It judges nothing: it sends every registration to the process that started it.
import { createRequire, register } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FrameKind, type Job } from "../protocol/frames";
import { Answers, flush, readJob, sendJson } from "./channel";
import { readCompilerSettings } from "./compiler-settings";
import { findEntryPoint, type EntryPoint } from "./entry-point";
import type { EsmHooksData } from "./esm-hooks";
import { hookSdkModules } from "./module-hooks";
import { cutOffNetwork } from "./offline-network";
import { ProgramErrors } from "./program-errors";
import { createMonitor } from "./recording-monitor";
import { loadSdk, type Sdk } from "./sdk";
import { hideEncryptedConfig } from "./secret-config";
import { leaveUnstatedOpen } from "./stack-references";
import { TransformRunner } from "./transforms";
import { TypeScriptLoader } from "./typescript-loader";

const job = readJob();
const errors = new ProgramErrors();

/** Whether the stack's outputs were resolved: until then an empty event loop means that the program waits for nothing. */
let finished = false;

process.on("uncaughtException", (error) => {
    errors.report(error);
});
process.on("unhandledRejection", (error) => {
    errors.report(error);
});
process.on("beforeExit", () => {
    if (!finished && !errors.any) {
        errors.report(new Error("the program waits for a promise that nothing will ever resolve"));
    }
    sendJson(FrameKind.Done, {});
    process.exit(0);
});
process.on("exit", flush);

setEnvironment(job);
cutOffNetwork();
let sdk: Sdk | undefined;
hookSdkModules(() => sdk);
evaluate(job).then(
    () => {
        finished = true;
    },
    (error: unknown) => {
        errors.report(error);
    },
);

/** Gives the program the surroundings that the engine gives it. */
function setEnvironment(job: Job): void {
    Error.stackTraceLimit = job.stackTraces ? 20 : 0;
    if (job.stackTraces) {
        process.setSourceMapsEnabled(true);
    }
    process.chdir(job.workingFolder);
    Object.assign(process.env, {
        PULUMI_NODEJS_ORGANIZATION: job.organization,
        PULUMI_NODEJS_PROJECT: job.project,
        PULUMI_NODEJS_ROOT_DIRECTORY: job.projectFolder,
        PULUMI_NODEJS_STACK: job.stack,
        PULUMI_NODEJS_DRY_RUN: "true",
        PULUMI_CONFIG: JSON.stringify(job.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(job.secretKeys),
    });
}

async function evaluate(job: Job): Promise<void> {
    const entry = findEntryPoint(job.workingFolder, job.entry);
    const registerTypeScript = job.typescript ? prepareTypeScript(job, entry) : undefined;
    const own = (sdk = loadSdk(job.workingFolder));
    hideEncryptedConfig(own, job.encryptedKeys);
    leaveUnstatedOpen(own);
    const monitor = createMonitor(own, job, new Answers(), new TransformRunner(own));
    own.settings.setMockOptions(monitor, job.project, job.stack, true, job.organization);
    await own.settings.awaitFeatureSupport();
    registerTypeScript?.();
    process.argv = process.argv.slice(0, 2);
    await own.stack.runInPulumiStack(() => load(entry));
}

/** Starts to translate a program; gives what makes it load. */
function prepareTypeScript(job: Job, entry: EntryPoint): () => void {
    const settings = readCompilerSettings(join(job.workingFolder, job.tsconfig));
    const loader = new TypeScriptLoader({
        settings,
        sourceMaps: job.stackTraces,
        entry: entry.esModule ? undefined : entry.path,
    });
    return () => {
        loader.register();
        if (entry.esModule) {
            const data: EsmHooksData = { settings, sourceMaps: job.stackTraces };
            register("./esm-hooks.mjs", { parentURL: pathToFileURL(__filename).href, data });
        }
    };
}

/** Loads the program; gives its stack outputs. */
async function load(entry: EntryPoint): Promise<unknown> {
    const exported: unknown = entry.esModule
        ? defaultOf((await import(pathToFileURL(entry.path).href)) as object)
        : (createRequire(entry.path)(entry.path) as unknown);
    return await (typeof exported === "function" ? (exported as () => unknown)() : exported);
}

/** The default export where there is one: as the engine has it, a program has either that or named exports. */
function defaultOf(module: object): unknown {
    if (!("default" in module)) {
        return module;
    }
    if (Object.keys(module).length !== 1) {
        throw new Error(
            "expected entrypoint module to have either a default export or named exports but not both",
        );
    }
    return module.default;
}
