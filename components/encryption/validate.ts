import type { KeyServerEncryptionArgs } from "../key-server-encryption";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import type { Problem } from "../validation/problems";

/** Problems of the arguments of a `KeyServerEncryption`. */
export function validateKeyServerEncryptionArgs(args: KeyServerEncryptionArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...(args.administratorArns ?? []).flatMap((arn, index) =>
            problemsOfFormat(`administratorArns[${index}]`, arn, "principalArn"),
        ),
        ...problemsOfParameter("rotationDays", "keyRotationDays", args.rotationDays),
    ];
}
