import { InputError } from "../../catalog/records/input-error";
import { compileSchema, schemaProblems } from "../../policy-pack/configuration/schema-problems";
import { parseMapping, readText, toJson } from "../project/yaml-file";

/** What a person states about the world that a preview cannot ask. Every part may be left out. */
export interface StatedAnswers {
    /** AWS region where neither program, configuration nor environment (`AWS_REGION`, `AWS_DEFAULT_REGION`) says one. */
    readonly region?: string;
    /** AWS account id, 12 digits. */
    readonly account?: string;
    /** Names of availability zones. */
    readonly zones?: readonly string[];
    /** Name of an SSM parameter → its value. */
    readonly parameters?: Readonly<Record<string, string>>;
    readonly invokes?: readonly StatedInvoke[];
    /** Stack name as the program writes it (`organization/project/stack`) → its outputs. */
    readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The result of one provider function. */
export interface StatedInvoke {
    /** Such as `aws:ec2/getAmi:getAmi`. */
    readonly token: string;
    /** Arguments that must be equal for the answer to hold; none for any call of the function. */
    readonly args?: Readonly<Record<string, unknown>>;
    /** Fields that are left out are unknown. */
    readonly result: Readonly<Record<string, unknown>>;
}

/** JSON schema of the answers file, in YAML or JSON. */
const answersSchema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Answers",
    description: "What is stated about the world that an offline preview cannot ask.",
    type: "object",
    additionalProperties: false,
    properties: {
        region: { type: "string", pattern: "^[a-z]{2,4}(-[a-z]+)+-[0-9]+$" },
        account: { type: "string", pattern: "^[0-9]{12}$" },
        zones: { type: "array", minItems: 1, items: { type: "string", minLength: 1 } },
        parameters: { type: "object", additionalProperties: { type: "string" } },
        invokes: {
            type: "array",
            items: {
                type: "object",
                additionalProperties: false,
                required: ["token", "result"],
                properties: {
                    token: { type: "string", pattern: "^[^:]+:[^:]*:[^:]+$" },
                    args: { type: "object" },
                    result: { type: "object" },
                },
            },
        },
        stacks: { type: "object", additionalProperties: { type: "object" } },
    },
} as const;

/** Reads an answers file; `-` is standard input. Throws `InputError` with all problems. */
export function readAnswersFile(file: string): StatedAnswers {
    const written: unknown = JSON.parse(
        toJson(parseMapping(readText(file, "the answers file"), file)),
    );
    const problems = schemaProblems(compileSchema<StatedAnswers>(answersSchema), written, "");
    if (problems.length > 0) {
        throw new InputError(problems.map((problem) => `${file}: ${problem}`));
    }
    return written as StatedAnswers;
}
