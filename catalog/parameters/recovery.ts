import { defineParameters } from "./define";

/** Backups of key servers. */
export const recoveryParameters = defineParameters({
    backupRetentionDays: {
        title: "Retention of backups",
        value: 35,
        unit: "days",
        source: "NIST SP 800-130 FR:6.48 (a stated backup policy); five weeks are Keyward's figure",
        stricter: "higher",
        loosest: 7,
        minimum: 1,
        maximum: 36_500,
    },
    backupIntervalHours: {
        title: "Interval of backups",
        value: 24,
        unit: "hours",
        source: "CIS Controls 8 11.2; NIST SP 800-53 revision 5 CP-9",
        stricter: "lower",
        minimum: 1,
        maximum: 168,
    },
    backupLockMinimumDays: {
        title: "Shortest retention that the lock of a backup vault allows",
        value: 7,
        unit: "days",
        source: "AWS Backup developer guide, vault lock; NIST SP 800-53 revision 5 CP-9(8)",
        stricter: "higher",
        minimum: 1,
        maximum: 36_500,
    },
});
