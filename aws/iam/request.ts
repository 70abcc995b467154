import type { PolicyDocument } from "../policy-document";
import type { Match } from "./match";

/** What the request says under one key of a condition. */
export type ContextValue =
    | { readonly kind: "absent" }
    /** Its values; a `*` in a text stands for a part that is not known where `partial` is set. */
    | { readonly kind: "values"; readonly values: readonly string[]; readonly partial?: boolean }
    | { readonly kind: "unknown" };

/** What policies are asked about. */
export interface Request {
    readonly action: string;
    /** ARN of the resource, with `*` for parts that are not known before deployment. */
    readonly resource: string;
    /** ARN or service name of the caller; `*` for everybody. */
    readonly principal: string;
    /** Account of the caller and the resource; undefined when not known. */
    readonly account: string | undefined;
    /** The request's value under a key of conditions, given in lower case. */
    readonly context: (key: string) => ContextValue;
}

/** A policy document, with what its unknown parts may stand for in the request at hand. */
export interface Policy {
    readonly document: PolicyDocument;
    /** Whether a resource that is not known is the one asked about. */
    readonly openResource: Match;
    /** Whether a principal that is not known is the caller. */
    readonly openPrincipal: Match;
}

export const absentValue: ContextValue = { kind: "absent" };
export const unknownValue: ContextValue = { kind: "unknown" };

/** One or several values that are known. */
export function known(...values: readonly string[]): ContextValue {
    return { kind: "values", values };
}
