/** What policies said of stacks that tests weaken, by policy: `test/policy-pack/mutations.test.ts` holds them true. */
export const messageExamples: Readonly<Record<string, string>> = {
    "account-password-policy":
        "requireUppercaseCharacters is not on: passwords need 4 classes of characters",
    "alarms-wired":
        "no alarm tells when the server falls silent: an alarm on one of its metrics must treat missing data as breaching",
    "ami-attestation-fresh":
        'ami is "ami-5b2efe52abaf385d6", which imageAttestations does not attest',
    "approved-ami":
        'ami is "ami-5b2efe52abaf385d6", which approvedImageIds does not list and no pipeline or parameter of this stack names',
    "asg-template-pinned":
        "maxInstanceLifetime is not set: servers must be renewed after 30 days at most",
    "associations-staged": 'maxConcurrency is "100%": of 3 servers 1 may be changed at once',
    "backups-protected": "no lock holds the vault: whoever may delete can remove the backups",
    "buckets-guarded": "no bucket policy refuses requests without TLS",
    "buckets-private": "blockPublicPolicy is not on",
    "cloudtrail-hardened":
        "enableLogFileValidation is not on: changed log files cannot be told from true ones",
    "default-sg-closed": "ingress holds a rule: a default security group must hold none",
    "detailed-monitoring": "monitoring is false, so metrics come every five minutes",
    "detection-enabled":
        'Inspector for EC2 is not on in this stack, and the configuration does not attest "inspector/EC2" for the account',
    "enforcement-levels-sound":
        'the critical policy no-public-ip is configured as "advisory"; it must be "mandatory" or "remediate"',
    "exemptions-sound":
        'the exemption "legacy-client" from sg-egress-restricted is expired and covers nothing: it expired on 2026-11-20',
    "flow-logs-complete": "no flow log of this stack records the VPC's traffic",
    "iam-managed-policy-allowlist":
        "managedPolicyArns[0] attaches AdministratorAccess, which no role may carry",
    "iam-no-privilege-escalation":
        "policy: Statement[0] allows iam:AttachRolePolicy, by which its holder gains rights that it was not given",
    "iam-no-users-or-access-keys":
        'User "robot" is an IAM user: roles and federated identities need none',
    "iam-no-wildcard-actions": 'policy: Statement[0] allows "s3:*", every action of the service',
    "iam-no-wildcard-resource":
        'policy: Statement[0] allows s3:* on "*", though its resource can be named',
    "iam-permissions-boundary":
        'policy bounds role "vault" and 11 more and allows iam:AddUserToGroup and 19 more actions that raise rights: whoever it bounds can lift it',
    "iam-trust-scoped":
        'assumeRolePolicy: Statement[0] trusts everybody ("*") without a condition on the caller, such as aws:PrincipalArn',
    "image-pipeline-hardened":
        "schedule cron(0 4 1 1,7 ? *) leaves more than 30 days between two images",
    "imds-hop-limit":
        "metadataOptions.httpPutResponseHopLimit is 2: it must be at most 1, or metadata credentials reach processes behind a further hop",
    "imds-ipv6-and-tags-off":
        'metadataOptions.httpProtocolIpv6 is "enabled": the metadata service answers over IPv6 as well',
    "imdsv2-required":
        'metadataOptions.httpTokens is "optional", so instance metadata also answers requests without a session token (IMDSv1)',
    "instance-profile-attached": "iamInstanceProfile is not set: the server has no role",
    "kms-deletion-window":
        "the key is deleted after 7 days: at least 30 must pass, in which somebody can notice",
    "kms-policy-scoped":
        'policy: Statement[0] admits everybody ("*") without a condition on the caller, such as kms:CallerAccount or aws:PrincipalArn',
    "kms-rotation": "enableKeyRotation is false, so the key's material never changes",
    "kms-separation-of-duties":
        'role "vault-windows" may use the key that key servers unseal with (kms:Decrypt): role "vault-windows" ← key "vault-volumes" policy ← key "vault-volumes"',
    "log-bucket-access": "restrictPublicBuckets is not on",
    "log-bucket-worm":
        'Bucket "vault-landing" ← Trail "vault": objects expire after 30 days, before the 365 for which they must be kept',
    "log-group-retention-and-cmk":
        "retentionInDays is 30: events must be kept for at least 365 days",
    "maintenance-window-keeps-quorum": 'maxConcurrency is "100%": a cluster of 3 can lose 1',
    "maintenance-window-patches-servers":
        "no maintenance window of this stack runs a patch task on the server",
    "maintenance-window-sane":
        "schedule cron(0 4 1 2 ? *) leaves up to 331 days between two windows, at most 14 are allowed",
    "metadata-defaults":
        'httpTokens is "optional", so new instances answer without a session token',
    "metric-filters-alarmed":
        'logGroupName is "/keyward/elsewhere", which is not in this stack: whether the events arrive there is not known',
    "mfa-for-sessions":
        'Policy "vault" ← Policy "vault" policy allows ssm:StartSession more than 3600 seconds after the login with a second factor',
    "nacl-no-open-admin": 'the rule of the network ACL "ssh" admits 22 from 0.0.0.0/0',
    "no-public-ip":
        "associatePublicIpAddress is not set and no subnet is named: default subnets give public addresses",
    "no-ssh-key-pair": 'keyName is "operators", so the server accepts logins by SSH key',
    "parameters-and-secrets-cmk":
        'type is "String", but the name "/keyward/vault/root-token" says that the value is a secret',
    "patch-baseline-approval-delay":
        "approvalRules[1].approveAfterDays is 30: patches must be approved within 7 days",
    "patch-baseline-compliance-level":
        'approvalRules[1].complianceLevel is "UNSPECIFIED": it must be CRITICAL or HIGH, or a missing patch reads as unimportant',
    "patch-baseline-coverage":
        "no approval rule covers the patches Security/Critical, Security/Important, Security/Medium of AmazonLinux2023",
    "patch-baseline-rejections-justified":
        'the patch "openssl*" is rejected: it must have an exemption with a reason and an end',
    "patch-baseline-sources-and-nonsecurity": "sources[0].configuration reads packages without TLS",
    "patch-deadline":
        "a important patch released on 2026-10-30T00:00Z reaches the last server after 39.3 days, at most 30 are allowed: approval takes 30 days, the canary's window begins 2026-12-06T03:00Z, the promotion comes 2026-12-07T08:30Z",
    "patch-group-coverage":
        "the server carries no tag PatchGroup, so AWS's own baseline decides what is patched and when",
    "patch-promotion-gated":
        "all servers are patched in one window: no canary proves what the others get",
    "patch-rings-ordered":
        "ring vault-production must not run between the canary's window and the end of its soak (2027-02-01T04:00Z to 2027-02-02T09:30Z), it runs at 2027-02-02T03:00Z",
    "patch-scan-daily-and-reported":
        "no association of this stack scans the server for missing patches",
    "provider-and-stack-guard":
        "no policy reads the type aws:ec2/spotFleetOfTomorrow:SpotFleetOfTomorrow, which may let packets reach a key server",
    "references-stay-in-account":
        'kmsKeyId names "arn:aws:kms:eu-central-1:999900001111:key/0f0e0d0c-0000-4000-8000-000000000000" in the foreign account 999900001111, which trustedAccounts does not list',
    "required-vpc-endpoints":
        "the network has no way out and no endpoint for kms, so its servers cannot reach that service",
    "resource-options-safe":
        "protect is not on: without the key, everything that is encrypted under it is lost",
    "root-volume-encrypted": "rootBlockDevice.encrypted is false, so root volume is not encrypted",
    "serial-console-disabled":
        "enabled is true, so servers offer a login past network and session log",
    "server-eni-uses-only-hardened-sg":
        "no security group is named, so the server lands in the VPC's default group",
    "server-role-cannot-tamper-audit":
        'instance "vault-1" ← instance profile "vault" ← role "vault" may cloudtrail:DeleteTrail, cloudtrail:PutEventSelectors, cloudtrail:StopLogging, cloudtrail:UpdateTrail, logs:DeleteLogGroup, logs:DeleteLogStream, logs:DeleteSubscriptionFilter, logs:DisassociateKmsKey, logs:PutRetentionPolicy, kms:DisableKey, kms:PutKeyPolicy, kms:ScheduleKeyDeletion, ssm:DeleteDocument, ssm:UpdateDocument, ssm:UpdateDocumentDefaultVersion, s3:BypassGovernanceRetention, s3:DeleteObject, s3:DeleteObjectVersion, s3:PutBucketPolicy, s3:PutLifecycleConfiguration, s3:DeleteBucketPolicy, s3:PutBucketObjectLockConfiguration, s3:PutBucketVersioning by role "vault" managedPolicyArns[0]: an intruder on the server could remove its traces',
    "session-preferences-hardened":
        "content: inputs.runAsEnabled is false, so sessions run as an administrator",
    "sg-egress-restricted":
        'cidrIpv4 is 0.0.0.0/0, so connections may leave to everywhere (security group "vault" ← rule "vault-to-peers-8200")',
    "sg-no-admin-ports":
        'all opens ports of remote administration 20, 21, 22, 23, 69, 512, 513, 514, 2375, 2376, 3389, 5900, 5985, 5986, 6000 (security group "vault-balancer" ← rule "vault-payment-service-8200")',
    "sg-no-all-protocol-or-wide-range":
        'the rule opens every protocol and port: name one (security group "vault-balancer" ← rule "vault-payment-service-8200")',
    "sg-no-mixed-rule-management":
        "the group holds inline rules (1) and separate ones (5): each update undoes the other",
    "sg-no-public-ingress":
        'cidrIpv4 is 128.0.0.0/1, so the public addresses 128.0.0.0/3, 160.0.0.0/5, 168.0.0.0/8 and 30 more ranges may reach tcp/8200 (security group "vault-balancer" ← rule "vault-payment-service-8200")',
    "sg-rules-described": "description is empty: say what the rule is for",
    "sg-service-ports-from-approved-sources":
        'all is no approved service port (5696, 8200, 8201, 8442, 8443, 9311, 9998) (instance "vault-1", instance "vault-2", instance "vault-3" ← security group "vault-balancer" ← rule "vault-payment-service-8200")',
    "snapshots-ami-private":
        'public sharing of images is not blocked in this stack, and the configuration does not attest "image-block" for the account',
    "source-dest-check-and-single-eni":
        "sourceDestCheck is false, so the server may forward packets",
    "ssm-documents-private":
        'permissions.account_ids is "All": everybody may read and run the document',
    "ssm-managed":
        'no policy allows ssm:UpdateInstanceInformation, ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel, so Systems Manager cannot manage the server (instance "vault-1" ← instance profile "vault" ← role "vault")',
    "subnet-private":
        "vpcZoneIdentifiers is not set, so the server stands in a default subnet, which is public",
    "termination-and-stop-protection":
        "disableApiStop is false, so the server can be stopped by one API call",
    "user-data-no-secrets": 'userData holds a value for "DB_PASSWORD" (line 2)',
    "volumes-encrypted-cmk": "kmsKeyId is not known before deployment",
    "vpc-endpoint-policy-scoped":
        "policy is not set, so the endpoint carries every request of everybody",
};
