/** Where the rules come from that no pattern, range or list can hold, by what they are about. */
export const valueSources = {
    cidrBlock: "RFC 4632 3.1",
    clientName: "Keyward's: it becomes part of names of resources",
    clusterSize: "OpenBao and HashiCorp Vault documentation, integrated storage: quorum",
    privateRange: "RFC 1918, RFC 6598 or RFC 4193",
    ringName: "Keyward's: it becomes part of names of maintenance windows",
    schedule: "AWS Systems Manager user guide, cron and rate expressions",
    timeZone: "IANA Time Zone Database",
    vpcRange: "Amazon VPC user guide, VPC CIDR blocks",
    zones: "AWS Well-Architected Framework REL10-BP01",
} as const;
