import { covers } from "../../aws/iam/coverage";
import { statementsAbout } from "../../aws/iam/statements";
import type { PolicyDocument, PolicyStatement } from "../../aws/policy-document";
import { isHidden } from "../reading/statements";
import type { Holder } from "./principals";

/** Whether a holder's own policies may allow an action on anything: a quick look, which leaves out most questions of a large stack. */
export function mayAllow(holder: Holder, action: string): boolean {
    return remembered(allowedBy, holder, action, () => {
        const read = holder.policies.filter(({ document }) => !isHidden(document));
        return read.some(
            ({ document }) =>
                document.doubts.length > 0 ||
                statementsAbout(document, action).some(({ effect }) => effect === "Allow"),
        );
    });
}

/** Whether a resource's policy may allow an action to a caller whom it names, in its principals or in conditions. */
export function mayAdmit(document: PolicyDocument, action: string, arn: string): boolean {
    const names = remembered(admittedBy, document, action, () => admittedNames(document, action));
    return names === "anybody" || names.some((name) => mayBe(name, arn));
}

type Names = readonly string[] | "anybody";

const allowedBy = new WeakMap<Holder, Map<string, boolean>>();
const admittedBy = new WeakMap<PolicyDocument, Map<string, Names>>();

function remembered<Key extends object, Value>(
    results: WeakMap<Key, Map<string, Value>>,
    key: Key,
    action: string,
    compute: () => Value,
): Value {
    const own = results.get(key) ?? new Map<string, Value>();
    results.set(key, own);
    const value = own.get(action) ?? compute();
    own.set(action, value);
    return value;
}

function admittedNames(document: PolicyDocument, action: string): Names {
    if (document.doubts.length > 0) {
        return "anybody";
    }
    const names = statementsAbout(document, action)
        .filter(({ effect }) => effect === "Allow")
        .map(namesOf);
    return names.includes("anybody")
        ? "anybody"
        : names.flatMap((list) => (list === "anybody" ? [] : list));
}

/** Everybody is narrowed down by a condition on the caller's ARN. */
function namesOf(statement: PolicyStatement): Names {
    const named = (statement.principal ?? []).flatMap(({ values }) => values);
    if (statement.notPrincipal === undefined && !named.includes("*")) {
        return named;
    }
    const [condition] = statement.conditions.filter(
        ({ operator, key }) =>
            key === "aws:principalarn" &&
            /^(Arn(Equals|Like)|String(Equals|Like))$/i.test(operator),
    );
    return condition?.values ?? "anybody";
}

function mayBe(name: string, arn: string): boolean {
    return (
        name === arn ||
        (/[*?$]/.test(name) && covers(name, arn) !== "no") ||
        (arn.includes("*") && covers(arn, name) !== "no")
    );
}
