import { statSync } from "node:fs";
import { InputError } from "../../catalog/records/input-error";
import type { PatchPlan } from "../../catalog/records/judged-stack";
import { previewStack } from "../../preview/preview-stack";
import { readReportFile } from "../../report/json/read-file";

/**
 * The patch plan of a Pulumi project's folder, which is evaluated offline, or of a JSON report.
 *
 * @throws InputError for a source that cannot be read, or that has no plan.
 */
export async function loadPatchPlan(
    source: string,
    { stack, config }: { readonly stack: string; readonly config: readonly string[] },
): Promise<PatchPlan> {
    const isFolder = statSync(source, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const { patchPlan } = isFolder
        ? (
              await previewStack({
                  folder: source,
                  stack,
                  config,
                  timeLimitSeconds: 120,
                  judging: {},
                  asOf: new Date(),
                  reports: {},
                  packs: [],
                  packTimeLimitSeconds: 0,
              })
          ).report
        : readReportFile(source);
    if (patchPlan === null) {
        throw new InputError([
            `${source} has no patch plan: no maintenance window with a known schedule patches a key server; keyward preview says what is missing`,
        ]);
    }
    return patchPlan;
}
