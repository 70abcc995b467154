import { stringify } from "yaml";
import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { PolicyConfiguration } from "../../policy-pack/configuration/policy-configuration";
import { writeBaseline, type BaselineAuthority } from "../../policy-pack/exemptions/write-baseline";
import { writeOutputFile, type OutputFile } from "../output-files";

/** A file of exemptions that `--write-baseline` asks for, and who answers for them. */
export interface BaselineRequest extends Partial<BaselineAuthority> {
    readonly writeBaseline?: string;
}

/** The file, to be checked before any work; none when no baseline is asked for. */
export function baselineOutput({ writeBaseline: file }: BaselineRequest): readonly OutputFile[] {
    return file === undefined ? [] : [{ option: "--write-baseline", file }];
}

/** Says who answers for a baseline. Throws `InputError` that names every option that is missing. */
export function readAuthority({ owner, approver, ticket }: BaselineRequest): BaselineAuthority {
    const given = { owner, approver, ticket };
    const missing = Object.entries(given).filter(([, value]) => (value ?? "").trim() === "");
    if (missing.length > 0) {
        const options = missing.map(([name]) => `--${name}`).join(", ");
        throw new InputError([
            `--write-baseline needs ${options}: an exemption says who answers for it`,
        ]);
    }
    return { owner: owner ?? "", approver: approver ?? "", ticket: ticket ?? "" };
}

/** Writes exemptions for what is found today, with a note of what cannot be exempted. */
export function writeBaselineFile(
    output: OutputFile,
    report: JudgedStack,
    authority: BaselineAuthority,
    configuration: PolicyConfiguration,
): void {
    const { exemptions, left } = writeBaseline(report, authority, configuration);
    const note =
        left.length === 0
            ? ""
            : ` Findings of policies that admit no exemption are left out: ${left.length}.`;
    writeOutputFile(
        output,
        `# What was found on ${report.evaluatedAt}, exempted until each record ends.${note}\n${stringify({ exemptions })}`,
    );
}
