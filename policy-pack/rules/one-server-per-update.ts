import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, passed, undecided } from "../reading/observations";
import { readBoolean } from "../reading/values";
import type { Observation, Rule } from "./rule";

/**
 * At most one server of a stack may be replaced or stopped by an update: the others are protected by the API, and their images change by
 * hand only. What an update really replaces is known to the engine alone; this is what the graph can promise.
 */
export const oneServerPerUpdate: Rule = {
    name: "one-server-per-update",
    reads: [TypeToken.Instance],
    *judge({ graph, scope }) {
        const servers = graph.ofType(TypeToken.Instance).filter((server) => scope.includes(server));
        if (servers.length < 2) {
            yield* servers.map((resource) => ({ verdict: "not-applicable" as const, resource }));
            return;
        }
        const unprotected = servers.filter((server) => protection(server) === "no");
        for (const server of servers) {
            yield judgeServer(server, unprotected);
        }
    },
};

function judgeServer(
    server: RegisteredResource,
    unprotected: readonly RegisteredResource[],
): Observation {
    const path = ["disableApiTermination"];
    if (protection(server) === "open") {
        return undecided(
            server,
            path,
            "whether the server can be terminated is not known before deployment",
        );
    }
    if (unprotected.length > 1 && unprotected.includes(server)) {
        const names = unprotected.map(({ name }) => name).join(", ");
        return failed(
            server,
            path,
            `the protection of ${unprotected.length} servers is lifted at once (${names}): an update may replace them all`,
        );
    }
    return passed(server);
}

function protection({ properties, options }: RegisteredResource): "yes" | "no" | "open" {
    const found = readBoolean(properties, ["disableApiTermination"]);
    if (options.protect) {
        return "yes";
    }
    return found.kind === "open" ? "open" : found.kind === "known" && found.value ? "yes" : "no";
}
