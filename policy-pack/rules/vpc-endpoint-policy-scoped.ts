import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { endpointPolicyOf, isPerimeter, isScoped } from "../reading/endpoint-policies";
import { doubtsOf, type WrittenPolicy } from "../reading/identity-policies";
import { failed, notApplicable, settle, undecided } from "../reading/observations";
import { readText } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Types of endpoints that have policies. */
const policed = ["Gateway", "Interface"];

/** The policy of every endpoint admits named callers or those of named accounts; only what is Amazon's may be read by anybody. */
export const vpcEndpointPolicyScoped: Rule = {
    name: "vpc-endpoint-policy-scoped",
    reads: [TypeToken.VpcEndpoint, TypeToken.VpcEndpointPolicy],
    *judge({ graph, scope }) {
        for (const endpoint of graph.ofType(TypeToken.VpcEndpoint)) {
            if (scope.includes(endpoint)) {
                const found = decide(graph, endpoint);
                yield* found === undefined ? [notApplicable(endpoint)] : settle(endpoint, found);
                yield* (found ?? []).filter(({ resource }) => resource !== endpoint);
            }
        }
    },
};

function decide(
    graph: GraphIndex,
    endpoint: RegisteredResource,
): readonly Observation[] | undefined {
    const type = readText(endpoint.properties, ["vpcEndpointType"]);
    const service = readText(endpoint.properties, ["serviceName"]);
    const name = service.kind === "known" ? service.value : "";
    if ((type.kind === "known" && !policed.includes(type.value)) || name.includes(".vpce.")) {
        return undefined;
    }
    const policy = endpointPolicyOf(graph, endpoint);
    if (policy === undefined) {
        return [
            failed(
                endpoint,
                ["policy"],
                "policy is not set, so the endpoint carries every request of everybody",
            ),
        ];
    }
    const region = /^com\.amazonaws\.([a-z0-9-]+)\./.exec(name)?.[1];
    return judgePolicy(policy, region);
}

function judgePolicy(policy: WrittenPolicy, region: string | undefined): readonly Observation[] {
    const { resource, path, document } = policy;
    const whole = doubtsOf(policy, (place) => !place.includes("."));
    if (document.statements.some(isPerimeter)) {
        return whole;
    }
    const open = document.statements.filter(
        (statement) => statement.effect === "Allow" && !isScoped(statement, region),
    );
    return [
        ...whole,
        ...doubtsOf(policy, (place) => place.endsWith(".Effect")),
        ...open.map(({ index, sid }): Observation => {
            const name = sid === undefined ? `Statement[${index}]` : `the statement "${sid}"`;
            const place = `${formatPath(path)}: ${name}`;
            const isDoubtful = document.doubts.some((doubt) =>
                doubt.place.startsWith(`Statement[${index}].`),
            );
            const subject = sid ?? `Statement[${index}]`;
            return isDoubtful
                ? undecided(
                      resource,
                      path,
                      `${place} is not known as a whole, so whom it admits is not either`,
                      subject,
                  )
                : failed(
                      resource,
                      path,
                      `${place} admits callers of any account: name yours by aws:PrincipalAccount or aws:PrincipalOrgID`,
                      subject,
                  );
        }),
    ];
}
