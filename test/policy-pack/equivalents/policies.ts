import {
    everyPolicy,
    everyPolicyText,
    everyStatement,
    type Properties,
    type Rewrite,
} from "./rewriting";

const single = (value: unknown): unknown =>
    Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
const list = (value: unknown): unknown => (typeof value === "string" ? [value] : value);
const opposite = (value: unknown): unknown =>
    Array.isArray(value) ? [...(value as unknown[])].reverse() : value;

function each(element: string, change: (value: unknown) => unknown): Rewrite["rewrite"] {
    return everyStatement((statement) =>
        element in statement ? { ...statement, [element]: change(statement[element]) } : statement,
    );
}

/** Changes the values of conditions. */
function conditions(change: (value: unknown) => unknown): Rewrite["rewrite"] {
    return each("Condition", (condition) =>
        mapped(condition as Properties, (keys) => mapped(keys as Properties, change)),
    );
}

function mapped(object: Properties, change: (value: unknown) => unknown): Properties {
    return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

const keysOf = (change: (key: string) => string): Rewrite["rewrite"] =>
    each("Condition", (condition) =>
        mapped(condition as Properties, (keys) =>
            Object.fromEntries(
                Object.entries(keys as Properties).map(([key, value]) => [change(key), value]),
            ),
        ),
    );

/** Capitals, but for the parts of a key that a tag or an encryption context names. */
const inCapitals = (key: string): string =>
    /^(kms:EncryptionContext|ssm:resourceTag|aws:ResourceTag)/i.test(key) ? key : key.toUpperCase();

const capitalActions = (action: unknown): unknown =>
    typeof action === "string" ? action.toUpperCase() : (action as string[]).map(capitalActions);

/** Other ways to write an IAM policy. */
export const policyRewrites: readonly Rewrite[] = [
    {
        what: "policies as objects",
        rewrite: everyPolicyText((text) => JSON.parse(text) as unknown),
    },
    {
        what: "policies as indented text",
        rewrite: everyPolicyText((text) => JSON.stringify(JSON.parse(text), undefined, 2)),
    },
    {
        what: "policies as text with room around it",
        rewrite: everyPolicyText((text) => `\n  ${text}\n`),
    },
    {
        what: "a single statement without a list",
        rewrite: everyPolicy((document) => ({
            ...document,
            Statement: single(document["Statement"]),
        })),
    },
    {
        what: "statements in the opposite order",
        rewrite: everyPolicy((document) => ({
            ...document,
            Statement: opposite(document["Statement"]),
        })),
    },
    {
        what: "elements of statements in the opposite order",
        rewrite: everyStatement((statement) =>
            Object.fromEntries(Object.entries(statement).reverse()),
        ),
    },
    {
        what: "statements without names",
        rewrite: everyStatement((statement) =>
            Object.fromEntries(Object.entries(statement).filter(([name]) => name !== "Sid")),
        ),
    },
    { what: "a single action without a list", rewrite: each("Action", single) },
    { what: "a single action in a list", rewrite: each("Action", list) },
    { what: "actions in the opposite order", rewrite: each("Action", opposite) },
    { what: "actions in capitals", rewrite: each("Action", capitalActions) },
    { what: "a single resource without a list", rewrite: each("Resource", single) },
    { what: "a single resource in a list", rewrite: each("Resource", list) },
    { what: "resources in the opposite order", rewrite: each("Resource", opposite) },
    {
        what: "principals in lists",
        rewrite: each("Principal", (principal) =>
            typeof principal === "string" ? principal : mapped(principal as Properties, list),
        ),
    },
    {
        what: "everybody as every AWS principal",
        rewrite: each("Principal", (principal) => (principal === "*" ? { AWS: "*" } : principal)),
    },
    {
        what: "everybody as every AWS principal in a list",
        rewrite: each("Principal", (principal) => (principal === "*" ? { AWS: ["*"] } : principal)),
    },
    {
        what: "an account by its number instead of its root",
        rewrite: each("Principal", (principal) =>
            typeof principal === "string"
                ? principal
                : mapped(principal as Properties, (name) =>
                      name === "arn:aws:iam::123456789012:root" ? "123456789012" : name,
                  ),
        ),
    },
    { what: "values of conditions in lists", rewrite: conditions(list) },
    { what: "a single value of a condition without a list", rewrite: conditions(single) },
    { what: "values of conditions in the opposite order", rewrite: conditions(opposite) },
    {
        what: "true and false in conditions as booleans",
        rewrite: conditions((value) =>
            value === "true" ? true : value === "false" ? false : value,
        ),
    },
    { what: "condition keys in capitals", rewrite: keysOf(inCapitals) },
    {
        what: "condition keys in small letters",
        rewrite: keysOf((key) =>
            key.replace(/^[^/]+/, (name) =>
                name.startsWith("kms:EncryptionContext") ? name : name.toLowerCase(),
            ),
        ),
    },
];
