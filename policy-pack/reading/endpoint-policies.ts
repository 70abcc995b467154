import { regionsWithPatchBuckets, serviceBuckets } from "../../aws/service-buckets";
import type { PolicyStatement } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { callerKeys, narrowing, turnsAway } from "./condition-keys";
import { policyAt, type WrittenPolicy } from "./identity-policies";

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
export function isPerimeter(statement: PolicyStatement): boolean {
    const { effect, principal, action, resource } = statement;
    const everybody = (principal ?? []).some(({ values }) => values.includes("*"));
    return (
        effect === "Deny" &&
        everybody &&
        (action?.values ?? []).includes("*") &&
        (resource?.values ?? []).includes("*") &&
        turnsAway(statement, (key) => callerKeys.has(key))
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

function isBound(statement: PolicyStatement): boolean {
    return narrowing(statement, (key) => callerKeys.has(key)) === "narrow";
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
