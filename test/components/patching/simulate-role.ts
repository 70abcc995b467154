import { runSimulation } from "@cloud-copilot/iam-simulate";
import { simulatorForm } from "../../support/iam-simulation";
import type { RecordedResource } from "../../support/monitor";

/** A request that a role makes. */
export interface Asked {
    readonly action: string;
    readonly resource: string;
    readonly context?: Readonly<Record<string, string>>;
}

/** Whether the inline policy of a recorded role allows a request, as an outside IAM simulator reads it. */
export async function isAllowed(
    resources: readonly RecordedResource[],
    role: string,
    { action, resource, context = {} }: Asked,
): Promise<boolean> {
    const policies = resources.filter(
        ({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === role,
    );
    if (policies.length === 0) {
        throw new Error(`the role ${role} has no policy`);
    }
    const result = await runSimulation(
        {
            request: {
                principal: `arn:aws:iam::111122223333:role/${role}`,
                action,
                resource: { resource, accountId: "111122223333" },
                contextVariables: simulatorForm(context) as Record<string, string>,
            },
            identityPolicies: policies.map(({ name, inputs }) => ({
                name,
                policy: simulatorForm(JSON.parse(String(inputs["policy"]))),
            })),
            serviceControlPolicies: [],
            resourceControlPolicies: [],
            // Keys delegate to IAM within the account, as the key policies of the stack do.
            ...(action.startsWith("kms:") && {
                resourcePolicy: {
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: "arn:aws:iam::111122223333:root" },
                            Action: "kms:*",
                            Resource: "*",
                        },
                    ],
                },
            }),
        },
        {},
    );
    if (result.resultType === "error") {
        throw new Error(JSON.stringify(result.errors));
    }
    return result.overallResult === "Allowed";
}
