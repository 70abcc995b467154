import { conditionHolds } from "../../aws/iam/condition";
import { allOf, oneOf, type Match } from "../../aws/iam/match";
import { unknownValue, type ContextValue } from "../../aws/iam/request";
import type { PolicyStatement } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { policyAt } from "../reading/identity-policies";
import { principalsOf } from "../reading/statements";

/** Who may take on a role. */
export interface Trust {
    /** Whether services alone may. */
    readonly isForServicesOnly: boolean;
    /**
     * Whether a person or program with an account may, by a request that carries these values: `maybe` where an identity provider, or something
     * that is not known, decides.
     */
    admits(values: ReadonlyMap<string, ContextValue>): Match;
}

/** Reads whom a role trusts; undefined for users, groups and policies, which nobody takes on. */
export function trustOf(holder: RegisteredResource): Trust | undefined {
    if (holder.type !== TypeToken.Role) {
        return undefined;
    }
    const document = policyAt(holder, ["assumeRolePolicy"])?.document;
    const isOpen =
        document === undefined ||
        document.doubts.some(({ place }) =>
            /Principal|^(|Statement(\[\d+\](\.Effect)?)?)$/.test(place),
        );
    const people = (document?.statements ?? []).filter(
        (statement) => statement.effect === "Allow" && !isAboutServices(statement),
    );
    return {
        isForServicesOnly: !isOpen && people.length === 0,
        admits: (values) =>
            oneOf([
                ...people.map((statement) => admission(statement, values)),
                ...(isOpen ? (["maybe"] as const) : []),
            ]),
    };
}

function admission(statement: PolicyStatement, values: ReadonlyMap<string, ContextValue>): Match {
    const context = (key: string): ContextValue => values.get(key) ?? unknownValue;
    const conditions = statement.conditions.filter(({ key }) => values.has(key));
    const isVouchedFor = principalsOf(statement).every(({ kind }) => kind === "federated");
    return allOf([
        ...conditions.map((condition) => conditionHolds(condition, { context })),
        ...(isVouchedFor ? (["maybe"] as const) : []),
    ]);
}

function isAboutServices(statement: PolicyStatement): boolean {
    return (
        statement.notPrincipal === undefined &&
        principalsOf(statement).every(({ kind }) => kind === "service")
    );
}
