import type { KeyServerAccessArgs } from "../key-server-access";
import { problemsOfArn } from "../validation/arn";
import { problemsOfChildren } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";

/** Problems of the arguments of a `KeyServerAccess`. */
export function validateKeyServerAccessArgs(args: KeyServerAccessArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfArn("sessionLogGroupArn", known(args.sessionLogGroupArn), "logs"),
        ...problemsOfArn("sessionKeyArn", known(args.sessionKeyArn), "kms"),
        ...problemsOfUser(args.runAsUser),
        ...problemsOfParameter("idleMinutes", "sessionIdleMinutes", args.idleMinutes),
        ...problemsOfParameter("maximumMinutes", "sessionMaximumMinutes", args.maximumMinutes),
        ...problemsOfParameter("mfaAgeMinutes", "sessionMfaAgeMinutes", args.mfaAgeMinutes),
    ];
}

function problemsOfUser(user: string | undefined): readonly Problem[] {
    const propertyPath = "runAsUser";
    if (user === "root") {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must not be "root": a session starts without rights`,
            },
        ];
    }
    return user === undefined || /^[a-z_][a-z0-9_-]{0,30}$/.test(user)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be an account name of Linux such as "ssm-user", got ${show(user)}`,
              },
          ];
}
