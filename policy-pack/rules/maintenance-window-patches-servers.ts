import { launcherTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, passed, settle, undecided } from "../reading/observations";
import { patchTaskReads, patchTasksOf, taskReaches, type PatchTask } from "../reading/patch-tasks";
import { serverReads } from "../reading/servers";
import { some } from "../reading/targets";
import { readBoolean, readElements, readText, show, type Reading } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const runCommand = ["taskInvocationParameters", "runCommandParameters"];

/** Every key server is reached by a maintenance window whose task installs the approved patches, reboots and keeps its output. */
export const maintenanceWindowPatchesServers: Rule = {
    name: "maintenance-window-patches-servers",
    reads: [...serverReads, ...patchTaskReads],
    *judge(context) {
        const { graph, scope } = context;
        const tasks = patchTasksOf(graph);
        yield* judgeServers(context, tasks);
        const windows = new Set<RegisteredResource>();
        for (const found of tasks.filter(({ task }) => scope.includes(task))) {
            yield* settle(found.task, judgeTask(found));
            found.windows.forEach((window) => windows.add(window));
        }
        for (const window of windows) {
            yield judgeWindow(window);
        }
    },
};

function* judgeServers(
    { graph, scope }: RuleContext,
    tasks: readonly PatchTask[],
): Generator<Observation> {
    const servers = graph.ofType(
        TypeToken.Instance,
        TypeToken.SpotInstanceRequest,
        ...launcherTypes,
    );
    for (const server of servers.filter((resource) => scope.includes(resource))) {
        const reach = some(tasks.map((task) => taskReaches(graph, task, server)));
        yield reach === "yes"
            ? passed(server)
            : reach === "open"
              ? undecided(
                    server,
                    [],
                    "whether a maintenance window patches the server is not known: a target or document of its tasks is not",
                )
              : failed(
                    server,
                    [],
                    "no maintenance window of this stack runs a patch task on the server",
                );
    }
    const described = graph.ofType(TypeToken.LaunchTemplate, TypeToken.LaunchConfiguration);
    for (const resource of described.filter((other) => scope.includes(other))) {
        yield { verdict: "not-applicable", resource };
    }
}

function judgeTask({ task, document }: PatchTask): readonly Observation[] {
    if (document.kind === "open") {
        return [undecided(task, ["taskArn"], `taskArn ${document.why}`)];
    }
    const fixed = document.kind === "patches" ? document.fixed : {};
    const type = readText(task.properties, ["taskType"]);
    return [
        ...expect(task, ["taskType"], type, "RUN_COMMAND", "a patch document runs as RUN_COMMAND"),
        ...expectParameter(task, "Operation", "Install", fixed),
        ...expectParameter(task, "RebootOption", "RebootIfNeeded", {
            RebootOption: "RebootIfNeeded",
            ...fixed,
        }),
        ...present(
            task,
            ["serviceRoleArn"],
            readText(task.properties, ["serviceRoleArn"]),
            "the task runs with a role that the whole account shares",
        ),
        ...keepsOutput(task),
    ];
}

/** A parameter of the task; what the document settles itself holds where the task says nothing. */
function expectParameter(
    task: RegisteredResource,
    name: string,
    wanted: string,
    fixed: Readonly<Record<string, string>>,
): readonly Observation[] {
    const path = [...runCommand, "parameters"];
    const list = readElements(task.properties, path);
    if (list.kind === "open") {
        return [undecided(task, path, `${formatPath(path)} ${list.why}`, name)];
    }
    const entries = (list.kind === "known" ? list.value : []).map((entry) => ({
        entry,
        key: readText(task.properties, [...entry, "name"]),
    }));
    const set = entries.find(({ key }) => key.kind === "known" && key.value === name);
    if (set !== undefined) {
        const value = readText(task.properties, [...set.entry, "values", 0]);
        return expect(task, [...set.entry, "values"], value, wanted, `${name} must be ${wanted}`);
    }
    const open = entries.flatMap(({ entry, key }) =>
        key.kind === "open"
            ? [undecided(task, entry, `${formatPath(entry)} ${key.why}`, name)]
            : [],
    );
    if (open.length > 0) {
        return open.slice(0, 1);
    }
    return fixed[name] === wanted
        ? []
        : [failed(task, path, `the task does not set ${name} to ${wanted}`, name)];
}

function keepsOutput(task: RegisteredResource): readonly Observation[] {
    const toBucket = readText(task.properties, [...runCommand, "outputS3Bucket"]);
    const path = [...runCommand, "cloudwatchConfig", "cloudwatchOutputEnabled"];
    const toLogs = readBoolean(task.properties, path);
    // A bucket that is not known yet is a bucket all the same.
    if (toBucket.kind !== "absent" || (toLogs.kind === "known" && toLogs.value)) {
        return [];
    }
    return toLogs.kind === "open"
        ? [undecided(task, path, `${formatPath(path)} ${toLogs.why}`)]
        : [
              failed(
                  task,
                  path,
                  "the task's output is kept neither in CloudWatch Logs nor in a bucket",
              ),
          ];
}

function expect(
    resource: RegisteredResource,
    path: PropertyPath,
    reading: Reading<string>,
    wanted: string,
    why: string,
): readonly Observation[] {
    const place = formatPath(path);
    if (reading.kind === "open") {
        return [undecided(resource, path, `${place} ${reading.why}`)];
    }
    const found = reading.kind === "known" ? `is ${show(reading.value)}` : "is not set";
    return reading.kind === "known" && reading.value === wanted
        ? []
        : [failed(resource, path, `${place} ${found}: ${why}`)];
}

function present(
    resource: RegisteredResource,
    path: PropertyPath,
    reading: Reading<string>,
    why: string,
): readonly Observation[] {
    // A role that is not known yet is a role all the same.
    return reading.kind === "absent"
        ? [failed(resource, path, `${formatPath(path)} is not set, so ${why}`)]
        : [];
}

function judgeWindow(window: RegisteredResource): Observation {
    const enabled = readBoolean(window.properties, ["enabled"]);
    if (enabled.kind === "open") {
        return undecided(window, ["enabled"], `enabled ${enabled.why}`);
    }
    return enabled.kind === "known" && !enabled.value
        ? failed(window, ["enabled"], "enabled is false, so the window patches nothing")
        : passed(window);
}
