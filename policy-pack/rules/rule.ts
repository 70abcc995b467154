import type { ParameterValue } from "../../catalog/parameter";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";

/**
 * One policy's decision: a pure function from the graph to observations. Its texts, severity and level are the catalog's
 * (`catalog/policies`), found by `name`.
 */
export interface Rule {
    /** Name of the policy in the catalog; also the name of the rule's file. */
    readonly name: string;
    /** Type tokens that the rule reads: coverage is counted from them. */
    readonly reads: readonly string[];
    /**
     * Types whose failures rest on the resource alone: no other resource, registered earlier or later, can make it sound. Such failures
     * are reported before an update creates the resource. True for every type that the rule reads. Defaults to none.
     */
    readonly certainAlone?: true | readonly string[];
    /** Gives one observation for every subject; several only for several causes. Must not throw. */
    judge(context: RuleContext): Iterable<Observation>;
    /** Properties to set on one resource at level `remediate`; undefined for rules that never remediate. */
    remediate?(
        resource: RegisteredResource,
        context: RemediationContext,
    ): readonly PropertyChange[];
}

/** All that a rule may know. */
export interface RuleContext extends RemediationContext {
    readonly graph: GraphIndex;
    readonly scope: Scope;
    /** The moment that dates are compared with. */
    readonly asOf: Date;
}

export interface RemediationContext {
    /** Value of a catalog parameter after configuration. Throws for an id that the policy does not list. */
    parameter<T extends ParameterValue>(id: string): T;
}

/** What a rule saw. */
export interface Observation {
    readonly verdict: "pass" | "fail" | "indeterminate" | "not-applicable";
    /** The resource it is about; absent for an observation about the whole stack. */
    readonly resource?: RegisteredResource;
    /** Where in the resource; [] for the whole. */
    readonly path?: PropertyPath;
    /** What was found, for fail and indeterminate: names the value, the place and the chain of resources. */
    readonly message?: string;
    /**
     * Tells two weaknesses at one path apart, such as `tcp/8200←0.0.0.0/0`; part of the fingerprint, so it must not hold list indexes
     * or anything else that changes without a change of meaning.
     */
    readonly subject?: string;
}

/** A change that level `remediate` makes. */
export interface PropertyChange {
    readonly path: PropertyPath;
    readonly value: unknown;
}
