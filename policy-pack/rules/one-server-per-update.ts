import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, passed, undecided } from "../reading/observations";
import { readBoolean, readText } from "../reading/values";
import type { Observation, Rule } from "./rule";

/**
 * At most one server of a stack may be replaced or stopped by an update. Policies see no steps, so this reads what a graph shows of them:
 * which servers' protection is lifted, and, in an engine's preview, which servers are not there yet beside some that are, because a
 * replacement is created anew. An addition looks the same, so it is one at a time too.
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
        const created = servers.filter((server) => !exists(server));
        const replaced = created.length < servers.length ? created : [];
        for (const server of servers) {
            yield judgeServer(server, unprotected, replaced);
        }
    },
};

function judgeServer(
    server: RegisteredResource,
    unprotected: readonly RegisteredResource[],
    replaced: readonly RegisteredResource[],
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
        return failed(
            server,
            path,
            `the protection of ${unprotected.length} servers is lifted at once (${namesOf(unprotected)}): an update may replace them all`,
        );
    }
    if (replaced.length > 1 && replaced.includes(server)) {
        return undecided(
            server,
            [],
            `this update creates ${replaced.length} servers beside those that run (${namesOf(replaced)}): they are replaced or added, one at a time is allowed`,
            "created",
        );
    }
    return passed(server);
}

function namesOf(servers: readonly RegisteredResource[]): string {
    return servers.map(({ name }) => name).join(", ");
}

/** Whether a server is there already and stays: only then is the ARN known that AWS gave it. */
function exists({ properties }: RegisteredResource): boolean {
    return readText(properties, ["arn"]).kind === "known";
}

function protection({ properties, options }: RegisteredResource): "yes" | "no" | "open" {
    const found = readBoolean(properties, ["disableApiTermination"]);
    if (options.protect) {
        return "yes";
    }
    return found.kind === "open" ? "open" : found.kind === "known" && found.value ? "yes" : "no";
}
