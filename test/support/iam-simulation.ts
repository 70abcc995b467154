import { runSimulation } from "@cloud-copilot/iam-simulate";

/** A policy document, as JSON or read. */
export type PolicyText = string | Readonly<Record<string, unknown>>;

export interface Request {
    /** ARN of a role, or the name of a service principal. */
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    readonly context?: Readonly<Record<string, string>>;
    readonly identityPolicies?: readonly PolicyText[];
    readonly permissionsBoundary?: PolicyText;
    readonly resourcePolicy?: PolicyText;
    readonly endpointPolicy?: PolicyText;
    /** Service control policies of the account's organisation; none restrict by default. */
    readonly controlPolicies?: readonly PolicyText[];
}

const account = "111122223333";

/**
 * The simulator knows the keys of encryption contexts by their template alone, so the name of the one context that a request carries stands in
 * for it, in policies and requests alike.
 */
export function simulatorForm(value: unknown): unknown {
    const text = JSON.stringify(value).replace(
        /kms:EncryptionContext:aws:[A-Za-z0-9:]+/g,
        "kms:EncryptionContext:${EncryptionContextKey}",
    );
    return JSON.parse(text) as unknown;
}

/** Whether the policies allow a request within one account, as an outside IAM simulator reads them. Throws when it cannot read them. */
export async function isAllowed(request: Request): Promise<boolean> {
    const { identityPolicies = [], permissionsBoundary, resourcePolicy, endpointPolicy } = request;
    const { controlPolicies } = request;
    const context = simulatorForm(request.context ?? {}) as Record<string, string>;
    const result = await runSimulation(
        {
            request: {
                principal: request.principal,
                action: request.action,
                resource: { resource: request.resource, accountId: account },
                contextVariables: context,
            },
            identityPolicies: identityPolicies.map((policy, index) => ({
                name: `identity-${index}`,
                policy: read(policy),
            })),
            ...(permissionsBoundary === undefined
                ? {}
                : {
                      permissionBoundaryPolicies: [
                          { name: "boundary", policy: read(permissionsBoundary) },
                      ],
                  }),
            serviceControlPolicies:
                controlPolicies === undefined
                    ? []
                    : [
                          {
                              orgIdentifier: "ou-1",
                              policies: controlPolicies.map((policy, index) => ({
                                  name: `control-${index}`,
                                  policy: read(policy),
                              })),
                          },
                      ],
            resourceControlPolicies: [],
            ...(resourcePolicy === undefined ? {} : { resourcePolicy: read(resourcePolicy) }),
            ...(endpointPolicy === undefined
                ? {}
                : { vpcEndpointPolicies: [{ name: "endpoint", policy: read(endpointPolicy) }] }),
        },
        {},
    );
    if (result.resultType === "error") {
        throw new Error(
            `${request.action} on ${request.resource}: ${JSON.stringify(result.errors)}`,
        );
    }
    return result.overallResult === "Allowed";
}

function read(policy: PolicyText): unknown {
    return simulatorForm(typeof policy === "string" ? JSON.parse(policy) : policy);
}
