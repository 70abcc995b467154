import type { PolicyCondition, PolicyStatement } from "../policy-document";
import { conditionHolds } from "./condition";
import { shareText } from "./coverage";
import { callersAsked, decideRequest, type Decision, type Policies } from "./decision";
import {
    absentValue,
    known,
    unknownValue,
    type ContextValue,
    type Policy,
    type Request,
} from "./request";
import { concernsCaller, statementsAbout } from "./statements";

/** What is asked when the caller may choose how it makes its request. */
export interface OpenRequest extends Omit<Request, "context"> {
    /** What is known of the request; undefined for a key that the caller chooses the value of. */
    readonly context: (key: string) => ContextValue | undefined;
    /** Whether the resource stands for many, such as the objects of a bucket, of which the caller may choose one. */
    readonly isOneOfMany?: boolean;
}

/** A decision about the best of the requests that a caller can make. */
export interface BestDecision extends Decision {
    /** Each way to be allowed: the values that the request must carry, by key. One without demands makes the others idle. */
    readonly ways: readonly Way[];
}

/** What a request must carry to be allowed, such as `s3.eu-central-1.amazonaws.com` under `kms:viaservice`. */
export type Way = ReadonlyMap<string, string>;

/** More combinations than this are not tried: the conditions then stay open. */
const mostTried = 600;

/** Stands for a value that no policy names. */
const anyOther = "any other";

/**
 * Decides whether a caller can make a request that is allowed. The values of keys that the caller chooses (a second factor, the service or
 * endpoint it goes through, an encryption context) are tried as the policies name them, besides leaving them away; those that lead
 * to an allowance are told.
 */
export function decideBest(policies: Policies, request: OpenRequest): BestDecision {
    const atFirst = decideRequest(policies, concrete(request, request.resource, new Map()));
    if (atFirst.allowed !== "maybe") {
        return { ...atFirst, doubts: [], ways: atFirst.allowed === "yes" ? [new Map()] : [] };
    }
    const reduced = withoutIdle(policies, request);
    const conditions = statementsOf(reduced).flatMap((statement) => statement.conditions);
    const chosen = [...new Set(conditions.map(({ key }) => key))].filter(
        (key) => request.context(key) === undefined,
    );
    const choices = chosen.map((key) => ({ key, values: candidates(conditions, key) }));
    const resources =
        request.isOneOfMany === true ? instances(reduced, request.resource) : [request.resource];
    const size = choices.reduce((product, { values }) => product * values.length, resources.length);
    return size > mostTried
        ? { ...atFirst, ways: [] }
        : best(reduced, request, resources, assignments(choices));
}

type Assignment = ReadonlyMap<string, ContextValue>;

function best(
    policies: Policies,
    request: OpenRequest,
    resources: readonly string[],
    tried: readonly Assignment[],
): BestDecision {
    const limited = new Set(
        statementsOf(policies)
            .flatMap(({ conditions }) => conditions)
            .filter(({ operator }) => /numeric/i.test(operator))
            .map(({ key }) => key),
    );
    const ways: Assignment[] = [];
    const demands: Present[] = [];
    let open: Decision | undefined;
    for (const assignment of tried) {
        if (demands.some((way) => isWithin(way, assignment, limited))) {
            continue;
        }
        for (const resource of resources) {
            const decision = decideRequest(policies, concrete(request, resource, assignment));
            if (decision.allowed === "yes") {
                ways.push(assignment);
                demands.push(presentIn(assignment));
                break;
            }
            open ??= decision.allowed === "maybe" ? decision : undefined;
        }
    }
    return ways.length > 0
        ? { allowed: "yes", doubts: [], ways: ways.map(wayOf) }
        : open === undefined
          ? { allowed: "no", doubts: [], ways: [] }
          : { ...open, ways: [] };
}

function concrete(request: OpenRequest, resource: string, assignment: Assignment): Request {
    return {
        ...request,
        resource,
        context: (key) => request.context(key) ?? assignment.get(key) ?? unknownValue,
    };
}

/** The policies with those statements only that can say something about the request, however it is made. */
function withoutIdle(policies: Policies, request: OpenRequest): Policies {
    const open = concrete(request, request.resource, new Map());
    const reduce = (
        policy: Policy,
        isMeant: (statement: PolicyStatement) => boolean = () => true,
    ): Policy => ({
        ...policy,
        document: {
            ...policy.document,
            statements: statementsAbout(policy.document, request.action).filter(
                (statement) =>
                    isMeant(statement) &&
                    !statement.conditions.some(
                        (condition) => conditionHolds(condition, open) === "no",
                    ),
            ),
        },
    });
    const { resource } = policies;
    const callers = callersAsked(request);
    return {
        decider: policies.decider,
        identity: policies.identity.map((policy) => reduce(policy)),
        boundary: policies.boundary && reduce(policies.boundary),
        resource:
            resource &&
            reduce(resource, (statement) => concernsCaller(statement, resource, callers)),
    };
}

function statementsOf({ identity, boundary, resource }: Policies): readonly PolicyStatement[] {
    return [...identity, boundary, resource].flatMap((policy) => policy?.document.statements ?? []);
}

/** The values under a key that can make a difference, its absence first. */
function candidates(conditions: readonly PolicyCondition[], key: string): readonly ContextValue[] {
    const own = conditions.filter((condition) => condition.key === key);
    const named = own.flatMap(({ operator, values }) =>
        values.flatMap((value) => valuesAround(operator, value)),
    );
    const isOpen = own.some(({ open }) => open);
    const distinct = [...new Set([...named, ...(own.some(isNegated) ? [anyOther] : [])])];
    return [
        absentValue,
        ...distinct.map((value) => known(value)),
        ...(isOpen ? [unknownValue] : []),
    ];
}

function valuesAround(operator: string, value: string): readonly string[] {
    if (/numeric/i.test(operator)) {
        const limit = Number(value);
        return Number.isNaN(limit) ? [] : [limit, limit - 1, limit + 1].map(String);
    }
    if (/bool/i.test(operator)) {
        return ["true", "false"];
    }
    if (/null$/i.test(operator)) {
        return [anyOther];
    }
    if (/ipaddress/i.test(operator)) {
        return [value.split("/", 1)[0] ?? value];
    }
    return [value];
}

function isNegated({ operator }: PolicyCondition): boolean {
    return /not/i.test(operator) && !/ipaddress/i.test(operator);
}

/** Every combination, those with fewer values in the request first. */
function assignments(
    choices: readonly { readonly key: string; readonly values: readonly ContextValue[] }[],
): readonly Assignment[] {
    const all = choices.reduce<readonly Assignment[]>(
        (before, { key, values }) =>
            before.flatMap((assignment) =>
                values.map((value) => new Map([...assignment, [key, value] as const])),
            ),
        [new Map()],
    );
    return all
        .map((assignment) => ({ assignment, size: presentIn(assignment).length }))
        .sort((a, b) => a.size - b.size)
        .map(({ assignment }) => assignment);
}

/** What a request carries, by key. */
type Present = readonly (readonly [string, ContextValue])[];

function presentIn(assignment: Assignment): Present {
    return [...assignment].filter(([, value]) => value.kind !== "absent");
}

/** Whether all that a way demands is in an assignment too; of the numbers within a limit one is enough. */
function isWithin(way: Present, assignment: Assignment, limited: ReadonlySet<string>): boolean {
    return way.every(([key, value]) => {
        const other = assignment.get(key);
        return other === value || (limited.has(key) && other?.kind === "values");
    });
}

function wayOf(assignment: Assignment): Way {
    return new Map(
        [...assignment]
            .flatMap(([key, value]): [string, string][] =>
                value.kind === "values" ? [[key, value.values.join(", ")]] : [],
            )
            .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
}

/** The resource itself, and those parts of it that the policies name. */
function instances(policies: Policies, resource: string): readonly string[] {
    const named = statementsOf(policies).flatMap((statement) => [
        ...(statement.resource?.values ?? []),
        ...(statement.notResource?.values ?? []),
    ]);
    const within = named
        .filter((pattern) => pattern !== resource && shareText(pattern, resource))
        .map((pattern) => pattern.replace(/\$\{[^}]*\}|[*?]/g, "x"));
    return [...new Set([resource.replace(/\*/g, "x"), ...within])];
}
