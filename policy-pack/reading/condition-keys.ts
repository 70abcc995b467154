import type { PolicyCondition, PolicyStatement } from "../../aws/policy-document";

/** Condition keys that say who the caller is. Source: IAM user guide, global condition context keys. */
export const callerKeys: ReadonlySet<string> = new Set([
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
]);

/** Condition keys that say for whom a service calls. */
export const sourceKeys: ReadonlySet<string> = new Set([
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
]);

/** Further keys that no stranger's request carries. Source: Amazon S3 user guide, the meaning of "public". */
const privateKeys: ReadonlySet<string> = new Set(["aws:sourcevpc", "aws:sourcevpce", "aws:userid"]);

/** Whether a key can bind a statement for everybody to callers, sources or networks that somebody chose. */
export function isBinding(key: string): boolean {
    return callerKeys.has(key) || sourceKeys.has(key) || privateKeys.has(key);
}

/** Whether a key says who calls, for whom a service calls, or whose topic it is, as the default policies of Amazon SNS do. */
export function isCallerOrSource(key: string): boolean {
    return callerKeys.has(key) || sourceKeys.has(key) || key === "aws:sourceowner";
}

/** Operators that demand a value; `ForAllValues:` and `IfExists` are met by a request without the key. */
const equality = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/i;

/** Operators that turn away whoever lacks a value. */
const inequality =
    /^(For(All|Any)Values?:)?(StringNot(Equals|EqualsIgnoreCase|Like)|ArnNot(Equals|Like))(IfExists)?$/i;

/** How conditions on some keys narrow a statement down: `open` where they may, but their values are not known. */
export type Narrowing = "narrow" | "open" | "wide";

/** Whether a statement holds only for named values of one of these keys. `isNamed` tells such a value; by default one that is not everything. */
export function narrowing(
    { conditions }: PolicyStatement,
    isKey: (key: string) => boolean,
    isNamed: (value: string, key: string) => boolean = isNarrowValue,
): Narrowing {
    const demanded = conditions.filter(
        ({ operator, key }) => equality.test(operator) && isKey(key),
    );
    const allNamed = ({ key, values }: PolicyCondition): boolean =>
        values.every((value) => isNamed(value, key));
    if (demanded.some((each) => !each.open && each.values.length > 0 && allNamed(each))) {
        return "narrow";
    }
    return demanded.some((each) => each.open && allNamed(each)) ? "open" : "wide";
}

/** Whether a denial holds for everybody but named values of one of these keys. */
export function turnsAway(
    { conditions }: PolicyStatement,
    isKey: (key: string) => boolean,
): boolean {
    return conditions.some(
        (condition) =>
            inequality.test(condition.operator) && isKey(condition.key) && isNarrow(condition),
    );
}

/** The values that a statement demands of these keys. */
export function demandedValues(
    { conditions }: PolicyStatement,
    isKey: (key: string) => boolean,
): readonly string[] {
    return conditions
        .filter(({ operator, key }) => equality.test(operator) && isKey(key))
        .flatMap(({ values }) => values);
}

function isNarrow({ values, open }: PolicyCondition): boolean {
    return !open && values.length > 0 && values.every(isNarrowValue);
}

/** Whether a value names somebody: not everything, and no ARN of any account. */
export function isNarrowValue(value: string): boolean {
    return !/^[*?]*$/.test(value) && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*[*?][^:]*(:|$)/i.test(value);
}
