import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readNumber, readText, show, valueAt } from "../reading/values";
import type { Observation, Rule } from "./rule";

const tokens = ["httpTokens"];
const limit = ["httpPutResponseHopLimit"];

/** Where a stack sets the account's defaults of instance metadata, they require tokens and keep answers on the server. */
export const metadataDefaults: Rule = {
    name: "metadata-defaults",
    reads: [TypeToken.InstanceMetadataDefaults],
    *judge(context) {
        const highest = context.parameter<number>("imdsHopLimit");
        for (const defaults of context.graph.ofType(TypeToken.InstanceMetadataDefaults)) {
            if (context.scope.includes(defaults)) {
                yield* settle(defaults, decide(defaults, highest));
            }
        }
    },
    remediate: (resource, context) => {
        if (resource.type !== TypeToken.InstanceMetadataDefaults) {
            return [];
        }
        const highest = context.parameter<number>("imdsHopLimit");
        const required = valueAt(resource.properties, tokens);
        const hops = valueAt(resource.properties, limit);
        const isLow = typeof hops === "number" && hops >= 1 && hops <= highest;
        return [
            ...(typeof required === "symbol" || required === "required"
                ? []
                : [{ path: tokens, value: "required" }]),
            ...(typeof hops === "symbol" || isLow ? [] : [{ path: limit, value: highest }]),
        ];
    },
};

function decide(defaults: RegisteredResource, highest: number): readonly Observation[] {
    const endpoint = readText(defaults.properties, ["httpEndpoint"]);
    if (endpoint.kind === "known" && endpoint.value === "disabled") {
        return [];
    }
    const required = readText(defaults.properties, tokens);
    const hops = readNumber(defaults.properties, limit);
    return [
        ...(required.kind === "open"
            ? [undecided(defaults, tokens, `httpTokens ${required.why}`)]
            : required.kind === "known" && required.value === "required"
              ? []
              : [
                    failed(
                        defaults,
                        tokens,
                        `httpTokens ${required.kind === "known" ? `is ${show(required.value)}` : "is not set"}, so new instances answer without a session token`,
                    ),
                ]),
        ...(hops.kind === "open"
            ? [undecided(defaults, limit, `httpPutResponseHopLimit ${hops.why}`)]
            : // -1 stands for no preference.
              hops.kind === "known" && hops.value >= 1 && hops.value <= highest
              ? []
              : [
                    failed(
                        defaults,
                        limit,
                        `httpPutResponseHopLimit ${hops.kind === "known" ? `is ${hops.value}` : "is not set"}: it must be at most ${highest}`,
                    ),
                ]),
    ];
}
