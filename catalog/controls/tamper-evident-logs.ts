import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** How tampering shows. */
export const tamperEvidentLogsControls: readonly Control[] = [
    {
        id: "archive-write-once",
        title: "The archive is write-once",
        requirement: "Archived logs cannot be changed or deleted by anybody before their time.",
        paragraph: "tamper-evident-logs",
        severity: "critical",
        references: {
            nist800130: ["6.114", "8.14"],
            nist80053: ["AU-9", "AU-9(2)", "AU-11"],
            pciDss: ["10.3.2", "10.3.3", "10.5.1"],
            cis: ["Controls8 8.10"],
        },
        parameters: ["accountAttestations", "archiveRetentionDays", "attestationAgeDays"],
        operatingSystems: [],
        enforcement: { components: [], policies: ["log-bucket-worm"], hostChecks: [] },
    },
    {
        id: "archive-closed",
        title: "The archive is closed",
        requirement:
            "Only the log services write to the archive, over TLS, and nobody outside reads it; the buckets from which servers take scripts and lists of patches are closed alike.",
        paragraph: "tamper-evident-logs",
        severity: "critical",
        references: {
            nist800130: ["6.114", "8.14"],
            nist80053: ["AU-9", "AU-9(3)", "SC-8"],
            pciDss: ["10.3.1", "10.3.2"],
            cis: ["Controls8 3.3"],
        },
        parameters: ["tlsMinimumVersion", "trustedServices"],
        operatingSystems: [],
        enforcement: {
            components: [],
            policies: ["log-bucket-access", "buckets-guarded"],
            hostChecks: [],
        },
    },
    {
        id: "trail-verifiable",
        title: "The trail can be verified",
        requirement:
            "Each file of the trail is covered by a signed digest that names the one before, so that gaps show.",
        paragraph: "tamper-evident-logs",
        severity: "critical",
        references: {
            nist800130: ["6.114", "8.14"],
            nist80053: ["AU-9(3)", "AU-10"],
            pciDss: ["10.3.4", "11.5.2"],
            cis: [],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: { components: [], policies: ["cloudtrail-hardened"], hostChecks: [] },
    },
    {
        id: "audit-out-of-reach",
        title: "A server cannot touch its own audit trail",
        requirement:
            "The server's role can add to logs but not delete, shorten or redirect them, nor choose what is audited.",
        paragraph: "tamper-evident-logs",
        severity: "critical",
        references: {
            nist800130: ["6.114", "8.11"],
            nist80053: ["AU-9", "AU-9(4)", "AC-6"],
            pciDss: ["10.3.2", "10.3.3"],
            cis: ["Controls8 8.9"],
        },
        parameters: [],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServer"],
            policies: ["server-role-cannot-tamper-audit"],
            hostChecks: [],
        },
    },
    {
        id: "audit-rules-immutable",
        title: "Audit rules cannot be changed at run time",
        requirement: "The kernel refuses new audit rules until the next boot.",
        paragraph: "tamper-evident-logs",
        severity: "medium",
        references: {
            nist800130: ["8.11", "6.114"],
            nist80053: ["AU-9"],
            pciDss: ["10.3.2"],
            cis: ["AL2023 5.2.3.20", "Debian12 6.2.3.20"],
        },
        parameters: ["hostAuditImmutable"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["audit-rules-immutable"],
        },
    },
    {
        id: "log-files-closed",
        title: "Log files are closed",
        requirement:
            "Log files and audit tools belong to root, and others cannot read or change them.",
        paragraph: "tamper-evident-logs",
        severity: "medium",
        references: {
            nist800130: ["8.4c", "8.14"],
            nist80053: ["AU-9"],
            pciDss: ["10.3.1", "10.3.2"],
            cis: ["AL2023 5.1.3", "AL2023 5.2.4", "Debian12 6.2.4", "Controls8 3.3"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["log-files-protected", "audit-files-protected"],
        },
    },
    {
        id: "file-integrity-watched",
        title: "Changes of sensitive files are noticed",
        requirement:
            "The contents and attributes of system files are compared regularly with a protected record.",
        paragraph: "tamper-evident-logs",
        severity: "high",
        references: {
            nist800130: ["8.14", "10.6", "6.114"],
            nist80053: ["SI-7", "SI-7(1)"],
            pciDss: ["10.3.4", "11.5.2"],
            cis: ["AL2023 1.3.1", "AL2023 1.3.2", "AL2023 1.3.3", "Debian12 6.3", "Controls8 3.14"],
        },
        parameters: ["fileIntegrityIntervalHours"],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["file-integrity"],
        },
    },
];
