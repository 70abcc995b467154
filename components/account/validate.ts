import type { KeyServerAccountArgs } from "../key-server-account";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import type { Problem } from "../validation/problems";

/** Problems of the arguments of a `KeyServerAccount`. */
export function validateKeyServerAccountArgs(args: KeyServerAccountArgs): readonly Problem[] {
    return [
        ...problemsOfFormat("logKeyArn", args.logKeyArn, "keyArn"),
        ...problemsOfChildren(args),
    ];
}
