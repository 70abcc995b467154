import type { Parameter } from "../parameter";

/**
 * Problems of a value that an organisation gives a parameter; empty when it is accepted. Each is a whole reason without
 * the parameter's name: `must be at least 365 days, got 30`.
 */
export function problemsOfValue(parameter: Parameter, value: unknown): readonly string[] {
    const wanted = parameter.value;
    if (typeof wanted === "number") {
        return typeof value === "number" && Number.isInteger(value)
            ? problemsOfNumber(parameter, wanted, value)
            : [`must be a whole number, got ${show(value)}`];
    }
    if (typeof wanted === "string") {
        return typeof value === "string"
            ? problemsOfText(parameter, wanted, value)
            : [`must be text, got ${show(value)}`];
    }
    if (typeof wanted === "boolean") {
        if (typeof value !== "boolean") {
            return [`must be true or false, got ${show(value)}`];
        }
        return parameter.stricter === "fixed" && value !== wanted
            ? [`must be ${wanted ? "true" : "false"}`]
            : [];
    }
    return Array.isArray(value)
        ? problemsOfList(parameter, wanted, value)
        : [`must be a list, got ${show(value)}`];
}

/** The smallest and the largest number that an organisation may choose, both inclusive. */
export function acceptedRange(parameter: Parameter): {
    readonly from: number;
    readonly to: number;
} {
    const { value, loosest, stricter } = parameter;
    if (typeof value !== "number") {
        throw new Error(`parameter "${parameter.id}" is not a number`);
    }
    const minimum = parameter.minimum ?? Number.MIN_SAFE_INTEGER;
    const maximum = parameter.maximum ?? Number.MAX_SAFE_INTEGER;
    switch (stricter) {
        case "lower":
            return { from: minimum, to: loosest ?? value };
        case "higher":
            return { from: loosest ?? value, to: maximum };
        case "either":
            return { from: minimum, to: maximum };
        case "fixed":
        case "subset":
        case "superset":
            return { from: value, to: value };
    }
}

function problemsOfNumber(parameter: Parameter, wanted: number, value: number): string[] {
    const { from, to } = acceptedRange(parameter);
    const unit = parameter.unit === "" ? "" : ` ${parameter.unit}`;
    if (from === to && value !== wanted) {
        return [`must be ${wanted}${unit}, got ${value}`];
    }
    if (value < from) {
        return [`must be at least ${from}${unit}, got ${value}`];
    }
    return value > to ? [`must be at most ${to}${unit}, got ${value}`] : [];
}

function problemsOfText(parameter: Parameter, wanted: string, value: string): string[] {
    const allowed = parameter.stricter === "fixed" ? [wanted] : parameter.allowed;
    return allowed === undefined || allowed.includes(value)
        ? []
        : [`must be ${allowed.map(show).join(" or ")}, got ${show(value)}`];
}

function problemsOfList(
    parameter: Parameter,
    wanted: readonly (number | string)[],
    value: readonly unknown[],
): string[] {
    const elements = value.flatMap((element, index) =>
        problemsOfElement(parameter, element).map((problem) => `[${index}] ${problem}`),
    );
    const missing = wanted.filter((element) => !value.includes(element));
    const added = value.filter((element) => !wanted.some((known) => known === element));
    const bound = parameter.stricter;
    return [
        ...elements,
        ...(bound === "superset" || bound === "fixed"
            ? missing.map((element) => `must hold ${show(element)}`)
            : []),
        ...(bound === "subset" || bound === "fixed"
            ? added.map((element) => `must not hold ${show(element)}`)
            : []),
    ];
}

function problemsOfElement(parameter: Parameter, element: unknown): string[] {
    const numbers = parameter.minimum !== undefined;
    if (numbers) {
        const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = parameter;
        return typeof element === "number" &&
            Number.isInteger(element) &&
            element >= minimum &&
            element <= maximum
            ? []
            : [`must be a whole number from ${minimum} to ${maximum}, got ${show(element)}`];
    }
    return typeof element === "string" && element !== ""
        ? []
        : [`must be text that is not empty, got ${show(element)}`];
}

function show(value: unknown): string {
    return JSON.stringify(value) ?? "nothing";
}
