import { regionsWithPatchBuckets, serviceBuckets } from "../../aws/service-buckets";
import type { PolicyStatement } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { policyAt, type WrittenPolicy } from "./identity-policies";

/** Condition keys that say who the caller is. */
const callerKeys = new Set([
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
]);
const equality =
    /^(For(All|Any)Values?:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like))$/i;
const inequality =
    /^(For(All|Any)Values?:)?(StringNot(Equals|EqualsIgnoreCase|Like)|ArnNot(Equals|Like))(IfExists)?$/i;
const reading = /^[a-z0-9-]+:(Get|List|Describe)[A-Za-z]*$/i;
/** Documents and parameters that belong to Amazon carry no account. */
const amazonsOwn = /^arn:[^:]+:ssm:[^:]+::(document|parameter\/aws)\//;

/** The policy of an endpoint: one that is a resource of its own, else the endpoint's; undefined when neither states one. */
export function endpointPolicyOf(
    graph: GraphIndex,
    endpoint: RegisteredResource,
): WrittenPolicy | undefined {
    const [attached] = graph
        .ofType(TypeToken.VpcEndpointPolicy)
        .filter((policy) =>
            graph
                .reference(policy, ["vpcEndpointId"], [TypeToken.VpcEndpoint])
                .resources.includes(endpoint),
        );
    const own = policyAt(endpoint, ["policy"]);
    return attached === undefined ? own : (policyAt(attached, ["policy"]) ?? own);
}

/** Whether a statement admits named callers, callers of named accounts, or reading of what is Amazon's. */
export function isScoped(statement: PolicyStatement, region: string | undefined): boolean {
    return namesCallers(statement) || isBound(statement) || readsAmazonsOwn(statement, region);
}

/** Whether a statement turns away everybody but named callers, which scopes every other statement. */
export function isPerimeter({
    effect,
    principal,
    action,
    resource,
    conditions,
}: PolicyStatement): boolean {
    const everybody = (principal ?? []).some(({ values }) => values.includes("*"));
    return (
        effect === "Deny" &&
        everybody &&
        (action?.values ?? []).includes("*") &&
        (resource?.values ?? []).includes("*") &&
        conditions.some(
            ({ operator, key, values }) =>
                inequality.test(operator) && callerKeys.has(key) && isNarrow(values),
        )
    );
}

function namesCallers({ principal }: PolicyStatement): boolean {
    return (
        principal !== undefined &&
        principal.length > 0 &&
        principal.every(
            ({ kind, values, open }) =>
                !open &&
                values.length > 0 &&
                (kind.toLowerCase() === "service" || values.every((name) => !name.includes("*"))),
        )
    );
}

function isBound({ conditions }: PolicyStatement): boolean {
    return conditions.some(
        ({ operator, key, values, open }) =>
            !open && equality.test(operator) && callerKeys.has(key) && isNarrow(values),
    );
}

function readsAmazonsOwn(
    { action, resource }: PolicyStatement,
    region: string | undefined,
): boolean {
    // Where the endpoint's region is not known, a service bucket of any region will do.
    const regions = regionsWithPatchBuckets.filter((known) => (region ?? known) === known);
    const buckets = regions.flatMap((known) => [
        ...serviceBuckets(known),
        ...imageBuilderBuckets(known),
    ]);
    const isAmazons = (arn: string): boolean => {
        const bucket = /^arn:[^:]+:s3:::([^/*?]+)(\/.*)?$/.exec(arn)?.[1];
        return amazonsOwn.test(arn) || (bucket !== undefined && buckets.includes(bucket));
    };
    return (
        action !== undefined &&
        resource !== undefined &&
        !action.open &&
        !resource.open &&
        action.values.every((name) => reading.test(name)) &&
        resource.values.length > 0 &&
        resource.values.every(isAmazons)
    );
}

/** Buckets that EC2 Image Builder reads from a closed network. Source: EC2 Image Builder user guide, VPC endpoints. */
function imageBuilderBuckets(region: string): readonly string[] {
    return [
        `ec2imagebuilder-toe-${region}-prod`,
        `ec2imagebuilder-managed-resources-${region}-prod`,
    ];
}

function isNarrow(values: readonly string[]): boolean {
    return (
        values.length > 0 && values.every((value) => !/^[*?]*$/.test(value) && !/::\*:/.test(value))
    );
}
