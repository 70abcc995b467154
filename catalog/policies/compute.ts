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
        remediable: false,
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
        remediable: false,
        parameters: [],
    },
    {
        name: "termination-and-stop-protection",
        displayName: "Servers are protected from termination and stop",
        description:
            "Key servers outside Auto Scaling groups must be protected from termination and from being stopped through the API, and load balancers in front of them from deletion.",
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
    {
        name: "imds-ipv6-and-tags-off",
        displayName: "Metadata over IPv6 and tags in metadata are off",
        description:
            "The metadata service must not answer over IPv6, and must not show tags unless patching reads the patch group there.",
        rationale:
            "Each further form of the metadata service is one more way to the role's credentials, or tells an intruder what the server is.",
        severity: "low",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: 'Set httpProtocolIpv6 and instanceMetadataTags to "disabled".',
            example:
                'const server: Partial<aws.ec2.InstanceArgs> = { metadataOptions: { httpProtocolIpv6: "disabled", instanceMetadataTags: "disabled" } };',
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "snapshots-ami-private",
        displayName: "Snapshots and images stay private",
        description:
            "No snapshot or image may be shared with everybody or with a foreign account, and the account must block public sharing.",
        rationale: "A shared snapshot is a copy of the key server's disk in somebody else's hands.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Remove the permission, and block public sharing for the account.",
            example:
                'new aws.ebs.SnapshotBlockPublicAccess("snapshots", { state: "block-all-sharing" });',
        },
        remediable: false,
        parameters: ["trustedAccounts", "accountAttestations", "attestationAgeDays"],
    },
    {
        name: "detailed-monitoring",
        displayName: "Detailed monitoring is on",
        description: "Key servers must report their metrics every minute.",
        rationale: "With figures every five minutes an outage or an attack is seen late.",
        severity: "low",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Set monitoring to true.",
            example: "const server: Partial<aws.ec2.InstanceArgs> = { monitoring: true };",
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "user-data-no-secrets",
        displayName: "No secrets in user data",
        description:
            "User data must hold no password, token, unseal key or private key, in whatever encoding.",
        rationale:
            "User data is readable through the metadata service, the API and every state file.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Read the secret at boot from Secrets Manager with the server's role.",
            example:
                'const server: Partial<aws.ec2.InstanceArgs> = { userData: "#!/bin/sh\\nexec /usr/local/sbin/fetch-secret prod/vault/tls\\n" };',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "approved-ami",
        displayName: "Servers start from an approved image",
        description:
            "The image of a key server must be allow-listed, built by Image Builder, or named by an SSM parameter; a bare look-up does not count.",
        rationale: "A look-up takes whatever image a stranger published under a fitting name.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Take the image from the pipeline, or from a public parameter of the distribution.",
            example:
                'const server: Partial<aws.ec2.InstanceArgs> = { ami: pulumi.output(hardenedImage.outputResources).apply((made) => made[0]?.amis?.[0]?.image ?? "") };',
        },
        remediable: false,
        parameters: ["approvedImageIds"],
    },
    {
        name: "ami-attestation-fresh",
        displayName: "Images are attested and young",
        description:
            "The image of a key server must have an attestation of its hardening profile and package count that is not older than allowed.",
        rationale: "An old image brings every hole that was closed since.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Add the image's attestation to the policy's configuration, or build a new image.",
            example:
                'const policyConfiguration = { "ami-attestation-fresh": { imageAttestations: ["ami-0abc1234def567890 keyward 214 2026-11-01"] } };',
        },
        remediable: false,
        parameters: ["imageAttestations", "imageAgeDays"],
    },
    {
        name: "asg-template-pinned",
        displayName: "Auto Scaling groups use a pinned template and renew their servers",
        description:
            "An Auto Scaling group of key servers must name a launch template's version by number, limit the life of instances and refresh them; launch configurations are refused.",
        rationale:
            "With `$Latest` an edit of the template reaches production untested, and without renewal servers are never patched.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the version, and set maxInstanceLifetime and instanceRefresh.",
            example:
                'new aws.autoscaling.Group("servers", { minSize: 3, maxSize: 3, maxInstanceLifetime: 2592000, launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` }, instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 66 } } });',
        },
        remediable: false,
        parameters: ["instanceLifetimeDays"],
    },
    {
        name: "source-dest-check-and-single-eni",
        displayName: "One network interface, with source and destination check",
        description:
            "Key servers must keep the source and destination check and have one network interface.",
        rationale:
            "A server with two networks, or one that forwards packets, is a bridge around the security groups.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Set sourceDestCheck to true and remove further interfaces.",
            example: "const server: Partial<aws.ec2.InstanceArgs> = { sourceDestCheck: true };",
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "serial-console-disabled",
        displayName: "The serial console is off",
        description:
            "Where a stack sets the account's access to the EC2 serial console, it must be off.",
        rationale: "The serial console is a login past network, session log and security groups.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Set enabled to false.",
            example: 'new aws.ec2.SerialConsoleAccess("off", { enabled: false });',
        },
        remediable: true,
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "metadata-defaults",
        displayName: "The account's metadata defaults are strict",
        description:
            "Where a stack sets the account's defaults of instance metadata, they must require tokens and keep answers on the server.",
        rationale: "Defaults decide for every instance that somebody starts in a hurry.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: 'Set httpTokens to "required" and httpPutResponseHopLimit to 1.',
            example:
                'new aws.ec2.InstanceMetadataDefaults("strict", { httpTokens: "required", httpPutResponseHopLimit: 1 });',
        },
        remediable: true,
        parameters: ["imdsHopLimit"],
    },
    {
        name: "image-pipeline-hardened",
        displayName: "The image pipeline is hardened",
        description:
            "Image recipes must encrypt their volumes under a customer-managed key and pin their components; pipelines must run regularly, scan what they build, and build on instances that require IMDSv2.",
        rationale:
            "Whoever changes the image's ingredients changes every key server that is made of it.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Encrypt, pin, schedule and scan.",
            example:
                'new aws.imagebuilder.InfrastructureConfiguration("builder", { instanceProfileName: serverProfile.name, subnetId: privateSubnet.id, securityGroupIds: [serverGroup.id], instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } });',
        },
        remediable: false,
        parameters: ["imageBuildIntervalDays"],
    },
    {
        name: "one-server-per-update",
        displayName: "One server is replaced per update",
        description: "One update must replace or stop at most one server of a cluster.",
        rationale:
            "Two servers down at once cost a cluster of three its quorum, and every client its keys.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Change one server, update, wait until it is healthy, then change the next.",
            example:
                'const clusterConfiguration = { imageIds: { "vault-0": "ami-0new1234def567890", "vault-1": "ami-0old1234def567890", "vault-2": "ami-0old1234def567890" } };',
        },
        remediable: false,
        parameters: [],
    },
];
