import { peek } from "../graph/peek";
import type { GraphIndex } from "../graph/graph-index";
import { oncePerGraph } from "./memo";
import { SecretValue, type RegisteredResource } from "../graph/resource";

const account = /^\d{12}$/;
const ownedArn = /arn:[a-z0-9-]+:(?!iam:|sts:)[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/g;

/**
 * The accounts that a stack is deployed to, as far as it shows: those that its providers allow, else those in the ARNs of resources that
 * it makes or names. Principals do not count: they are what is compared with it. Empty where nothing shows one.
 */
export const homeAccounts = oncePerGraph((graph: GraphIndex): ReadonlySet<string> => {
    const told = toldAccounts(graph);
    return new Set(told.length > 0 ? told : namedAccounts(graph));
});

/** Accounts that are the stack's own beyond doubt. */
const toldAccounts = oncePerGraph((graph: GraphIndex): readonly string[] => {
    const allowed = graph
        .ofType("pulumi:providers:aws")
        .flatMap((provider) => providerTexts(provider, "allowedAccountIds"));
    const declared = allowed.filter((text) => account.test(text));
    return declared.length > 0
        ? declared
        : graph.resources.flatMap(({ properties }) => {
              const arn = peek(properties, ["arn"]);
              return arn.kind === "known" ? accountsIn(textsIn(arn.value)) : [];
          });
});

/** The account in every ARN that the stack writes, as often as it is written. */
const namedAccounts = oncePerGraph((graph: GraphIndex): readonly string[] =>
    graph.resources.flatMap(({ properties }) => accountsIn(textsIn(properties))),
);

/**
 * Whether an account is another one than the stack's. `maybe`: the stack writes several accounts, does not tell its own, and this one is not
 * the one that it writes most.
 */
export function isForeignAccount(graph: GraphIndex, other: string): "yes" | "no" | "maybe" {
    const home = homeAccounts(graph);
    if (home.size === 0) {
        return "maybe";
    }
    if (!home.has(other)) {
        return "yes";
    }
    return home.size === 1 || toldAccounts(graph).length > 0 || isWrittenMost(graph, other)
        ? "no"
        : "maybe";
}

function isWrittenMost(graph: GraphIndex, wanted: string): boolean {
    const counts = new Map<string, number>();
    namedAccounts(graph).forEach((one) => counts.set(one, (counts.get(one) ?? 0) + 1));
    const [most, next] = [...counts].sort(([, one], [, other]) => other - one);
    return most?.[0] === wanted && most[1] > (next?.[1] ?? 0);
}

/** Where a stack is deployed to, as parts of ARNs; `*` for what it does not show. */
export interface Place {
    readonly partition: string;
    readonly region: string;
    readonly account: string;
}

/** The one place of a stack: its providers' region, else the one in the ARNs of its resources; the partition goes with the region. */
export const homePlace = oncePerGraph((graph: GraphIndex): Place => {
    const [account, ...otherAccounts] = [...homeAccounts(graph)];
    const configured = graph
        .ofType("pulumi:providers:aws")
        .flatMap((provider) => providerTexts(provider, "region"));
    const written = graph.resources.flatMap(({ properties }) => {
        const arn = peek(properties, ["arn"]);
        return arn.kind === "known" && typeof arn.value === "string"
            ? [arn.value.split(":")[3] ?? ""]
            : [];
    });
    const regions = [configured, written].map(
        (names) => new Set(names.filter((name) => name !== "")),
    );
    const [region, ...otherRegions] = [...(regions.find(({ size }) => size > 0) ?? [])];
    const isOne = region !== undefined && otherRegions.length === 0;
    return {
        partition: isOne ? partitionOf(region) : "aws",
        region: isOne ? region : "*",
        account: account === undefined || otherAccounts.length > 0 ? "*" : account,
    };
});

/** Source: AWS General Reference, partitions of regions. */
function partitionOf(region: string): string {
    return region.startsWith("cn-")
        ? "aws-cn"
        : region.startsWith("us-gov-")
          ? "aws-us-gov"
          : "aws";
}

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

/** The texts in a setting of a provider; its lists and objects reach the engine as JSON text. */
export function providerTexts(provider: RegisteredResource, property: string): readonly string[] {
    const found = peek(provider.properties, [property]);
    return found.kind === "known" ? textsIn(parsed(found.value)) : [];
}

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
