import { peek } from "../graph/peek";
import type { GraphIndex } from "../graph/graph-index";
import { oncePerGraph } from "./memo";
import { SecretValue } from "../graph/resource";

const account = /^\d{12}$/;
const ownedArn = /arn:[a-z0-9-]+:(?!iam:|sts:)[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/g;

/**
 * The accounts that a stack is deployed to, as far as it shows: those that its providers allow, else those in the ARNs of resources that
 * it makes or names. Principals do not count: they are what is compared with it. Empty where nothing shows one.
 */
export const homeAccounts = oncePerGraph((graph: GraphIndex): ReadonlySet<string> => {
    const allowed = graph.ofType("pulumi:providers:aws").flatMap(({ properties }) => {
        const found = peek(properties, ["allowedAccountIds"]);
        return found.kind === "known" ? textsIn(parsed(found.value)) : [];
    });
    const declared = allowed.filter((text) => account.test(text));
    if (declared.length > 0) {
        return new Set(declared);
    }
    const own = graph.resources.flatMap(({ properties }) => {
        const arn = peek(properties, ["arn"]);
        return arn.kind === "known" ? accountsIn(textsIn(arn.value)) : [];
    });
    return new Set(
        own.length > 0
            ? own
            : graph.resources.flatMap(({ properties }) => accountsIn(textsIn(properties))),
    );
});

/** The account that a principal belongs to: an account id, or the ARN of an account, role, user or session. */
export function accountOf(principal: string): string | undefined {
    return account.test(principal)
        ? principal
        : /^arn:[a-z0-9-]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
}

/** The name of a service without region and partition: `logs.eu-central-1.amazonaws.com` is `logs.amazonaws.com`. */
export function serviceName(principal: string): string {
    return principal
        .toLowerCase()
        .replace(/\.amazonaws\.com\.cn$/, ".amazonaws.com")
        .replace(/\.[a-z]{2}(?:-[a-z]+)+-\d+\.amazonaws\.com$/, ".amazonaws.com");
}

function accountsIn(texts: readonly string[]): readonly string[] {
    return texts.flatMap((text) => [...text.matchAll(ownedArn)].flatMap(([, id]) => id ?? []));
}

/** A provider's lists reach the engine as JSON text. */
function parsed(value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}

function textsIn(value: unknown): readonly string[] {
    if (typeof value === "string") {
        return [value];
    }
    if (value instanceof SecretValue) {
        return textsIn(value.value);
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
