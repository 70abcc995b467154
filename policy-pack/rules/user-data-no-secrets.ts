import { TypeToken } from "../../aws/type-tokens";
import { formatPath, peek, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { secretsIn, secretSources } from "../reading/secret-text";
import { everywhere, judgeServers, serverReads, type ServerView } from "../reading/servers";
import { readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** User data holds no secret, in whatever encoding: everybody who may describe the instance reads it. */
export const userDataNoSecrets: Rule = {
    name: "user-data-no-secrets",
    reads: [...serverReads, TypeToken.ImageRecipe],
    *judge(context) {
        yield* judgeServers(context, (view) =>
            ["userData", "userDataBase64"].flatMap((property) => decide(view, property, context)),
        );
        for (const recipe of context.graph.ofType(TypeToken.ImageRecipe)) {
            if (context.scope.includes(recipe)) {
                yield* settle(recipe, judgeText(recipe, ["userDataBase64"], context));
            }
        }
    },
};

function decide(view: ServerView, property: string, context: RuleContext): readonly Observation[] {
    const { resource, path, reading } = view.setting(readText, everywhere(property));
    if (reading.kind === "absent") {
        return [];
    }
    if (view.template.kind === "open" && path === view.template.path) {
        const place = formatPath(path);
        return property === "userData"
            ? [
                  undecided(
                      resource,
                      path,
                      `${place} ${view.template.why}, so its user data is not known`,
                  ),
              ]
            : [];
    }
    return judgeText(resource, path, context);
}

function judgeText(
    resource: RegisteredResource,
    path: PropertyPath,
    { graph }: RuleContext,
): readonly Observation[] {
    const place = formatPath(path);
    const sources = graph.reference(resource, path, secretSources);
    if (sources.kind === "resources") {
        return [
            failed(
                resource,
                path,
                `${place} takes a value from a secret (${chain(resource, ...sources.resources)})`,
                "source",
            ),
        ];
    }
    const reading = readText(resource.properties, path);
    if (reading.kind !== "known") {
        return reading.kind === "absent"
            ? []
            : [
                  undecided(
                      resource,
                      path,
                      `${place} ${reading.why}, so whether it holds a secret is not either`,
                  ),
              ];
    }
    if (/^[0-9a-f]{40}$/.test(reading.value)) {
        return [
            undecided(
                resource,
                path,
                `${place} is known by its hash only, so what it holds cannot be read`,
            ),
        ];
    }
    const found = secretsIn(reading.value);
    const kinds = new Map(found.map((mention) => [mention.kind, mention]));
    const mentions = [...kinds.values()].map(({ kind, place: line, certain }) =>
        certain
            ? failed(resource, path, `${place} holds ${kind} (${line})`, kind)
            : undecided(resource, path, `${place} holds ${kind} that may be a key (${line})`, kind),
    );
    const marked = peek(resource.properties, path);
    return mentions.length === 0 && marked.kind === "known" && marked.secret
        ? [
              failed(
                  resource,
                  path,
                  `${place} holds a value that the program marks as secret`,
                  "marked as secret",
              ),
          ]
        : mentions;
}
