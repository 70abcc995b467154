/** One requirement of the article on hardening key-management systems, named in our own words. */
export interface Paragraph {
    readonly id: string;
    readonly title: string;
    /** What the article asks for there. */
    readonly asks: string;
    /** False for what the article leaves out and NIST SP 800-130 asks for. */
    readonly inArticle: boolean;
}

/** The article's paragraphs, in its order, then what SP 800-130 adds. */
export const paragraphs: readonly Paragraph[] = [
    {
        id: "secure-configuration",
        title: "A stated secure configuration",
        asks: "State the guidelines that hardening is based on, and list the activities that keep the system secure.",
        inArticle: true,
    },
    {
        id: "non-essential-programs",
        title: "No non-essential programs",
        asks: "Remove programs and utilities that the system does not need, first of all FTP, telnet and rlogin.",
        inArticle: true,
    },
    {
        id: "services-and-ports",
        title: "No unneeded services and network ports",
        asks: "Switch off services and close network ports that operation does not need.",
        inArticle: true,
    },
    {
        id: "removable-media",
        title: "Removable media",
        asks: "Disable removable media, or disable automatic running and check media for malware when they are introduced.",
        inArticle: true,
    },
    {
        id: "patches",
        title: "Security patches",
        asks: "State how patches are obtained, tested and deployed, and deploy them in time.",
        inArticle: true,
    },
    {
        id: "patch-testing",
        title: "Patches are tested on a confined system",
        asks: "Test patches on a confined system before they are deployed.",
        inArticle: true,
    },
    {
        id: "least-privilege",
        title: "Least privilege",
        asks: "Give access to sensitive features, applications, files and data only where it is needed.",
        inArticle: true,
    },
    {
        id: "accounts",
        title: "Only needed accounts",
        asks: "Limit accounts to legitimate work, and disable or remove those no longer needed.",
        inArticle: true,
    },
    {
        id: "passwords",
        title: "Password rules",
        asks: "Demand complexity, length, expiry, no reuse and change periods as the organisation's password policy says.",
        inArticle: true,
    },
    {
        id: "default-credentials",
        title: "No default passwords and keys, strong authentication",
        asks: "Replace every default password and key by strong passwords and random keys, or authenticate strongly.",
        inArticle: true,
    },
    {
        id: "logs",
        title: "System, application and security logs",
        asks: "Switch on system, application and security logs.",
        inArticle: true,
    },
    {
        id: "tamper-evident-logs",
        title: "Tamper-evident logs",
        asks: "Keep logs so that tampering shows, as a proof of compliance.",
        inArticle: true,
    },
    {
        id: "additional-features",
        title: "Mandatory access control and other security features",
        asks: "State how optional security features, such as SELinux, are enabled and configured, and choose the secure options.",
        inArticle: true,
    },
    {
        id: "remote-access",
        title: "Hardened SSH and RDP",
        asks: "Configure and harden services of remote access, and state their settings.",
        inArticle: true,
    },
    {
        id: "configuration-audit",
        title: "Secure-configuration audit and periodic review",
        asks: "Have engineers audit the configuration, and review it regularly against the guidelines.",
        inArticle: true,
    },
    {
        id: "integrity",
        title: "Integrity of boot and software",
        asks: "Not in the article: SP 800-130 asks that a system boots what it should and that its software is verified.",
        inArticle: false,
    },
    {
        id: "recovery",
        title: "Backup and recovery",
        asks: "Not in the article: SP 800-130 asks that systems and keys can be recovered.",
        inArticle: false,
    },
];

/** The paragraph with that id. Throws for an unknown one. */
export function paragraph(id: string): Paragraph {
    const found = paragraphs.find((known) => known.id === id);
    if (found === undefined) {
        throw new Error(`the article has no paragraph "${id}"`);
    }
    return found;
}
