import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { homeAccounts } from "../reading/accounts";
import { unlessAttested } from "../reading/attestations";
import { automationLog, judgeAutomationLog } from "../reading/automation-log";
import { failed, passed, settle, undecided } from "../reading/observations";
import { isSetting, serviceSettings, unnamedSettings } from "../reading/service-settings";
import { readElements, readText, show, valueAt } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Settings of the account: id, the value that is demanded, the name of the fact in attestations, what is wrong without. */
const settings = [
    {
        id: "/ssm/documents/console/public-sharing-permission",
        wanted: "Disable",
        fact: "ssm-documents-block",
        what: "public sharing of documents is not blocked",
    },
    {
        id: automationLog,
        wanted: "CloudWatch",
        fact: "automation-log",
        what: "automations are not logged",
    },
] as const;
const [sharing] = settings;

/** What names the accounts: the key that the provider takes, and the one that the names of other properties suggest. */
const accountKeys = ["account_ids", "accountIds"] as const;

/** Documents of Systems Manager are shared with trusted accounts at most, cannot become public, and automations leave a log. */
export const ssmDocumentsPrivate: Rule = {
    name: "ssm-documents-private",
    reads: [TypeToken.SsmDocument, TypeToken.ServiceSetting, TypeToken.LogGroup],
    *judge(context) {
        const { graph, scope } = context;
        for (const document of graph.ofType(TypeToken.SsmDocument)) {
            if (scope.includes(document)) {
                yield* settle(document, judgePermissions(context, document));
            }
        }
        for (const { id, wanted, fact, what } of settings) {
            const made = serviceSettings(graph, id).filter((one) => scope.includes(one));
            yield* made.map((setting) => judgeSetting(setting, wanted, what));
            if (made.length === 0 && scope.keyServers.length > 0) {
                const [unnamed] = unnamedSettings(graph);
                yield* unnamed === undefined
                    ? unlessAttested(context, fact, what)
                    : [
                          undecided(
                              unnamed,
                              ["settingId"],
                              `settingId is not known, so whether ${what} is not either`,
                              fact,
                          ),
                      ];
            }
        }
        yield* judgeAutomationLog(context);
    },
    remediate: (resource) => {
        const value = valueAt(resource.properties, ["settingValue"]);
        return isSetting(resource, sharing.id) &&
            typeof value === "string" &&
            value !== sharing.wanted
            ? [{ path: ["settingValue"], value: sharing.wanted }]
            : [];
    },
};

function judgePermissions(
    context: RuleContext,
    document: RegisteredResource,
): readonly Observation[] {
    const key =
        accountKeys.find(
            (known) => readElements(document.properties, ["permissions", known]).kind !== "absent",
        ) ?? accountKeys[0];
    const path = ["permissions", key];
    const place = formatPath(path);
    const list = readElements(document.properties, path);
    if (list.kind !== "known") {
        return list.kind === "open"
            ? [
                  undecided(
                      document,
                      path,
                      `${place} ${list.why}, so whom the document is shared with is not either`,
                  ),
              ]
            : [];
    }
    const trusted = context.parameter<readonly string[]>("trustedAccounts");
    return list.value.flatMap((element) => {
        const ids = readText(document.properties, element);
        if (ids.kind !== "known") {
            return ids.kind === "open" ? [undecided(document, element, `${place} ${ids.why}`)] : [];
        }
        // The provider takes one text with commas.
        return ids.value
            .split(",")
            .map((id) => id.trim())
            .filter(
                (id) => id !== "" && !trusted.includes(id) && !homeAccounts(context.graph).has(id),
            )
            .map((id) =>
                failed(
                    document,
                    element,
                    id.toLowerCase() === "all"
                        ? `${place} is "${id}": everybody may read and run the document`
                        : `${place} holds ${show(id)}, which trustedAccounts does not list`,
                    id,
                ),
            );
    });
}

function judgeSetting(setting: RegisteredResource, wanted: string, what: string): Observation {
    const path = ["settingValue"];
    const value = readText(setting.properties, path);
    return value.kind === "open"
        ? undecided(setting, path, `settingValue ${value.why}`)
        : value.kind === "known" && value.value === wanted
          ? passed(setting)
          : failed(
                setting,
                path,
                `settingValue is ${value.kind === "known" ? show(value.value) : "not set"}: ${what}, unless it is "${wanted}"`,
            );
}
