import { isPlainObject, type Properties } from "./wire";

/** Writes the JSON of `aws.iam.getPolicyDocument` as the provider does: single elements of a list stand alone. */
export function policyDocument(args: Properties): string {
    const statements = list(args["statements"]).filter(isPlainObject).map(statement);
    return JSON.stringify(
        {
            ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
            Statement: statements,
            Version: args["version"] ?? "2012-10-17",
        },
        undefined,
        2,
    );
}

function statement(args: Properties): Properties {
    const fields: readonly (readonly [string, unknown])[] = [
        ["Sid", args["sid"]],
        ["Effect", args["effect"] ?? "Allow"],
        ["Action", single(args["actions"])],
        ["NotAction", single(args["notActions"])],
        ["Resource", single(args["resources"])],
        ["NotResource", single(args["notResources"])],
        ["Principal", principals(args["principals"])],
        ["NotPrincipal", principals(args["notPrincipals"])],
        ["Condition", conditions(args["conditions"])],
    ];
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function principals(value: unknown): unknown {
    const given = list(value).filter(isPlainObject);
    if (given.length === 0) {
        return undefined;
    }
    const all = given.find(({ type }) => type === "*");
    return all === undefined
        ? Object.fromEntries(
              given.map(({ type, identifiers }) => [String(type), single(identifiers)]),
          )
        : "*";
}

function conditions(value: unknown): unknown {
    const operators: Record<string, Properties> = {};
    for (const { test, variable, values } of list(value).filter(isPlainObject)) {
        const operator = (operators[String(test)] ??= {});
        operator[String(variable)] = single(values);
    }
    return Object.keys(operators).length === 0 ? undefined : operators;
}

function single(value: unknown): unknown {
    const elements = list(value);
    return elements.length === 0 ? undefined : elements.length === 1 ? elements[0] : elements;
}

function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
