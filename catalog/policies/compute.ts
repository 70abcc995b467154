import type { PolicyRecord } from "../policy";

/** Instances, launch templates, Auto Scaling groups, volumes and images. */
export const computePolicies: readonly PolicyRecord[] = [
    {
        name: "imdsv2-required",
        displayName: "Instance metadata needs a session token",
        description:
            "Instances and launch templates of key servers must require IMDSv2 tokens, or switch the metadata service off.",
        rationale:
            "Without a token, one forged request of a web process hands out the credentials of the server's role.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: 'Set metadataOptions.httpTokens to "required".',
            example:
                'const server: Partial<aws.ec2.InstanceArgs> = { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } };',
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "imds-hop-limit",
        displayName: "Instance metadata stays on the server",
        description:
            "Answers of the instance metadata service must not travel further than allowed.",
        rationale:
            "A larger hop limit lets containers and forwarded traffic reach the credentials of the server's role.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set metadataOptions.httpPutResponseHopLimit to 1.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { metadataOptions: { httpPutResponseHopLimit: 1 } };",
        },
        remediable: true,
        parameters: ["imdsHopLimit"],
    },
    {
        name: "no-public-ip",
        displayName: "Key servers have no public address",
        description:
            "No instance, network interface of a launch template, elastic address or subnet default may give a key server a public IPv4 or an IPv6 address.",
        rationale:
            "A public address makes every mistake in a security group reachable from the internet.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set associatePublicIpAddress to false, remove elastic and IPv6 addresses, and use a private subnet.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { associatePublicIpAddress: false, ipv6AddressCount: 0 };",
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "root-volume-encrypted",
        displayName: "Root volumes are encrypted",
        description:
            "The root volume and every other block device of a key server must be encrypted explicitly, unless the stack switches encryption by default on.",
        rationale:
            "A snapshot of a clear volume carries key material to whoever can read the snapshot.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set encrypted to true on the root block device and on each further one.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { rootBlockDevice: { encrypted: true, kmsKeyId: volumeKey.arn } };",
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "volumes-encrypted-cmk",
        displayName: "Volumes use a customer-managed key",
        description:
            "Volumes, snapshot copies and image copies of key servers must be encrypted under a customer-managed AWS KMS key.",
        rationale:
            "The account's default key cannot be restricted, rotated on demand or withdrawn, so anyone with EC2 rights can decrypt a copy.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set encrypted to true and kmsKeyId to a key of yours.",
            example:
                'new aws.ebs.Volume("data", { availabilityZone: "eu-central-1a", size: 20, encrypted: true, kmsKeyId: volumeKey.arn });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "no-ssh-key-pair",
        displayName: "No SSH key pair",
        description:
            "Key servers must start without a key pair, and their stack must not make one.",
        rationale:
            "A key pair is an administrator's login that no directory can withdraw and no session log shows.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Remove keyName and the key pair; use Session Manager.",
            example: "const server: Partial<aws.ec2.InstanceArgs> = { keyName: undefined };",
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "termination-and-stop-protection",
        displayName: "Servers are protected from termination and stop",
        description:
            "Key servers outside Auto Scaling groups must be protected from termination and from being stopped through the API.",
        rationale:
            "One wrong call takes a sealed key server, and with it everybody's keys, out of service.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set disableApiTermination and disableApiStop to true.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { disableApiTermination: true, disableApiStop: true };",
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "instance-profile-attached",
        displayName: "Servers have a role",
        description: "Every key server must have an instance profile.",
        rationale:
            "Without a role a server cannot be managed, patched or heard, and people put long-lived keys on it instead.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set iamInstanceProfile to a profile with the server's least-privilege role.",
            example:
                "const server: Partial<aws.ec2.InstanceArgs> = { iamInstanceProfile: serverProfile.name };",
        },
        remediable: false,
        parameters: [],
    },
];
