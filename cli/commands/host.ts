import { Command, Option } from "commander";
import { operatingSystems, type OperatingSystemId } from "../../catalog/operating-systems";
import type { ParameterValue } from "../../catalog/parameter";
import { InputError } from "../../catalog/records/input-error";
import type { Exemption } from "../../catalog/records/exemption";
import type { WorkloadId } from "../../catalog/workload";
import { acceptedWorkloadIds } from "../../catalog/workloads";
import { longestUserData } from "../../host/cloud-init";
import { buildHostProfile } from "../../host/profile";
import { hostFormats, renderHostProfile, type HostFormat } from "../../host/renderings";
import { parseExemptions, readExemption } from "../../policy-pack/exemptions/read-exemptions";
import { checkOutputFiles, writeOutputFile } from "../../preview/output-files";
import { parseMapping, readText, toJson } from "../../preview/project/yaml-file";

interface HostOptions {
    readonly os: OperatingSystemId;
    readonly workload: WorkloadId;
    readonly parameters?: string;
    readonly exemptions?: string;
    readonly server?: string;
    readonly format: HostFormat;
    readonly output: string;
}

/** Builds `keyward host`. */
export function hostCommand(): Command {
    return new Command("host")
        .description(
            "Renders the host profile of a key server: a script that plans, applies and audits its hardening, or what carries that script.",
        )
        .addOption(
            new Option("--os <id>", "operating system")
                .choices(operatingSystems.map(({ id }) => id))
                .default("amazon-linux-2023"),
        )
        .addOption(
            new Option("--workload <id>", "key-management software")
                .choices(acceptedWorkloadIds)
                .makeOptionMandatory(),
        )
        .option(
            "--parameters <file>",
            "the organisation's values by parameter id, YAML or JSON (- for stdin)",
        )
        .option("--exemptions <file>", "exemption records, YAML or JSON (- for stdin)")
        .option(
            "--server <urn>",
            "the one server that the profile is for: exemptions hold where their scope says",
        )
        .addOption(
            new Option("--format <format>", "what to render")
                .choices(hostFormats)
                .default("script"),
        )
        .option("--output <file>", "where to write it (- for stdout)", "-")
        .addHelpText(
            "after",
            `
Examples:
  keyward host --workload openbao > keyward-host && sh keyward-host plan
  keyward host --os debian-12 --workload vault --parameters policy.yaml --format cloud-init`,
        )
        .action((options: HostOptions) => {
            const output = { option: "--output", file: options.output };
            checkOutputFiles([output]);
            const profile = buildHostProfile({
                operatingSystem: options.os,
                workload: options.workload,
                parameters: parametersFrom(options.parameters),
                exemptions: exemptionsFrom(options.exemptions),
                ...(options.server === undefined ? {} : { server: options.server }),
            });
            const text = renderHostProfile(profile, options.format);
            writeOutputFile(output, text);
            if (options.format === "cloud-init" && Buffer.byteLength(text) > longestUserData) {
                console.error(
                    `keyward: this user data has ${Buffer.byteLength(text)} bytes, and EC2 takes ${longestUserData}: use it elsewhere, or the components, which fetch the script from Amazon S3`,
                );
            }
        });
}

function parametersFrom(file: string | undefined): Readonly<Record<string, ParameterValue>> {
    if (file === undefined) {
        return {};
    }
    // Whole numbers are read as big integers; values are checked one by one against the catalog.
    const mapping = parseMapping(readText(file, "the parameters"), file);
    return JSON.parse(toJson(mapping)) as Record<string, ParameterValue>;
}

function exemptionsFrom(file: string | undefined): readonly Exemption[] {
    if (file === undefined) {
        return [];
    }
    const read = parseExemptions(readText(file, "the exemptions"), file).map((record, index) =>
        readExemption(record, `${file}[${index}]`),
    );
    const problems = read.flatMap((record) => record.problems);
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return read.map(({ exemption }) => exemption);
}
