import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { peek } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { parseDocument } from "../reading/document-content";
import { patchCommandOf } from "../reading/patch-commands";
import { stepsOf } from "../reading/patch-documents";
import type { PatchTask } from "../reading/patch-tasks";
import { readElements, readText, valueAt } from "../reading/values";

/** An Automation document that asks a function whether production may go on. */
export interface Gate {
    readonly document: RegisteredResource;
    /** Hours that it sleeps before it asks first. */
    readonly soakHours: number;
    /** True for a document that installs by itself: an emergency's. */
    readonly installs: boolean;
}

/** The gates of a stack. */
export function gatesOf(graph: GraphIndex): readonly Gate[] {
    return graph.ofType(TypeToken.SsmDocument).flatMap((document) => {
        const type = readText(document.properties, ["documentType"]);
        const steps = stepsOfDocument(document);
        const asks = steps.findIndex((step) => actionOf(step) === "aws:branch");
        if (type.kind !== "known" || type.value !== "Automation" || asks === -1) {
            return [];
        }
        const decides = steps.some(
            (step) =>
                actionOf(step) === "aws:invokeLambdaFunction" || actionOf(step) === "aws:approve",
        );
        const soakHours = steps
            .slice(0, asks)
            .filter((step) => actionOf(step) === "aws:sleep")
            .reduce((sum: number, step) => sum + sleepHours(step), 0);
        const installs = steps.some((step) => actionOf(step) === "aws:runCommand");
        return decides ? [{ document, soakHours, installs }] : [];
    });
}

/** Whether a task installs a list of patches only: by a parameter of its own, or one that its document passes on. */
export function installsList(graph: GraphIndex, { task }: PatchTask): boolean {
    const path = ["taskInvocationParameters", "runCommandParameters", "parameters"];
    const list = readElements(task.properties, path);
    const own = (list.kind === "known" ? list.value : []).some((entry) => {
        const name = readText(task.properties, [...entry, "name"]);
        const value = peek(task.properties, [...entry, "values", 0]);
        return (
            name.kind === "known" &&
            name.value === "InstallOverrideList" &&
            value.kind !== "absent" &&
            value.kind === "known" &&
            value.value !== ""
        );
    });
    const documents = graph.reference(task, ["taskArn"], [TypeToken.SsmDocument]).resources;
    return own || (documents.length > 0 && documents.every(passesList));
}

/** Whether every step of a document that installs patches installs a list only. */
function passesList(document: RegisteredResource): boolean {
    const verdicts = stepsOfDocument(document).flatMap((step): readonly boolean[] => {
        const command = patchCommandOf(step);
        if (command === "installs-available" || command === "installs-list") {
            return [command === "installs-list"];
        }
        const path = peek(step, ["inputs", "documentPath"]);
        const list = peek(step, ["inputs", "documentParameters", "InstallOverrideList"]);
        return path.kind === "known" && String(path.value).endsWith("AWS-RunPatchBaseline")
            ? [list.kind === "known" && list.value !== ""]
            : [];
    });
    return verdicts.length > 0 && !verdicts.includes(false);
}

function stepsOfDocument(document: RegisteredResource): readonly unknown[] {
    return stepsOf(parseDocument(valueAt(document.properties, ["content"])));
}

function actionOf(step: unknown): unknown {
    const action = peek(step, ["action"]);
    return action.kind === "known" ? action.value : undefined;
}

function sleepHours(step: unknown): number {
    const duration = peek(step, ["inputs", "Duration"]);
    const text = duration.kind === "known" ? String(duration.value) : "";
    const [, days = "0", hours = "0", minutes = "0"] =
        /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
    return Number(days) * 24 + Number(hours) + Number(minutes) / 60;
}
