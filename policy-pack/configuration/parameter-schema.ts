import type { Parameter, ParameterValue } from "../../catalog/parameter";

/** A part of a JSON schema, draft 7. */
export interface JsonSchema {
    readonly [keyword: string]: unknown;
}

/**
 * JSON schema of one catalog parameter: values may be tightened freely and loosened up to the parameter's `loosest`. Its default is
 * the catalog's value.
 */
export function parameterSchema(parameter: Parameter): JsonSchema {
    const unit = parameter.unit === "" ? "" : ` In ${parameter.unit}.`;
    return {
        description: `${parameter.title}.${unit} Source of the default: ${parameter.source}.`,
        default: parameter.value,
        ...valueSchema(parameter),
    };
}

function valueSchema(parameter: Parameter): JsonSchema {
    const { value, stricter } = parameter;
    if (stricter === "fixed") {
        return { const: value };
    }
    if (typeof value === "number") {
        return { type: Number.isInteger(value) ? "integer" : "number", ...numberBounds(parameter) };
    }
    if (isList(value)) {
        return { type: "array", ...listBounds(parameter, value) };
    }
    if (parameter.allowed !== undefined) {
        return { enum: parameter.allowed };
    }
    return { type: typeof value, ...(typeof value === "string" ? { minLength: 1 } : {}) };
}

function isList(value: ParameterValue): value is readonly (number | string)[] {
    return Array.isArray(value);
}

function numberBounds(parameter: Parameter): JsonSchema {
    const { value, stricter, loosest, minimum, maximum } = parameter;
    const weakest = loosest ?? value;
    const least = stricter === "higher" ? weakest : minimum;
    const most = stricter === "lower" ? weakest : maximum;
    return {
        ...(least === undefined ? {} : { minimum: least }),
        ...(most === undefined ? {} : { maximum: most }),
    };
}

function listBounds(parameter: Parameter, value: readonly (number | string)[]): JsonSchema {
    const { stricter, minimum, maximum } = parameter;
    const numbers = value.length > 0 && value.every((element) => typeof element === "number");
    const items = numbers
        ? {
              type: "integer",
              ...(minimum === undefined ? {} : { minimum }),
              ...(maximum === undefined ? {} : { maximum }),
          }
        : { type: "string", minLength: 1 };
    return {
        uniqueItems: true,
        items: stricter === "subset" ? { enum: value } : items,
        ...(stricter === "superset"
            ? { allOf: value.map((element) => ({ contains: { const: element } })) }
            : {}),
    };
}
