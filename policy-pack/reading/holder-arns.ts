import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import type { Place } from "./accounts";
import { readText } from "./values";

const kinds: Readonly<Record<string, string>> = {
    [TypeToken.Role]: "role",
    [TypeToken.User]: "user",
};

/**
 * The ARN of a role or user, with `*` for what is not known, such as a name that the provider chooses. Undefined for what no policy can
 * name: groups, and policies that will be attached.
 */
export function holderArn(holder: RegisteredResource, place: Place): string | undefined {
    const kind = kinds[holder.type];
    return kind === undefined ? undefined : arnOf(holder, kind, place);
}

/** The ARN of a managed policy of this stack, with `*` for what is not known. */
export function managedPolicyArn(policy: RegisteredResource, place: Place): string {
    return arnOf(policy, "policy", place);
}

function arnOf(resource: RegisteredResource, kind: string, { partition, account }: Place): string {
    const arn = readText(resource.properties, ["arn"]);
    if (arn.kind === "known") {
        return arn.value;
    }
    const name = readText(resource.properties, ["name"]);
    const path = readText(resource.properties, ["path"]);
    const folder = path.kind === "known" ? path.value : path.kind === "absent" ? "/" : "/*";
    return `arn:${partition}:iam::${account}:${kind}${folder}${name.kind === "known" ? name.value : "*"}`;
}
