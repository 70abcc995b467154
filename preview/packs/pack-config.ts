import {
    ConfigureAnalyzerRequest,
    EnforcementLevel,
    PolicyConfig,
    type AnalyzerInfo,
    type PolicyConfigSchema,
    type PolicyInfo,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { InputError } from "../../catalog/records/input-error";
import { jsonToStruct, structToJson } from "../../policy-pack/adapter/struct";
import { compileSchema, schemaProblems } from "../../policy-pack/configuration/schema-problems";
import { isPlainObject } from "../../policy-pack/graph/wire-values";
import { policyLevels, type PolicyLevel } from "../../policy-pack/judging/levels";
import { readText } from "../project/yaml-file";

/** Level and properties of one policy. */
export interface PackSetting {
    readonly level?: PolicyLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** Policy, or `all` → what is set for it. */
export type PackConfig = ReadonlyMap<string, PackSetting>;

/** Reads a configuration file of the form that the Pulumi CLI takes. Throws `InputError` with all problems. */
export function readPackConfig(file: string | undefined): PackConfig {
    if (file === undefined) {
        return new Map();
    }
    const text = readText(file, "the configuration of the policy pack");
    let written: unknown;
    try {
        written = JSON.parse(text);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new InputError([`${file} is not JSON: ${reason}`]);
    }
    if (!isPlainObject(written)) {
        throw new InputError([`${file} must hold an object: policy name → level, or settings`]);
    }
    const problems: string[] = [];
    const settings = Object.entries(written).map(([name, value]): [string, PackSetting] => {
        const fields = isPlainObject(value) ? value : { enforcementLevel: value };
        const { enforcementLevel: stated, ...properties } = fields;
        const level = policyLevels.find((known) => known === stated);
        if (level === undefined && (stated !== undefined || !isPlainObject(value))) {
            problems.push(
                `${file}: the level of ${name} must be one of ${policyLevels.join(", ")}, got ${JSON.stringify(stated)}`,
            );
        }
        return [name, { ...(level === undefined ? {} : { level }), properties }];
    });
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return new Map(settings);
}

/**
 * What holds for each policy, as the engine merges it: the policy's own level and the defaults of its schema, then what the pack sets
 * at first, then the file. Throws `InputError` with all problems: a policy that the pack has not, a value that its schema refuses.
 */
export function settingsOf(
    info: AnalyzerInfo,
    config: PackConfig,
    file: string,
): ReadonlyMap<string, Required<PackSetting>> {
    const policies = info.getPoliciesList();
    const names = new Set(policies.map((policy) => policy.getName()));
    const problems = [...config.keys()]
        .filter((name) => name !== "all" && !names.has(name))
        .map(
            (name) => `${file}: the pack has no policy "${name}"; it has ${[...names].join(", ")}`,
        );
    const initial = initialOf(info);
    const settings = policies.map((policy): [string, Required<PackSetting>] => {
        const name = policy.getName();
        const sources = [
            config.get(name),
            config.get("all"),
            initial.get(name),
            initial.get("all"),
        ];
        const level =
            sources.find((source) => source?.level !== undefined)?.level ??
            levelName(policy.getEnforcementlevel());
        const properties = {
            ...defaultsOf(policy.getConfigschema()),
            ...initial.get(name)?.properties,
            ...config.get(name)?.properties,
        };
        if (level !== "disabled") {
            problems.push(...propertyProblems(policy, properties, file));
        }
        return [name, { level, properties }];
    });
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return new Map(settings);
}

/** The request that configures a pack. */
export function configureRequest(
    settings: ReadonlyMap<string, Required<PackSetting>>,
): ConfigureAnalyzerRequest {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, { level, properties }] of settings) {
        const config = new PolicyConfig();
        config.setEnforcementlevel(levelNumbers[level]);
        config.setProperties(jsonToStruct(properties));
        request.getPolicyconfigMap().set(name, config);
    }
    return request;
}

const levelNumbers: Readonly<Record<PolicyLevel, EnforcementLevel>> = {
    advisory: EnforcementLevel.ADVISORY,
    mandatory: EnforcementLevel.MANDATORY,
    remediate: EnforcementLevel.REMEDIATE,
    disabled: EnforcementLevel.DISABLED,
};

/** Name of a level on the wire. Throws for one that the protocol has not. */
export function levelName(level: EnforcementLevel): PolicyLevel {
    const name = policyLevels.find((each) => levelNumbers[each] === level);
    if (name === undefined) {
        throw new Error(
            `it answered with the enforcement level ${String(level)}, which does not exist`,
        );
    }
    return name;
}

function initialOf(info: AnalyzerInfo): PackConfig {
    const settings = new Map<string, PackSetting>();
    info.getInitialconfigMap().forEach((config, name) => {
        settings.set(name, {
            level: levelName(config.getEnforcementlevel()),
            properties: structToJson(config.getProperties()),
        });
    });
    return settings;
}

function defaultsOf(schema: PolicyConfigSchema | undefined): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        Object.entries(structToJson(schema?.getProperties())).flatMap(([name, property]) =>
            isPlainObject(property) && Object.hasOwn(property, "default")
                ? [[name, property["default"]]]
                : [],
        ),
    );
}

function propertyProblems(
    policy: PolicyInfo,
    properties: Readonly<Record<string, unknown>>,
    file: string,
): readonly string[] {
    const schema = policy.getConfigschema();
    if (schema === undefined) {
        return [];
    }
    const validate = compileSchema(
        {
            type: "object",
            properties: structToJson(schema.getProperties()),
            required: schema.getRequiredList(),
        },
        true,
    );
    return schemaProblems(validate, properties, `${file}: ${policy.getName()}`);
}
