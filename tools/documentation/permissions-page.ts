import { deployerActions, lookupActions } from "../../aws/deployer-actions";
import { markdownTable as table } from "../../catalog/markdown-text";
import type { GraphResource } from "./recorded-graph";

/** Writes the IAM permissions that deploying some resources takes as GitHub's markdown. Throws for a type whose permissions nobody wrote down. */
export function renderPermissionsPage(resources: readonly GraphResource[]): string {
    const types = [...new Set(resources.map(({ type }) => type))]
        .filter((type) => !type.startsWith("keyward:"))
        .sort();
    const actions = new Set([lookupActions, ...types.map(actionsOf)].flatMap(split));
    const document = {
        Version: "2012-10-17",
        Statement: groupByService([...actions]).map(([service, names]) => ({
            Sid: service.replace(/[^a-z0-9]/g, ""),
            Effect: "Allow",
            Action: names,
            Resource: "*",
        })),
    };
    const parts = [
        "# What the deployer may do",
        "Written from what the components register, with their defaults, by `npm run docs`. The tables name the IAM actions that creating, reading, changing and deleting each type of resource takes; the policy at the end is their sum.",
        "The policy names no resources: they do not exist before the first deployment. Narrow it to what is yours: roles, instance profiles and policies to the path `/keyward/PROJECT/STACK/`, `iam:PassRole` to the same path, log groups to `/keyward/*`, and everything to your regions by `aws:RequestedRegion`. Give it to a pipeline with reviews, not to people: whoever deploys can change all that is not locked.",
        "Keys of AWS KMS decide in their own policies. A deployer that is not among `keyAdministratorArns` cannot change them later, and volumes are made with the key for volumes only through `ec2.REGION.amazonaws.com`.",
        "## Before anything is made",
        list(lookupActions),
        "## By resource",
        table(
            ["Type", "Actions"],
            types.map((type) => [[`\`${type}\``], [list(actionsOf(type))]]),
        ),
        "## As one policy",
        `\`\`\`json\n${JSON.stringify(document, undefined, 4)}\n\`\`\``,
    ];
    return `${parts.join("\n\n")}\n`;
}

function actionsOf(type: string): string {
    const actions = deployerActions[type];
    if (actions === undefined) {
        throw new Error(`aws/deployer-actions.ts does not say what deploying ${type} takes`);
    }
    return actions;
}

function split(actions: string): readonly string[] {
    return actions.split(" ");
}

function list(actions: string): string {
    return split(actions)
        .map((action) => `\`${action}\``)
        .join(", ");
}

function groupByService(actions: readonly string[]): readonly (readonly [string, string[]])[] {
    const services = new Map<string, string[]>();
    for (const action of [...actions].sort()) {
        const [service = ""] = action.split(":");
        services.set(service, [...(services.get(service) ?? []), action]);
    }
    return [...services];
}
