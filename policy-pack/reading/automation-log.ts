import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { isAttested } from "./attestations";
import { failed, passed, undecided } from "./observations";
import { serviceSettings, unnamedSettings } from "./service-settings";
import { readText, show } from "./values";

/** The setting that says where automations are logged. */
export const automationLog = "/ssm/automation/customer-script-log-destination";

/** Names the log group of automations; without it AWS makes one of its own. Source: Systems Manager user guide, "Logging Automation action output". */
const groupSetting = "/ssm/automation/customer-script-log-group-name";
const groupOfAws = "/aws/ssm/automation/executeScript";

/** Whether automations are logged to a group of this stack, which the policies of logs judge; another one may be kept in any way. */
export function* judgeAutomationLog(context: RuleContext): Generator<Observation> {
    const { graph, scope } = context;
    const made = serviceSettings(graph, groupSetting).filter((one) => scope.includes(one));
    yield* made.map((setting) => judgeLogGroup(context, setting));
    const isOurs = graph.identifiedBy(groupOfAws).some(({ type }) => type === TypeToken.LogGroup);
    if (made.length > 0 || isOurs || isAttested(context, `log-group/${groupOfAws}`)) {
        return;
    }
    const [unnamed] = unnamedSettings(graph);
    for (const setting of serviceSettings(graph, automationLog)) {
        const value = readText(setting.properties, ["settingValue"]);
        if (scope.includes(setting) && value.kind === "known" && value.value === "CloudWatch") {
            yield unnamed === undefined
                ? failed(
                      setting,
                      [],
                      `automations are logged to ${groupOfAws}, which AWS makes without a key and without an end: no setting ${groupSetting} names a log group`,
                      groupSetting,
                  )
                : undecided(
                      unnamed,
                      ["settingId"],
                      "settingId is not known, so which log group automations are logged to is not either",
                      groupSetting,
                  );
        }
    }
}

function judgeLogGroup(context: RuleContext, setting: RegisteredResource): Observation {
    const path = ["settingValue"];
    const group = context.graph.reference(setting, path, [TypeToken.LogGroup]);
    const value = readText(setting.properties, path);
    if (group.kind === "resources") {
        return passed(setting);
    }
    if (value.kind === "absent") {
        return failed(setting, path, "settingValue is not set: it names no log group");
    }
    if (value.kind === "open") {
        return undecided(setting, path, `settingValue ${value.why}`);
    }
    const fact = `log-group/${value.value}`;
    return isAttested(context, fact)
        ? passed(setting)
        : undecided(
              setting,
              path,
              `settingValue is ${show(value.value)}, which is not in this stack: how it is kept is not known, and the configuration does not attest "${fact}"`,
          );
}
