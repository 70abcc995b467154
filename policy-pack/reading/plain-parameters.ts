import { SecretValue, type RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { chain } from "./labels";
import { failed, undecided } from "./observations";
import { secretSources, secretsIn } from "./secret-text";
import { readText, show } from "./values";

/** Last part of a parameter's name that says what its value is. */
const secretName =
    /(?:^|[/._-])(?:passwords?|passwd|passphrase|secrets?|tokens?|credentials?|(?:private|api|access|unseal|recovery)[_-]?keys?)$/i;

/** Whether a parameter of a type that is not encrypted holds a secret: its name says so, or its value does. */
export function judgePlainParameter(
    context: Pick<RuleContext, "graph">,
    parameter: RegisteredResource,
    type: string,
): readonly Observation[] {
    const name = readText(parameter.properties, ["name"]);
    if (name.kind === "known" && secretName.test(name.value)) {
        return [
            failed(
                parameter,
                ["type"],
                `type is ${show(type)}, but the name ${show(name.value)} says that the value is a secret`,
            ),
        ];
    }
    return ["value", "insecureValue"].flatMap((property) =>
        judgeValue(context, parameter, property),
    );
}

/** A plain value that is a secret; one that comes from resources which hold none is none. */
function judgeValue(
    { graph }: Pick<RuleContext, "graph">,
    parameter: RegisteredResource,
    property: string,
): readonly Observation[] {
    const path = [property];
    const value = readText(parameter.properties, path);
    const sources = graph.sourcesOf(parameter, path);
    const secret = sources.find((source) => secretSources.includes(source.type));
    if (secret !== undefined) {
        return [
            failed(
                parameter,
                path,
                `${property} is a secret in a parameter that is not encrypted (${chain(parameter, secret)})`,
            ),
        ];
    }
    if (value.kind === "open") {
        // A state holds every value of a parameter encrypted: there the name alone tells.
        const isHidden = parameter.properties[property] instanceof SecretValue;
        return sources.length > 0 || isHidden
            ? []
            : [
                  undecided(
                      parameter,
                      path,
                      `${property} ${value.why}, so whether it is a secret is not either`,
                  ),
              ];
    }
    const found =
        value.kind === "known" ? secretsIn(value.value).find(({ certain }) => certain) : undefined;
    return found === undefined
        ? []
        : [
              failed(
                  parameter,
                  path,
                  `${property} holds ${found.kind} in a parameter that is not encrypted`,
              ),
          ];
}
