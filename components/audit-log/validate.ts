import type { KeyServerAuditLogArgs } from "../key-server-audit-log";
import { problemsOfRetention } from "../validation/retention";
import type { Problem } from "../validation/problems";

/** Problems of the arguments of a `KeyServerAuditLog`. */
export function validateKeyServerAuditLogArgs(args: KeyServerAuditLogArgs): readonly Problem[] {
    return problemsOfRetention("retentionDays", args.retentionDays);
}
