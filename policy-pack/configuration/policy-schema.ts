import type { PolicyRecord } from "../../catalog/policy";
import { scopeModes } from "../graph/scope";
import { ownPolicies, type Pack } from "../pack";
import { parameterSchema, type JsonSchema } from "./parameter-schema";

/**
 * JSON schemas of what may be configured for one policy, by property. `exemptions-sound` also carries what belongs to the pack as a
 * whole, because the engine has no other channel for it.
 */
export function policyProperties(
    record: PolicyRecord,
    pack: Pack,
): Readonly<Record<string, JsonSchema>> {
    return {
        ...(record.name === ownPolicies.exemptions ? packProperties : {}),
        ...Object.fromEntries(
            record.parameters.map((id) => [id, parameterSchema(pack.parameter(id))]),
        ),
    };
}

/** Settings of the whole pack; `exemptions` are validated record by record, so that a wrong one is a finding. */
const packProperties: Readonly<Record<string, JsonSchema>> = {
    scope: {
        description:
            "Which machines are judged as key servers: the marked ones where any is marked and all otherwise (auto), all, or the marked ones (marked).",
        type: "string",
        enum: [...scopeModes],
        default: "auto",
    },
    keyServers: {
        description:
            "URN patterns of key servers that carry no mark; * stands for any run of characters except `::`.",
        type: "array",
        items: { type: "string", pattern: "^urn:pulumi:" },
        default: [],
    },
    exemptions: {
        description: "Exemption records (docs/exemptions.md).",
        type: "array",
        items: { type: "object" },
        default: [],
    },
};

/** JSON schema of the whole configuration file, as `--policy-pack-config` takes it. */
export function configurationSchema(pack: Pack): JsonSchema {
    const level = { enum: ["advisory", "mandatory", "remediate", "disabled"] };
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "Configuration of the Keyward policy pack",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries([
            ["all", levelSchema({}, level, "Level of every policy that is not named.")],
            ...pack.policies.map((record) => [
                record.name,
                levelSchema(policyProperties(record, pack), level, record.description),
            ]),
        ]),
    };
}

/** A level alone, or an object with a level and properties. */
function levelSchema(
    properties: Readonly<Record<string, JsonSchema>>,
    level: JsonSchema,
    description: string,
): JsonSchema {
    return {
        description,
        if: { type: "string" },
        then: level,
        else: {
            type: "object",
            additionalProperties: false,
            properties: { enforcementLevel: level, ...properties },
        },
    };
}
