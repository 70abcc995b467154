import { matchesPattern } from "../../aws/action-pattern";
import { TypeToken } from "../../aws/type-tokens";
import { serverHolders, type ServerHolder } from "../exposure/server-holders";
import { formatPath } from "../graph/peek";
import { isAttested } from "../reading/attestations";
import { identityPolicyReads } from "../reading/identity-policies";
import { chain } from "../reading/labels";
import { failed, passed, undecided } from "../reading/observations";
import { attachmentReads } from "../reading/policy-attachments";
import { serverReads } from "../reading/servers";
import { readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** What the agent calls to register and to be reached. Source: AWS Systems Manager user guide, "Configure instance permissions". */
const coreActions = [
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

const hostManagement = "/ssm/managed-instance/default-ec2-instance-management-role";

/** Systems Manager manages every key server: its role holds the agent's rights, or the account manages hosts by default. */
export const ssmManaged: Rule = {
    name: "ssm-managed",
    reads: [
        ...serverReads,
        TypeToken.InstanceProfile,
        TypeToken.ServiceSetting,
        ...identityPolicyReads,
        ...attachmentReads,
    ],
    *judge(context) {
        const { graph, scope } = context;
        if (managesByDefault(context)) {
            yield* scope.keyServers.map(passed);
            return;
        }
        const { holders, elsewhere } = serverHolders(graph, scope);
        yield* holders.map((holder) => judgeHolder(holder));
        for (const { resource, path } of elsewhere) {
            const name = readText(resource.properties, path);
            const place = formatPath(path);
            if (name.kind !== "known") {
                yield undecided(
                    resource,
                    path,
                    `${place} is not known, so neither is whether its role lets Systems Manager manage the server`,
                );
            } else if (!isAttested(context, `ssm-managed/${name.value}`)) {
                yield undecided(
                    resource,
                    path,
                    `${place} is "${name.value}", which is not in this stack, and the configuration does not attest "ssm-managed/${name.value}"`,
                    name.value,
                );
            }
        }
    },
};

/** Default host management: a setting of this stack that names a role, or an attested one. */
function managesByDefault(context: RuleContext): boolean {
    return (
        isAttested(context, "default-host-management") ||
        context.graph.ofType(TypeToken.ServiceSetting).some(({ properties }) => {
            const id = readText(properties, ["settingId"]);
            const value = readText(properties, ["settingValue"]);
            return (
                id.kind === "known" &&
                id.value.endsWith(hostManagement) &&
                value.kind !== "absent" &&
                !(value.kind === "known" && value.value === "$None")
            );
        })
    );
}

function judgeHolder({ holder, links }: ServerHolder): Observation {
    const { resource: role, policies, foreign } = holder;
    const statements = policies.flatMap(({ document }) => document.statements);
    const names = (effect: string, wanted: string): boolean =>
        statements.some(
            ({ effect: its, action, notAction, conditions }) =>
                its === effect &&
                (effect === "Allow" || conditions.length === 0) &&
                ((action?.values ?? []).some((pattern) => matchesPattern(pattern, wanted)) ||
                    (notAction !== undefined &&
                        !notAction.values.some((pattern) => matchesPattern(pattern, wanted)))),
        );
    const missing = coreActions.filter((wanted) => !names("Allow", wanted));
    const denied = coreActions.filter((wanted) => names("Deny", wanted));
    const route = chain(...links);
    if (denied.length > 0) {
        return failed(
            role,
            [],
            `a policy denies ${denied.join(", ")}, so Systems Manager cannot manage the server (${route})`,
            "denied",
        );
    }
    if (missing.length === 0) {
        return passed(role);
    }
    const doubtful =
        foreign.length > 0 || policies.some(({ document }) => document.doubts.length > 0);
    const found = `no policy allows ${missing.join(", ")}`;
    return doubtful
        ? undecided(
              role,
              [],
              `${found} as far as its policies are known: whether Systems Manager can manage the server is not (${route})`,
              "rights",
          )
        : failed(
              role,
              [],
              `${found}, so Systems Manager cannot manage the server (${route})`,
              "rights",
          );
}
