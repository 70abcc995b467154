import { Command, Option } from "commander";
import { paragraphs } from "../../catalog/article";
import { checklistFormats, renderChecklist, type ChecklistFormat } from "../../catalog/checklist";
import { buildChecklist } from "../../catalog/checklist/checklist";
import { controls } from "../../catalog/controls";
import { readEvidence } from "../../catalog/evidence/read";
import { evidenceFindings, manualStates } from "../../catalog/evidence/state";
import { parameters } from "../../catalog/parameters";
import { parseAsOf } from "../../preview/judging/as-of";
import { checkOutputFiles, writeOutputFile } from "../../preview/output-files";
import { parseMapping, readText } from "../../preview/project/yaml-file";
import { ExitStatus } from "../exit-status";

interface ChecklistOptions {
    readonly format: ChecklistFormat;
    readonly output: string;
    readonly evidence?: string;
    readonly asOf?: Date;
}

/** Builds `keyward checklist`. */
export function checklistCommand(): Command {
    return new Command("checklist")
        .description("Prints the hardening checklist: every control with its values and sources.")
        .addOption(
            new Option("--format <format>", "form of the checklist")
                .choices(checklistFormats)
                .default("markdown"),
        )
        .option("--output <file>", "where to write it (- for stdout)", "-")
        .option(
            "--evidence <file>",
            "evidence of what people do, YAML or JSON (- for stdin): shows the state of each manual control, and ends with status 1 when one is open or overdue",
        )
        .addOption(
            new Option(
                "--as-of <date>",
                "moment that dates are compared with (default: now)",
            ).argParser(parseAsOf),
        )
        .addHelpText(
            "after",
            `
Examples:
  keyward checklist > CHECKLIST.md
  keyward checklist --format html --output checklist.html
  keyward checklist --format csv --evidence evidence.yaml`,
        )
        .action((options: ChecklistOptions) => {
            const output = { option: "--output", file: options.output };
            checkOutputFiles([output]);
            const states =
                options.evidence === undefined
                    ? undefined
                    : statesFrom(options.evidence, options.asOf ?? new Date());
            const checklist = buildChecklist({
                paragraphs,
                controls,
                parameters,
                ...(states === undefined ? {} : { states }),
            });
            writeOutputFile(output, renderChecklist(checklist, options.format));
            const findings = evidenceFindings(states ?? []);
            for (const finding of findings) {
                console.error(`keyward: ${finding}`);
            }
            process.exitCode = findings.length === 0 ? ExitStatus.Met : ExitStatus.NotMet;
        });
}

function statesFrom(file: string, asOf: Date): ReturnType<typeof manualStates> {
    const document = parseMapping(readText(file, "the evidence"), file);
    return manualStates(controls, readEvidence(document, file, controls, asOf), asOf);
}
