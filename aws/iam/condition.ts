import { matchesExactly } from "../action-pattern";
import { AddressSet } from "../address-set";
import type { PolicyCondition } from "../policy-document";
import { covers, coversArn } from "./coverage";
import { allOf, certainly, oneOf, unless, type Match } from "./match";
import type { Request } from "./request";

/** How an operator compares one value of a policy with one of the request; `partial`: the latter's `*` are parts not known. */
type Comparison = (wanted: string, found: string, partial: boolean) => Match;

/** An operator of IAM without its prefix and suffix. */
interface Operator {
    readonly compare: Comparison;
    /** Whether it holds where nothing compares. */
    readonly negated: boolean;
}

const equal: Comparison = (wanted, found, partial) =>
    partial ? (matchesExactly(found, wanted) ? "maybe" : "no") : certainly(wanted === found);
const numeric = (holds: (found: number, wanted: number) => boolean): Comparison =>
    byNumber(Number, holds);
const dated = (holds: (found: number, wanted: number) => boolean): Comparison =>
    byNumber(timeOf, holds);

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". Equals and Like are the same for ARNs. */
const comparisons: Readonly<Record<string, Comparison>> = {
    stringequals: equal,
    stringequalsignorecase: (wanted, found, partial) =>
        equal(wanted.toLowerCase(), found.toLowerCase(), partial),
    stringlike: (wanted, found) => covers(wanted, found),
    arnequals: (wanted, found) => coversArn(wanted, found),
    arnlike: (wanted, found) => coversArn(wanted, found),
    bool: (wanted, found) => certainly(wanted.toLowerCase() === found.toLowerCase()),
    binaryequals: equal,
    numericequals: numeric((found, wanted) => found === wanted),
    numericlessthan: numeric((found, wanted) => found < wanted),
    numericlessthanequals: numeric((found, wanted) => found <= wanted),
    numericgreaterthan: numeric((found, wanted) => found > wanted),
    numericgreaterthanequals: numeric((found, wanted) => found >= wanted),
    dateequals: dated((found, wanted) => found === wanted),
    datelessthan: dated((found, wanted) => found < wanted),
    datelessthanequals: dated((found, wanted) => found <= wanted),
    dategreaterthan: dated((found, wanted) => found > wanted),
    dategreaterthanequals: dated((found, wanted) => found >= wanted),
    ipaddress: (wanted, found) => {
        const [block, address] = [wanted, found].map(addressBlock);
        return block === undefined || address === undefined
            ? "maybe"
            : certainly(block.contains(address));
    },
};

/** Whether a request meets a condition. `maybe` where a key, a value or an operator is not known. */
export function conditionHolds(
    { operator, key, values, open }: PolicyCondition,
    { context }: Pick<Request, "context">,
): Match {
    const found = context(key);
    if (found.kind === "unknown") {
        return "maybe";
    }
    const { name, each, isOptional, known } = readOperator(operator);
    if (name === "null") {
        const isAbsent = found.kind === "absent";
        return open && values.length === 0
            ? "maybe"
            : certainly(values.some((value) => (value.toLowerCase() === "true") === isAbsent));
    }
    if (known === undefined) {
        return "maybe";
    }
    if (found.kind === "absent" || found.values.length === 0) {
        return certainly(
            isOptional || each === "forallvalues" || (known.negated && each !== "foranyvalue"),
        );
    }
    const holds = found.values.map((value) =>
        meets(known, values, open, value, found.partial === true, context),
    );
    return each === "forallvalues"
        ? allOf(holds)
        : each === "foranyvalue"
          ? oneOf(holds)
          : allOf(holds);
}

/** An operator with its prefix and suffix, in small letters. */
interface WrittenOperator {
    readonly name: string;
    /** `forallvalues`, `foranyvalue` or nothing. */
    readonly each: string;
    readonly isOptional: boolean;
    /** Undefined for an operator that IAM does not document. */
    readonly known: Operator | undefined;
}

/** Documents name few operators, and each is asked for again with every request that is tried. */
const read = new Map<string, WrittenOperator>();

function readOperator(text: string): WrittenOperator {
    const before = read.get(text);
    if (before !== undefined) {
        return before;
    }
    const [, each = "", name = "", optional = ""] =
        /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(text.toLowerCase()) ?? [];
    const written = { name, each, isOptional: optional !== "", known: operatorOf(name) };
    read.set(text, written);
    return written;
}

/** Whether one value of the request meets an operator: any of the policy's values for a plain one, none of them for a negated one. */
function meets(
    { compare, negated }: Operator,
    wanted: readonly string[],
    open: boolean,
    found: string,
    partial: boolean,
    context: Request["context"],
): Match {
    const equals = oneOf([
        ...wanted.map((value): Match => {
            const text = withVariables(value, context);
            return text === undefined ? "maybe" : compare(text, found, partial);
        }),
        ...(open ? (["maybe"] as const) : []),
    ]);
    return negated ? unless(equals) : equals;
}

function operatorOf(name: string): Operator | undefined {
    const plain = name.replace(/^(string|arn|bool|numeric|date|binary)not/, "$1");
    const base = name === "notipaddress" ? "ipaddress" : plain;
    const compare = comparisons[base];
    return compare === undefined ? undefined : { compare, negated: base !== name };
}

/** Puts the request's values in place of variables such as `${aws:username}`; undefined where one is not known. */
function withVariables(text: string, context: Request["context"]): string | undefined {
    let isKnown = true;
    const written = text.replace(/\$\{([^}]*)\}/g, (_, variable: string) => {
        const found = context(variable.toLowerCase());
        const [value, ...more] = found.kind === "values" && !found.partial ? found.values : [];
        isKnown &&= value !== undefined && more.length === 0;
        return value ?? "";
    });
    return isKnown ? written : undefined;
}

function byNumber(
    read: (text: string) => number,
    holds: (found: number, wanted: number) => boolean,
): Comparison {
    return (wanted, found) => {
        const [limit, value] = [read(wanted), read(found)];
        return Number.isNaN(limit) ? "maybe" : certainly(holds(value, limit));
    };
}

/** A block, or one address. */
function addressBlock(text: string): AddressSet | undefined {
    return AddressSet.parse(
        text.includes("/") ? text : `${text}/${text.includes(":") ? "128" : "32"}`,
    );
}

/** Seconds since 1970, as text or in the ISO form. */
function timeOf(text: string): number {
    return /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

/** `StringEquals kms:ViaService = s3.eu-central-1.amazonaws.com`, as reports name a condition. */
export function describeCondition({ operator, key, values, open }: PolicyCondition): string {
    const shown = [...values, ...(open ? ["(not known)"] : [])].join(", ");
    return `${operator} ${key} = ${shown}`;
}
