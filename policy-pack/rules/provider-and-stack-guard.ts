import type { RegisteredResource } from "../graph/resource";
import { defaultTags, tagValue } from "../graph/marks";
import { peek, type PropertyPath } from "../graph/peek";
import { failed, passed, undecided } from "../reading/observations";
import { readElements, readText, show, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const providerTypes = ["pulumi:providers:aws", "pulumi:providers:aws-native"];
const keys = ["accessKey", "secretKey", "token"];

/**
 * Providers that serve key servers use allowed regions and accounts, hold no keys and give the required tags. Types that no policy
 * reads are reported under the same name by the judgement itself.
 */
export const providerAndStackGuard: Rule = {
    name: "provider-and-stack-guard",
    reads: providerTypes,
    *judge(context) {
        const { graph, scope } = context;
        const served = new Map<string, RegisteredResource[]>();
        for (const resource of graph.resources) {
            if (resource.provider !== undefined && scope.includes(resource)) {
                served.set(resource.provider, [...(served.get(resource.provider) ?? []), resource]);
            }
        }
        for (const provider of graph.ofType(...providerTypes)) {
            const resources = served.get(provider.urn);
            if (resources !== undefined) {
                const found = [
                    ...judgeKeys(provider),
                    ...judgeRegion(context, provider),
                    ...judgeAccounts(context, provider),
                    ...judgeTags(context, provider),
                ];
                yield* found.length > 0 ? found : [passed(provider)];
                const region = valueAt(provider.properties, ["region"]);
                yield* resources
                    .filter(({ properties }) => valueAt(properties, ["region"]) !== region)
                    .flatMap((resource) => judgeRegion(context, resource));
            }
        }
    },
};

function judgeKeys(provider: RegisteredResource): readonly Observation[] {
    return keys
        .filter((property) => peek(provider.properties, [property]).kind !== "absent")
        .map((property) =>
            failed(
                provider,
                [property],
                `${property} is set: a key in the program is a key in its state and its history`,
            ),
        );
}

/** The region of a provider, or the one that a resource chooses itself. */
function judgeRegion(context: RuleContext, resource: RegisteredResource): readonly Observation[] {
    const accepted = context.parameter<readonly string[]>("allowedRegions");
    const region = readText(resource.properties, ["region"]);
    if (accepted.length === 0 || region.kind === "absent") {
        return [];
    }
    return region.kind === "open"
        ? [undecided(resource, ["region"], `region ${region.why}`)]
        : accepted.includes(region.value)
          ? []
          : [
                failed(
                    resource,
                    ["region"],
                    `region is ${show(region.value)}, which allowedRegions does not list`,
                ),
            ];
}

function judgeAccounts(context: RuleContext, provider: RegisteredResource): readonly Observation[] {
    const accepted = context.parameter<readonly string[]>("allowedAccounts");
    const path: PropertyPath = ["allowedAccountIds"];
    if (accepted.length === 0) {
        return [];
    }
    const accounts = listed(provider, path);
    if (accounts === "open") {
        return [undecided(provider, path, "allowedAccountIds is not known before deployment")];
    }
    const foreign = accounts.filter((account) => !accepted.includes(account));
    return accounts.length === 0
        ? [
              failed(
                  provider,
                  path,
                  "allowedAccountIds is not set, so the stack goes wherever the credentials lead",
              ),
          ]
        : foreign.map((account) =>
              failed(
                  provider,
                  path,
                  `allowedAccountIds holds ${show(account)}, which allowedAccounts does not list`,
                  account,
              ),
          );
}

/** A list of texts; a provider's lists reach the engine as JSON text. */
function listed(provider: RegisteredResource, path: PropertyPath): readonly string[] | "open" {
    const written = peek(provider.properties, path);
    const value = written.kind === "known" ? parsed(written.value) : undefined;
    if (written.kind === "unknown") {
        return "open";
    }
    const elements = readElements({ value }, ["value"]);
    const texts = (elements.kind === "known" ? elements.value : []).map((element) =>
        readText({ value }, element),
    );
    return texts.some(({ kind }) => kind === "open")
        ? "open"
        : texts.flatMap((text) => (text.kind === "known" ? [text.value] : []));
}

function parsed(value: unknown): unknown {
    try {
        return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
    } catch {
        return value;
    }
}

function judgeTags(context: RuleContext, provider: RegisteredResource): readonly Observation[] {
    const tags = defaultTags(provider.properties);
    return context.parameter<readonly string[]>("requiredTags").flatMap((key) => {
        const tag = tagValue(tags, key);
        const path: PropertyPath = ["defaultTags"];
        return tag.kind === "unknown"
            ? [
                  undecided(
                      provider,
                      path,
                      `defaultTags: whether the tag "${key}" is given is not known`,
                      key,
                  ),
              ]
            : tag.kind === "known" && tag.value !== ""
              ? []
              : [failed(provider, path, `defaultTags does not give the tag "${key}"`, key)];
    });
}
