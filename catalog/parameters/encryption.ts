import { defineParameters } from "./define";

/** Keys of AWS KMS, secrets and transport. */
export const encryptionParameters = defineParameters({
    keyRotationDays: {
        title: "Rotation period of AWS KMS keys",
        value: 365,
        unit: "days",
        source: "AWS KMS developer guide, automatic rotation: 90 to 2560 days, 365 by default",
        stricter: "lower",
        minimum: 90,
        maximum: 2560,
    },
    keyDeletionWindowDays: {
        title: "Waiting period before an AWS KMS key is deleted",
        value: 30,
        unit: "days",
        source: "AWS KMS developer guide, deleting keys: 7 to 30 days; the longest leaves time to notice",
        stricter: "higher",
        minimum: 7,
        maximum: 30,
    },
    secretRotationDays: {
        title: "Rotation period of secrets",
        value: 90,
        unit: "days",
        source: "PCI DSS 4.0.1 8.6.3 and 8.3.9 (90 days where the secret is the sole factor)",
        stricter: "lower",
        loosest: 365,
        minimum: 1,
        maximum: 1000,
    },
    secretRecoveryWindowDays: {
        title: "Recovery window of deleted secrets",
        value: 7,
        unit: "days",
        source: "AWS Secrets Manager API, DeleteSecret: 7 to 30 days",
        stricter: "higher",
        minimum: 7,
        maximum: 30,
    },
    tlsMinimumVersion: {
        title: "Oldest accepted version of TLS",
        value: "1.2",
        unit: "",
        source: "NIST SP 800-52 revision 2; PCI DSS 4.0.1 2.2.7 and 4.2.1",
        stricter: "either",
        allowed: ["1.2", "1.3"],
    },
});
