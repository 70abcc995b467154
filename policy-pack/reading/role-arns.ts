import type { RegisteredResource } from "../graph/resource";
import type { Place } from "./accounts";
import { readText } from "./values";

/** The ARN of a role, with `*` for what is not known: the name, where the provider chooses it, ends in a part of its own. */
export function roleArn(role: RegisteredResource, { partition, account }: Place): string {
    const arn = readText(role.properties, ["arn"]);
    if (arn.kind === "known") {
        return arn.value;
    }
    const name = readText(role.properties, ["name"]);
    const path = readText(role.properties, ["path"]);
    const folder = path.kind === "known" ? path.value : path.kind === "absent" ? "/" : "/*";
    return `arn:${partition}:iam::${account}:role${folder}${name.kind === "known" ? name.value : "*"}`;
}
