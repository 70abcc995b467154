import type { Format } from "./format";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/** Forms of what a server's own software reads: accounts, units, packages, addresses. */
export const softwareFormats = {
    domainName: {
        pattern: new RegExp(`^(?=.{1,200}$)${label}(\\.${label})+$`),
        what: 'a domain in lower case such as "vault.internal"',
        source: "RFC 1035 2.3.1 and 2.3.4, less what a server's own name needs",
    },
    linuxAccount: {
        pattern: /^[a-z_][a-z0-9_-]{0,30}$/,
        what: 'an account name of Linux such as "ssm-user"',
        source: "useradd(8) of shadow-utils, names of users",
    },
    packageMirrorUrl: {
        pattern: /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._/-]*)?$/,
        what: 'a URL such as "https://mirror.example.internal/debian"',
        source: "RFC 3986 3; apt-transport-http(1) and apt-transport-https(1)",
    },
    packageName: {
        pattern: /^[a-z0-9][a-z0-9+.-]*$/,
        what: 'the name of a package such as "openbao"',
        source: "Debian Policy Manual 5.6.1, Source",
    },
    sha256: {
        pattern: /^[0-9a-f]{64}$/,
        what: "a SHA-256 of 64 hexadecimal digits in lower case",
        source: "FIPS 180-4, written as sha256sum(1) does",
    },
    workloadUnit: {
        pattern: /^[A-Za-z0-9@._-]+\.service$/,
        what: "a unit such as kms.service",
        source: "systemd.unit(5), names of units",
    },
    workloadUser: {
        pattern: /^(?!root$)[a-z_][a-z0-9_-]{0,30}$/,
        what: "an account other than root",
        source: "useradd(8) of shadow-utils, names of users; NIST SP 800-53 revision 5 AC-6",
    },
} as const satisfies Readonly<Record<string, Format>>;
