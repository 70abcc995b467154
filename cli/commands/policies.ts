import { Command, Option } from "commander";
import { configurationSchema } from "../../policy-pack/configuration/policy-schema";
import { writeConfiguration } from "../../policy-pack/configuration/write-configuration";
import { exemptionSchema } from "../../policy-pack/exemptions/exemption-schema";
import { keywardPack } from "../../policy-pack/pack";
import { writePolicyReference } from "../../policy-pack/reference/markdown";
import { policyReference } from "../../policy-pack/reference/policy-reference";
import { readJudging } from "../../preview/judging/judge-graph";
import type { JudgingFiles } from "../../preview/judging/judging-files";
import { checkOutputFiles, writeOutputFile } from "../../preview/output-files";

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 4)}\n`;

/** Form → what is written. */
const forms = {
    markdown: () => writePolicyReference(policyReference()),
    json: () => json(policyReference()),
    configuration: (files: JudgingFiles) => json(writeConfiguration(readJudging(files))),
    "configuration-schema": () => json(configurationSchema(keywardPack)),
    "exemption-schema": () => json(exemptionSchema),
} as const;
type Form = keyof typeof forms;

interface PoliciesOptions extends JudgingFiles {
    readonly format: Form;
    readonly output: string;
}

/** Builds `keyward policies`. */
export function policiesCommand(): Command {
    return new Command("policies")
        .description(
            "Prints the policy reference: what each policy demands, reads, may be configured to and says.",
        )
        .addOption(
            new Option(
                "--format <format>",
                "form of the reference; the configuration that the engine takes; or a JSON schema, of the configuration or of an exemption record",
            )
                .choices(Object.keys(forms))
                .default("markdown"),
        )
        .option("--output <file>", "where to write it (- for stdout)", "-")
        .option("--policy-config <file>", "levels and parameters, for --format configuration")
        .option("--exemptions <file>", "exemption records, for --format configuration")
        .addHelpText(
            "after",
            `
Examples:
  keyward policies --output policies.md
  keyward policies --format json | jq -r '.[] | select(.severity == "critical") | .name'
  keyward policies --format configuration --exemptions exemptions.yaml --output policy-config.json
  keyward policies --format configuration-schema --output policy-config.schema.json`,
        )
        .action(({ format, output, ...files }: PoliciesOptions) => {
            const file = { option: "--output", file: output };
            checkOutputFiles([file]);
            writeOutputFile(file, forms[format](files));
        });
}
