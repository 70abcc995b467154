import { accountPasswordPolicy } from "./account-password-policy";
import { alarmsWired } from "./alarms-wired";
import { amiAttestationFresh } from "./ami-attestation-fresh";
import { approvedAmi } from "./approved-ami";
import { asgTemplatePinned } from "./asg-template-pinned";
import { associationsStaged } from "./associations-staged";
import { backupsProtected } from "./backups-protected";
import { bucketsGuarded } from "./buckets-guarded";
import { bucketsPrivate } from "./buckets-private";
import { cloudtrailHardened } from "./cloudtrail-hardened";
import { defaultSgClosed } from "./default-sg-closed";
import { detailedMonitoring } from "./detailed-monitoring";
import { detectionEnabled } from "./detection-enabled";
import { flowLogsComplete } from "./flow-logs-complete";
import { iamManagedPolicyAllowlist } from "./iam-managed-policy-allowlist";
import { iamNoPrivilegeEscalation } from "./iam-no-privilege-escalation";
import { iamNoUsersOrAccessKeys } from "./iam-no-users-or-access-keys";
import { iamNoWildcardActions } from "./iam-no-wildcard-actions";
import { iamNoWildcardResource } from "./iam-no-wildcard-resource";
import { iamPermissionsBoundary } from "./iam-permissions-boundary";
import { iamTrustScoped } from "./iam-trust-scoped";
import { imagePipelineHardened } from "./image-pipeline-hardened";
import { imdsHopLimit } from "./imds-hop-limit";
import { imdsIpv6AndTagsOff } from "./imds-ipv6-and-tags-off";
import { imdsv2Required } from "./imdsv2-required";
import { instanceProfileAttached } from "./instance-profile-attached";
import { kmsDeletionWindow } from "./kms-deletion-window";
import { kmsPolicyScoped } from "./kms-policy-scoped";
import { kmsRotation } from "./kms-rotation";
import { kmsSeparationOfDuties } from "./kms-separation-of-duties";
import { logBucketAccess } from "./log-bucket-access";
import { logBucketWorm } from "./log-bucket-worm";
import { logGroupRetentionAndCmk } from "./log-group-retention-and-cmk";
import { maintenanceWindowKeepsQuorum } from "./maintenance-window-keeps-quorum";
import { maintenanceWindowPatchesServers } from "./maintenance-window-patches-servers";
import { maintenanceWindowSane } from "./maintenance-window-sane";
import { metadataDefaults } from "./metadata-defaults";
import { metricFiltersAlarmed } from "./metric-filters-alarmed";
import { mfaForSessions } from "./mfa-for-sessions";
import { naclNoOpenAdmin } from "./nacl-no-open-admin";
import { noPublicIp } from "./no-public-ip";
import { noSshKeyPair } from "./no-ssh-key-pair";
import { oneServerPerUpdate } from "./one-server-per-update";
import { parametersAndSecretsCmk } from "./parameters-and-secrets-cmk";
import { patchBaselineApprovalDelay } from "./patch-baseline-approval-delay";
import { patchBaselineComplianceLevel } from "./patch-baseline-compliance-level";
import { patchBaselineCoverage } from "./patch-baseline-coverage";
import { patchBaselineRejectionsJustified } from "./patch-baseline-rejections-justified";
import { patchBaselineSourcesAndNonsecurity } from "./patch-baseline-sources-and-nonsecurity";
import { patchDeadline } from "./patch-deadline";
import { patchGroupCoverage } from "./patch-group-coverage";
import { patchPromotionGated } from "./patch-promotion-gated";
import { patchRingsOrdered } from "./patch-rings-ordered";
import { patchScanDailyAndReported } from "./patch-scan-daily-and-reported";
import { patchingWithinQuotas } from "./patching-within-quotas";
import { providerAndStackGuard } from "./provider-and-stack-guard";
import { referencesStayInAccount } from "./references-stay-in-account";
import { requiredVpcEndpoints } from "./required-vpc-endpoints";
import { resourceOptionsSafe } from "./resource-options-safe";
import { rootVolumeEncrypted } from "./root-volume-encrypted";
import type { Rule } from "./rule";
import { serialConsoleDisabled } from "./serial-console-disabled";
import { serverEniUsesOnlyHardenedSg } from "./server-eni-uses-only-hardened-sg";
import { serverRoleCannotTamperAudit } from "./server-role-cannot-tamper-audit";
import { sessionPreferencesHardened } from "./session-preferences-hardened";
import { sgEgressRestricted } from "./sg-egress-restricted";
import { sgNoAdminPorts } from "./sg-no-admin-ports";
import { sgNoAllProtocolOrWideRange } from "./sg-no-all-protocol-or-wide-range";
import { sgNoMixedRuleManagement } from "./sg-no-mixed-rule-management";
import { sgNoPublicIngress } from "./sg-no-public-ingress";
import { sgRulesDescribed } from "./sg-rules-described";
import { sgServicePortsFromApprovedSources } from "./sg-service-ports-from-approved-sources";
import { snapshotsAmiPrivate } from "./snapshots-ami-private";
import { sourceDestCheckAndSingleEni } from "./source-dest-check-and-single-eni";
import { ssmDocumentsPrivate } from "./ssm-documents-private";
import { ssmManaged } from "./ssm-managed";
import { subnetPrivate } from "./subnet-private";
import { terminationAndStopProtection } from "./termination-and-stop-protection";
import { userDataNoSecrets } from "./user-data-no-secrets";
import { volumesEncryptedCmk } from "./volumes-encrypted-cmk";
import { vpcEndpointPolicyScoped } from "./vpc-endpoint-policy-scoped";

/** Every rule of the pack, sorted by name. */
export const rules: readonly Rule[] = [
    accountPasswordPolicy,
    alarmsWired,
    amiAttestationFresh,
    approvedAmi,
    asgTemplatePinned,
    associationsStaged,
    backupsProtected,
    bucketsGuarded,
    bucketsPrivate,
    cloudtrailHardened,
    defaultSgClosed,
    detailedMonitoring,
    detectionEnabled,
    flowLogsComplete,
    iamManagedPolicyAllowlist,
    iamNoPrivilegeEscalation,
    iamNoUsersOrAccessKeys,
    iamNoWildcardActions,
    iamNoWildcardResource,
    iamPermissionsBoundary,
    iamTrustScoped,
    imagePipelineHardened,
    imdsHopLimit,
    imdsIpv6AndTagsOff,
    imdsv2Required,
    instanceProfileAttached,
    kmsDeletionWindow,
    kmsPolicyScoped,
    kmsRotation,
    kmsSeparationOfDuties,
    logBucketAccess,
    logBucketWorm,
    logGroupRetentionAndCmk,
    maintenanceWindowKeepsQuorum,
    maintenanceWindowPatchesServers,
    maintenanceWindowSane,
    metadataDefaults,
    metricFiltersAlarmed,
    mfaForSessions,
    naclNoOpenAdmin,
    noPublicIp,
    noSshKeyPair,
    oneServerPerUpdate,
    parametersAndSecretsCmk,
    patchBaselineApprovalDelay,
    patchBaselineComplianceLevel,
    patchBaselineCoverage,
    patchBaselineRejectionsJustified,
    patchBaselineSourcesAndNonsecurity,
    patchDeadline,
    patchGroupCoverage,
    patchPromotionGated,
    patchRingsOrdered,
    patchScanDailyAndReported,
    patchingWithinQuotas,
    providerAndStackGuard,
    referencesStayInAccount,
    requiredVpcEndpoints,
    resourceOptionsSafe,
    rootVolumeEncrypted,
    serialConsoleDisabled,
    serverEniUsesOnlyHardenedSg,
    serverRoleCannotTamperAudit,
    sessionPreferencesHardened,
    sgEgressRestricted,
    sgNoAdminPorts,
    sgNoAllProtocolOrWideRange,
    sgNoMixedRuleManagement,
    sgNoPublicIngress,
    sgRulesDescribed,
    sgServicePortsFromApprovedSources,
    snapshotsAmiPrivate,
    sourceDestCheckAndSingleEni,
    ssmDocumentsPrivate,
    ssmManaged,
    subnetPrivate,
    terminationAndStopProtection,
    userDataNoSecrets,
    volumesEncryptedCmk,
    vpcEndpointPolicyScoped,
];
