import type { KeyServerAccessArgs } from "../key-server-access";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import type { Problem } from "../validation/problems";

/** Problems of the arguments of a `KeyServerAccess`. */
export function validateKeyServerAccessArgs(args: KeyServerAccessArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("sessionLogGroupArn", args.sessionLogGroupArn, "logGroupArn"),
        ...problemsOfFormat("sessionKeyArn", args.sessionKeyArn, "keyArn"),
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
    return problemsOfFormat(propertyPath, user, "linuxAccount");
}
