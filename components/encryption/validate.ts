import type { KeyServerEncryptionArgs } from "../key-server-encryption";
import { problemsOfChildren } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";

/** Problems of the arguments of a `KeyServerEncryption`. */
export function validateKeyServerEncryptionArgs(args: KeyServerEncryptionArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...(args.administratorArns ?? []).flatMap((arn, index) =>
            problemsOfPrincipalArn(`administratorArns[${index}]`, known(arn)),
        ),
        ...problemsOfParameter("rotationDays", "keyRotationDays", args.rotationDays),
    ];
}

/** Problems of an IAM role's or user's ARN, which may hold `*` in its name; none for one that is not known yet. */
export function problemsOfPrincipalArn(
    propertyPath: string,
    arn: string | undefined,
): readonly Problem[] {
    return arn === undefined || /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[^*?/][^?]*$/.test(arn)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be the ARN of an IAM role or user such as "arn:aws:iam::111122223333:role/key-administrator", got ${show(arn)}`,
              },
          ];
}
