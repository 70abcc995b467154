import { serverTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain } from "../reading/labels";
import { failed, undecided } from "../reading/observations";
import { everywhere, judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** No key server carries an SSH key pair, and a stack of key servers makes none. */
export const noSshKeyPair: Rule = {
    name: "no-ssh-key-pair",
    reads: [...serverReads, TypeToken.KeyPair],
    certainAlone: serverReads,
    *judge(context) {
        yield* judgeServers(context, (view) => decide(view, context));
        yield* judgeKeyPairs(context);
    },
};

function decide(view: ServerView, context: RuleContext): readonly Observation[] {
    const key = view.setting(readText, everywhere("keyName"));
    if (key.reading.kind === "absent") {
        return [];
    }
    const place = formatPath(key.path);
    const reference = context.graph.reference(key.resource, key.path, [TypeToken.KeyPair]);
    if (key.reading.kind === "open" && reference.kind !== "resources") {
        return [undecided(key.resource, key.path, `${place} ${key.reading.why}`)];
    }
    const found =
        reference.kind === "resources"
            ? `${place} is a key pair of this stack (${chain(key.resource, ...reference.resources)})`
            : `${place} is ${show(key.reading.kind === "known" ? key.reading.value : undefined)}`;
    return [failed(key.resource, key.path, `${found}, so the server accepts logins by SSH key`)];
}

/** A key pair that a server names is reported there. */
function* judgeKeyPairs(context: RuleContext): Generator<Observation> {
    const pairs = context.graph.ofType(TypeToken.KeyPair);
    if (pairs.length === 0) {
        return;
    }
    const servers = context.graph
        .ofType(...serverTypes)
        .filter((server) => context.scope.includes(server));
    const named = new Set<RegisteredResource>(
        servers.flatMap(
            (server) => context.graph.reference(server, ["keyName"], [TypeToken.KeyPair]).resources,
        ),
    );
    for (const pair of pairs) {
        if (named.has(pair)) {
            yield { verdict: "not-applicable", resource: pair };
        } else if (servers.length > 0 || context.scope.includes(pair)) {
            yield failed(
                pair,
                [],
                `the stack makes an SSH key pair; key servers are reached through Session Manager`,
            );
        }
    }
}
