import { servicePorts } from "../workloads";
import { defineParameters, emptyList } from "./define";

/** What may talk to a key server, and what a key server may talk to. */
export const networkParameters = defineParameters({
    approvedServicePorts: {
        title: "TCP ports on which a key server may serve",
        value: servicePorts,
        unit: "",
        source: "Ports that the catalog's workloads serve over TLS (vendors' documentation)",
        stricter: "either",
        minimum: 1,
        maximum: 65_535,
    },
    adminPorts: {
        title: "Ports of remote administration and of clear-text services, closed to everybody",
        value: [20, 21, 22, 23, 69, 512, 513, 514, 2375, 2376, 3389, 5900, 5985, 5986, 6000],
        unit: "",
        source: "The article (FTP, telnet, rlogin, SSH, RDP); IANA service names; Session Manager takes their place",
        stricter: "superset",
        minimum: 1,
        maximum: 65_535,
    },
    allowedIngressCidrs: {
        title: "Private ranges that may reach the service ports besides named security groups",
        value: emptyList(),
        unit: "",
        source: "NIST SP 800-130 FR:8.16 (each permitted source is stated); PCI DSS 4.0.1 1.3.1",
        stricter: "either",
    },
    allowedPublicCidrs: {
        title: "Public ranges that may reach the service ports",
        value: emptyList(),
        unit: "",
        source: "NIST SP 800-130 FR:8.16; PCI DSS 4.0.1 1.4.2",
        stricter: "either",
    },
    allowedEgressCidrs: {
        title: "Ranges that a key server may reach besides endpoints and named security groups",
        value: emptyList(),
        unit: "",
        source: "NIST SP 800-130 FR:8.16 (each permitted destination is stated); PCI DSS 4.0.1 1.3.2",
        stricter: "either",
    },
    allowedEgressPrefixLists: {
        title: "Prefix lists, besides Amazon S3's, that a key server may reach",
        value: emptyList(),
        unit: "",
        source: "NIST SP 800-130 FR:8.16; PCI DSS 4.0.1 1.3.2",
        stricter: "either",
    },
    allowedCidrMinimumPrefixLength: {
        title: "Shortest prefix of a range that may be allowed",
        value: 16,
        unit: "bits",
        source: "Amazon VPC user guide: a VPC's range is /16 at its widest",
        stricter: "higher",
        loosest: 8,
        minimum: 1,
        maximum: 128,
    },
    maximumPortsPerRule: {
        title: "Ports that one security-group rule may open",
        value: 2,
        unit: "ports",
        source: "PCI DSS 4.0.1 1.2.5 (ports are named); two for API and cluster ports side by side, such as 8200 and 8201",
        stricter: "lower",
        loosest: 10,
        minimum: 1,
        maximum: 65_535,
    },
    requiredEndpointServices: {
        title: "AWS services that a closed network reaches through VPC endpoints",
        value: ["ec2messages", "kms", "logs", "monitoring", "s3", "ssm", "ssmmessages", "sts"],
        unit: "",
        source: "AWS Systems Manager user guide, VPC endpoints; ec2messages only where the region has it",
        stricter: "superset",
    },
});
