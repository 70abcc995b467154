import { peek } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { accountOf, providerTexts } from "./accounts";

/** Settings of a provider that lead to another account than the credentials of the environment. */
const credentials = [
    "accessKey",
    "assumeRole",
    "assumeRoles",
    "assumeRoleWithWebIdentity",
    "profile",
    "sharedCredentialsFiles",
];

/** The account that a provider makes resources in, where it tells one: the only one that it allows, else that of the role that it takes. */
export function providerAccount(provider: RegisteredResource | undefined): string | undefined {
    if (provider === undefined) {
        return undefined;
    }
    const [allowed, ...others] = providerTexts(provider, "allowedAccountIds");
    if (allowed !== undefined) {
        return others.length === 0 ? allowed : undefined;
    }
    // Roles are taken one after the other.
    return ["assumeRoleWithWebIdentity", "assumeRoles", "assumeRole"]
        .flatMap((property) => providerTexts(provider, property))
        .filter((text) => /^arn:[a-z0-9-]+:iam::\d{12}:role\//.test(text))
        .map(accountOf)
        .at(-1);
}

/** Whether a provider goes by other credentials than those of the environment. */
export function hasOwnCredentials(provider: RegisteredResource | undefined): boolean {
    return credentials.some((property) => peek(provider?.properties, [property]).kind !== "absent");
}
