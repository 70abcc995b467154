import type { ValidateFunction } from "ajv";
import { parse, YAMLParseError } from "yaml";
import type { ParameterValue } from "../../catalog/parameter";
import { InputError } from "../../catalog/records/input-error";
import { defaultScope, scopeModes, type ScopeOptions } from "../graph/scope";
import { isPlainObject } from "../graph/wire-values";
import { policyLevels, type PolicyLevel } from "../judging/levels";
import { keywardPack, ownPolicies, type Pack } from "../pack";
import {
    noConfiguration,
    type PolicyConfiguration,
    type PolicySettings,
} from "./policy-configuration";
import { configurationSchema } from "./policy-schema";
import { compileSchema, schemaProblems } from "./schema-problems";

/** Everything that an organisation may set. */
export interface PackConfiguration {
    readonly policies: PolicyConfiguration;
    readonly scope: ScopeOptions;
    /** Records as they are written; the judgement validates them. */
    readonly exemptions: readonly unknown[];
}

/** What holds where nothing is configured. */
export const defaultConfiguration: PackConfiguration = {
    policies: noConfiguration,
    scope: defaultScope,
    exemptions: [],
};

/** Compiling the schema takes longer than judging a small stack, so it is done once for each pack, when it is needed. */
const validators = new WeakMap<Pack, ValidateFunction>();

function validatorOf(pack: Pack): ValidateFunction {
    const known = validators.get(pack) ?? compileSchema(configurationSchema(pack));
    validators.set(pack, known);
    return known;
}

/** Reads the text of a configuration file, JSON or YAML. Throws `InputError` with all problems and their paths. */
export function parseConfiguration(
    text: string,
    source: string,
    pack: Pack = keywardPack,
): PackConfiguration {
    let document: unknown;
    try {
        document = parse(text);
    } catch (error) {
        const reason = error instanceof YAMLParseError ? error.message : "it cannot be parsed";
        throw new InputError([`${source} is neither JSON nor YAML: ${reason}`]);
    }
    return readConfiguration(document ?? {}, source, pack);
}

/** Reads a configuration of the form that the engine takes. Throws `InputError` with all problems and their paths. */
export function readConfiguration(
    document: unknown,
    source: string,
    pack: Pack = keywardPack,
): PackConfiguration {
    const problems = schemaProblems(validatorOf(pack), document, source);
    if (problems.length > 0 || !isPlainObject(document)) {
        throw new InputError(problems);
    }
    const general = settingsOf(document["all"]).level;
    const policies = new Map(
        pack.policies.map(({ name }): [string, PolicySettings] => {
            const own = settingsOf(Object.hasOwn(document, name) ? document[name] : undefined);
            const level = own.level ?? general;
            return [
                name,
                { ...(level === undefined ? {} : { level }), parameters: own.parameters },
            ];
        }),
    );
    const whole = document[ownPolicies.exemptions];
    return { policies, ...packSettings(isPlainObject(whole) ? whole : {}) };
}

/** Scope and exemptions, from the properties of `exemptions-sound`. */
function packSettings(
    properties: Readonly<Record<string, unknown>>,
): Pick<PackConfiguration, "scope" | "exemptions"> {
    const { scope, keyServers, exemptions } = properties;
    return {
        scope: {
            mode: scopeModes.find((mode) => mode === scope) ?? defaultScope.mode,
            keyServers: Array.isArray(keyServers)
                ? keyServers.filter((pattern) => typeof pattern === "string")
                : defaultScope.keyServers,
        },
        exemptions: Array.isArray(exemptions) ? exemptions : [],
    };
}

const notParameters = new Set(["enforcementLevel", "scope", "keyServers", "exemptions"]);

function settingsOf(value: unknown): PolicySettings {
    if (!isPlainObject(value)) {
        return { ...levelIn(value), parameters: {} };
    }
    return {
        ...levelIn(value["enforcementLevel"]),
        parameters: Object.fromEntries(
            Object.entries(value).filter(
                (entry): entry is [string, ParameterValue] => !notParameters.has(entry[0]),
            ),
        ),
    };
}

function levelIn(value: unknown): { readonly level?: PolicyLevel } {
    const level = policyLevels.find((known) => known === value);
    return level === undefined ? {} : { level };
}
