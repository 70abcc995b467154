type Fields = Readonly<Record<string, unknown>>;
type Statement = Readonly<Record<string, unknown>>;

/**
 * Computes what the AWS provider's `getPolicyDocument` gives: the JSON of an IAM policy, merged from its sources, its statements and
 * its overrides by statement id. Throws when a source is not the JSON of a policy.
 */
export function computePolicyDocument(args: Fields): Fields {
    const sources = [args["sourceJson"], ...list(args["sourcePolicyDocuments"])];
    const overrides = [args["overrideJson"], ...list(args["overridePolicyDocuments"])];
    const version = text(args["version"]) ?? "2012-10-17";
    let statements: readonly Statement[] = [];
    for (const source of sources) {
        statements = mergeById(statements, statementsOf(source));
    }
    statements = mergeById(statements, list(args["statements"]).map(buildStatement));
    for (const override of overrides) {
        statements = mergeById(statements, statementsOf(override));
    }
    const policyId = text(args["policyId"]);
    const document = {
        Version: version,
        ...(policyId === undefined ? {} : { Id: policyId }),
        Statement: statements,
    };
    return {
        ...args,
        version,
        json: JSON.stringify(document, undefined, 2),
        minifiedJson: JSON.stringify(document),
    };
}

/** Statements with an id replace those of the same id; the others are added. */
function mergeById(before: readonly Statement[], added: readonly Statement[]): Statement[] {
    const merged = [...before];
    const places = new Map(
        before.flatMap((statement, index) =>
            typeof statement["Sid"] === "string" ? [[statement["Sid"], index]] : [],
        ),
    );
    for (const statement of added) {
        const id = statement["Sid"];
        const place = typeof id === "string" ? places.get(id) : undefined;
        if (place === undefined) {
            merged.push(statement);
        } else {
            merged[place] = statement;
        }
    }
    return merged;
}

function statementsOf(source: unknown): Statement[] {
    const json = text(source);
    if (json === undefined) {
        return [];
    }
    const document = JSON.parse(json) as { readonly Statement?: unknown } | null;
    const statements = document?.Statement ?? [];
    return (Array.isArray(statements) ? statements : [statements]) as Statement[];
}

function buildStatement(written: unknown): Statement {
    const fields = written as Fields;
    const sid = text(fields["sid"]);
    return {
        ...(sid === undefined ? {} : { Sid: sid }),
        Effect: text(fields["effect"]) ?? "Allow",
        ...strings("Action", fields["actions"]),
        ...strings("NotAction", fields["notActions"]),
        ...strings("Resource", fields["resources"]),
        ...strings("NotResource", fields["notResources"]),
        ...principals("Principal", fields["principals"]),
        ...principals("NotPrincipal", fields["notPrincipals"]),
        ...conditions(fields["conditions"]),
    };
}

/** One string stands alone; several are sorted backwards, as the provider does. */
function strings(name: string, written: unknown): Fields {
    const values = list(written).map((value) => variables(String(value)));
    return values.length === 0 ? {} : { [name]: oneOrMany(values) };
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
    const [only] = values;
    return values.length === 1 && only !== undefined ? only : [...values].sort().reverse();
}

/** The provider writes policy variables with `&{`, because `${` is taken in its own language. */
function variables(value: string): string {
    return value.replaceAll("&{", "${");
}

function principals(name: string, written: unknown): Fields {
    const byType = new Map<string, string[]>();
    for (const each of list(written) as Fields[]) {
        const type = text(each["type"]) ?? "";
        const identifiers = list(each["identifiers"]).map((value) => variables(String(value)));
        byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
    }
    if (byType.size === 0) {
        return {};
    }
    const anyone = byType.get("*");
    return byType.size === 1 && anyone?.length === 1 && anyone[0] === "*"
        ? { [name]: "*" }
        : {
              [name]: Object.fromEntries(
                  [...byType].map(([type, identifiers]) => [type, oneOrMany(identifiers)]),
              ),
          };
}

function conditions(written: unknown): Fields {
    const operators: Record<string, Record<string, readonly string[]>> = {};
    for (const each of list(written) as Fields[]) {
        const operator = (operators[text(each["test"]) ?? ""] ??= {});
        const variable = text(each["variable"]) ?? "";
        const values = list(each["values"]).map((value) => variables(String(value)));
        operator[variable] = [...(operator[variable] ?? []), ...values];
    }
    const names = Object.keys(operators);
    return names.length === 0
        ? {}
        : {
              Condition: Object.fromEntries(
                  Object.entries(operators).map(([operator, keys]) => [
                      operator,
                      Object.fromEntries(
                          Object.entries(keys).map(([key, values]) => [key, oneOrMany(values)]),
                      ),
                  ]),
              ),
          };
}

function list(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
