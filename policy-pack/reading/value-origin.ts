import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { peek } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { sourceUrns } from "../graph/source-urns";
import { label } from "./labels";
import { hasOwnCredentials, providerAccount } from "./provider-accounts";

/**
 * Where an unknown value comes from. `own`: from resources made with the credentials of the one that holds it; `account`: from a resource
 * of a provider that tells another account; `open`: from elsewhere, and `why` completes a sentence that begins with the property.
 */
type Origin =
    | { readonly kind: "own" }
    | { readonly kind: "account"; readonly account: string; readonly source: RegisteredResource }
    | { readonly kind: "open"; readonly why: string };

/** Resources whose outputs hold whatever was put in, with the properties that it is put into. */
const carriers: Readonly<Record<string, readonly string[]>> = {
    [TypeToken.SsmParameter]: ["value", "insecureValue"],
    "aws:secretsmanager/secretVersion:SecretVersion": ["secretString"],
};

/** Where the unknown parts of a property come from: dependencies are known for whole properties only, so the worst of its sources counts. */
export function originOf(
    graph: GraphIndex,
    resource: RegisteredResource,
    property: string,
): Origin {
    const sources = sourcesOf(graph, resource, property);
    const origins = [...sources.known].flatMap((source) => originFrom(graph, resource, source));
    const foreign = origins.find(({ kind }) => kind === "account");
    const open = origins.find(({ kind }) => kind === "open");
    if (foreign !== undefined || open !== undefined) {
        return foreign ?? open ?? { kind: "own" };
    }
    if (sources.unread !== undefined) {
        return {
            kind: "open",
            why: `comes from ${sources.unread}, which this stack reads and does not make`,
        };
    }
    return origins.length > 0
        ? { kind: "own" }
        : { kind: "open", why: "comes from no resource of this stack" };
}

interface Sources {
    readonly known: ReadonlySet<RegisteredResource>;
    /** URN of a source that the stack does not make. */
    readonly unread: string | undefined;
}

/** What a property takes values from: of a component what it made, and of a resource that carries values also where those come from. */
function sourcesOf(graph: GraphIndex, resource: RegisteredResource, property: string): Sources {
    const known = new Set<RegisteredResource>();
    const urns = new Set(sourceUrns(resource, property));
    let unread: string | undefined;
    for (const urn of urns) {
        const source = graph.byUrn(urn);
        if (source === undefined || source.type === "pulumi:pulumi:StackReference") {
            unread ??= urn;
            continue;
        }
        if (!source.custom) {
            graph.children(urn).forEach((child) => urns.add(child.urn));
            continue;
        }
        known.add(source);
        (carriers[source.type] ?? [])
            .filter((carried) => peek(source.properties, [carried]).kind === "unknown")
            .flatMap((carried) => sourceUrns(source, carried))
            .forEach((carried) => urns.add(carried));
    }
    return { known, unread };
}

/** Resources of other providers than those of AWS lie in no account, and tell nothing. */
function originFrom(
    graph: GraphIndex,
    resource: RegisteredResource,
    source: RegisteredResource,
): readonly Origin[] {
    if (!/^aws(-native)?:/.test(source.type)) {
        return [];
    }
    const [from, here] = [source, resource].map(({ provider }) =>
        provider === undefined ? undefined : graph.byUrn(provider),
    );
    if (source.provider === resource.provider) {
        return [{ kind: "own" }];
    }
    const account = providerAccount(from);
    if (account !== undefined) {
        return account === providerAccount(here)
            ? [{ kind: "own" }]
            : [{ kind: "account", account, source }];
    }
    return hasOwnCredentials(from) || hasOwnCredentials(here)
        ? [
              {
                  kind: "open",
                  why: `comes from ${label(source)}, whose provider has other credentials and tells no account (allowedAccountIds would)`,
              },
          ]
        : [{ kind: "own" }];
}
