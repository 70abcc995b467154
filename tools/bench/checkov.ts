import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SavedResource } from "../../preview/graph/saved-resource";
import { repository, type EngineCommand } from "../../test/support/engine";
import { keyward } from "../../test/support/engine-verdicts";
import { measure, type Cost } from "./measure";
import type { Subject } from "./compare";
import { terraformPlan } from "./terraform-plan";

/** The version of the checkov on `PATH`; undefined where there is none. */
export function checkovVersion(): string | undefined {
    const { status, stdout } = spawnSync("checkov", ["--version"], { encoding: "utf8" });
    return status === 0 ? stdout.trim() : undefined;
}

/** Writes the finished plan that has the servers of a program; returns its file. Throws where the program cannot be evaluated. */
export async function writePlan(subject: Subject, folder: string): Promise<string> {
    const [graph, plan] = [join(folder, "graph.json"), join(folder, "plan.json")];
    const { status, stderr } = await keyward([
        ...["preview", subject.folder, "--stack", subject.stack, "--graph", graph],
    ]);
    if (status > 1) {
        throw new Error(`keyward preview ${subject.folder} failed:\n${stderr}`);
    }
    const { deployment } = JSON.parse(readFileSync(graph, "utf8")) as {
        readonly deployment: { readonly resources: readonly SavedResource[] };
    };
    writeFileSync(plan, JSON.stringify(terraformPlan(deployment.resources)));
    return plan;
}

/** Has checkov judge a plan with all its own rules, asking nobody. Throws where it judged nothing. */
export async function measureCheckov(plan: string): Promise<Cost> {
    const command: EngineCommand = {
        program: "checkov",
        args: [
            "--file",
            plan,
            "--framework",
            "terraform_plan",
            "--output",
            "json",
            "--skip-download",
        ],
        folder: repository,
        environment: process.env,
    };
    const cost = await measure(command);
    const { summary } = JSON.parse(cost.stdout || "{}") as {
        readonly summary?: { readonly passed: number; readonly failed: number };
    };
    if (summary === undefined || summary.passed + summary.failed === 0) {
        throw new Error(`checkov judged nothing:\n${cost.stdout}${cost.stderr}`);
    }
    return cost;
}
