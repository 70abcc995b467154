import type { Control } from "../control";
import { everySystem } from "../operating-systems";

/** Programs that a key server does not need. */
export const nonEssentialProgramsControls: readonly Control[] = [
    {
        id: "no-clear-text-programs",
        title: "No FTP, telnet, rlogin, rsh and TFTP",
        requirement:
            "Neither servers nor clients of protocols that send passwords in clear text are installed.",
        paragraph: "non-essential-programs",
        severity: "high",
        references: {
            nist800130: ["8.4a", "8.4g"],
            nist80053: ["CM-7", "CM-7(1)"],
            pciDss: ["2.2.4", "2.2.5"],
            cis: [
                "AL2023 2.2.6",
                "AL2023 2.2.7",
                "AL2023 2.2.13",
                "AL2023 2.3.1",
                "AL2023 2.3.3",
                "Debian12 2.2.2",
                "Debian12 2.2.4",
                "Debian12 2.2.6",
                "Controls8 4.8",
            ],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: ["packages-clear-text-remote-access", "services-clear-text-masked"],
        },
    },
    {
        id: "no-unneeded-servers",
        title: "No server programs without a purpose",
        requirement:
            "Web, mail, print, file, name, directory, discovery and proxy servers are not installed unless the workload needs them.",
        paragraph: "non-essential-programs",
        severity: "medium",
        references: {
            nist800130: ["8.4a", "8.4h"],
            nist80053: ["CM-7", "CM-7(2)"],
            pciDss: ["2.2.4"],
            cis: [
                "AL2023 2.2.1",
                "AL2023 2.2.16",
                "AL2023 2.2.17",
                "Debian12 2.1",
                "Controls8 4.8",
            ],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [
                "packages-whole",
                "removed-packages-purged",
                "packages-servers-not-needed",
                "packages-discovery-and-printing",
                "services-network-servers-masked",
                "services-file-sharing-masked",
            ],
        },
    },
    {
        id: "no-unneeded-clients",
        title: "No client programs without a purpose",
        requirement:
            "Directory, information-service and chat clients, graphical systems and compilers are not installed.",
        paragraph: "non-essential-programs",
        severity: "low",
        references: {
            nist800130: ["8.4a"],
            nist80053: ["CM-7", "CM-7(5)"],
            pciDss: ["2.2.4"],
            cis: ["AL2023 2.3.2", "Debian12 2.2", "Controls8 2.3"],
        },
        parameters: [],
        operatingSystems: everySystem,
        enforcement: {
            components: [],
            policies: [],
            hostChecks: [
                "packages-directory-services",
                "packages-desktop-and-rdp",
                "packages-helpers-not-needed",
                "packages-compilers",
            ],
        },
    },
    {
        id: "minimal-approved-image",
        title: "Servers start from a minimal, approved image",
        requirement:
            "A key server's image is minimal, approved or built by the organisation, attested and not old.",
        paragraph: "non-essential-programs",
        severity: "high",
        references: {
            nist800130: ["8.4a", "9.10", "8.9"],
            nist80053: ["CM-7", "CM-2", "SI-7"],
            pciDss: ["2.2.1", "2.2.4"],
            cis: ["Controls8 2.3", "Controls8 4.1"],
        },
        parameters: ["approvedImageIds", "imageAttestations", "imageAgeDays"],
        operatingSystems: [],
        enforcement: {
            components: ["KeyServer"],
            policies: ["approved-ami", "ami-attestation-fresh"],
            hostChecks: [],
        },
    },
];
