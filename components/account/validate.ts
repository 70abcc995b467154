import type { KeyServerAccountArgs } from "../key-server-account";
import { problemsOfArn } from "../validation/arn";
import { problemsOfChildren } from "../validation/format";
import { known, type Problem } from "../validation/problems";

/** Problems of the arguments of a `KeyServerAccount`. */
export function validateKeyServerAccountArgs(args: KeyServerAccountArgs): readonly Problem[] {
    return [
        ...problemsOfArn("logKeyArn", known(args.logKeyArn), "kms"),
        ...problemsOfChildren(args),
    ];
}
