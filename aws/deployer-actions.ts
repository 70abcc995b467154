/**
 * IAM actions that whoever deploys a resource needs, by the resource's type: to create, read, change, tag and delete it, apart by blanks. Types
 * that need no right of their own are missing. Source: AWS service authorisation reference, by what the AWS provider calls.
 */
export const deployerActions: Readonly<Record<string, string>> = {
    "aws:backup/plan:Plan":
        "backup:CreateBackupPlan backup:GetBackupPlan backup:UpdateBackupPlan backup:DeleteBackupPlan backup:ListTags backup:TagResource backup:UntagResource",
    "aws:backup/selection:Selection":
        "backup:CreateBackupSelection backup:GetBackupSelection backup:DeleteBackupSelection iam:PassRole",
    "aws:backup/vault:Vault":
        "backup:CreateBackupVault backup:DescribeBackupVault backup:DeleteBackupVault backup:ListTags backup:TagResource backup:UntagResource backup-storage:MountCapsule kms:CreateGrant kms:DescribeKey kms:GenerateDataKey kms:Decrypt kms:RetireGrant",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration":
        "backup:PutBackupVaultLockConfiguration backup:DeleteBackupVaultLockConfiguration backup:DescribeBackupVault",
    "aws:cloudtrail/trail:Trail":
        "cloudtrail:CreateTrail cloudtrail:DescribeTrails cloudtrail:GetTrail cloudtrail:GetTrailStatus cloudtrail:GetEventSelectors cloudtrail:GetInsightSelectors cloudtrail:PutEventSelectors cloudtrail:UpdateTrail cloudtrail:StartLogging cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:ListTags cloudtrail:AddTags cloudtrail:RemoveTags iam:PassRole",
    "aws:cloudwatch/eventRule:EventRule":
        "events:PutRule events:DescribeRule events:DeleteRule events:ListTagsForResource events:TagResource events:UntagResource",
    "aws:cloudwatch/eventTarget:EventTarget":
        "events:PutTargets events:RemoveTargets events:ListTargetsByRule iam:PassRole",
    "aws:cloudwatch/logGroup:LogGroup":
        "logs:CreateLogGroup logs:DescribeLogGroups logs:DeleteLogGroup logs:PutRetentionPolicy logs:DeleteRetentionPolicy logs:AssociateKmsKey logs:DisassociateKmsKey logs:PutLogGroupDeletionProtection logs:ListTagsForResource logs:TagResource logs:UntagResource kms:DescribeKey kms:Encrypt kms:Decrypt kms:ReEncryptFrom kms:ReEncryptTo kms:GenerateDataKey",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter":
        "logs:PutMetricFilter logs:DescribeMetricFilters logs:DeleteMetricFilter",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter":
        "logs:PutSubscriptionFilter logs:DescribeSubscriptionFilters logs:DeleteSubscriptionFilter iam:PassRole",
    "aws:cloudwatch/metricAlarm:MetricAlarm":
        "cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms cloudwatch:DeleteAlarms cloudwatch:ListTagsForResource cloudwatch:TagResource cloudwatch:UntagResource",
    "aws:ebs/encryptionByDefault:EncryptionByDefault":
        "ec2:EnableEbsEncryptionByDefault ec2:DisableEbsEncryptionByDefault ec2:GetEbsEncryptionByDefault",
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess":
        "ec2:EnableSnapshotBlockPublicAccess ec2:DisableSnapshotBlockPublicAccess ec2:GetSnapshotBlockPublicAccessState",
    "aws:ebs/volume:Volume":
        "ec2:CreateVolume ec2:DescribeVolumes ec2:ModifyVolume ec2:DescribeVolumesModifications ec2:DeleteVolume ec2:CreateSnapshot ec2:DescribeSnapshots ec2:CreateTags ec2:DeleteTags kms:CreateGrant kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo kms:Decrypt",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":
        "ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/flowLog:FlowLog":
        "ec2:CreateFlowLogs ec2:DescribeFlowLogs ec2:DeleteFlowLogs ec2:CreateTags ec2:DeleteTags iam:PassRole",
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess":
        "ec2:EnableImageBlockPublicAccess ec2:DisableImageBlockPublicAccess ec2:GetImageBlockPublicAccessState",
    "aws:ec2/instance:Instance":
        "ec2:RunInstances ec2:DescribeInstances ec2:DescribeInstanceAttribute ec2:DescribeInstanceTypes ec2:DescribeInstanceCreditSpecifications ec2:DescribeImages ec2:DescribeVolumes ec2:DescribeTags ec2:DescribeVpcs ec2:ModifyInstanceAttribute ec2:ModifyInstanceMetadataOptions ec2:MonitorInstances ec2:StartInstances ec2:StopInstances ec2:TerminateInstances ec2:CreateTags ec2:DeleteTags iam:PassRole kms:CreateGrant kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo kms:Decrypt",
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults":
        "ec2:ModifyInstanceMetadataDefaults ec2:GetInstanceMetadataDefaults",
    "aws:ec2/placementGroup:PlacementGroup":
        "ec2:CreatePlacementGroup ec2:DescribePlacementGroups ec2:DeletePlacementGroup ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/route:Route":
        "ec2:CreateRoute ec2:DescribeRouteTables ec2:ReplaceRoute ec2:DeleteRoute",
    "aws:ec2/routeTable:RouteTable":
        "ec2:CreateRouteTable ec2:DescribeRouteTables ec2:DeleteRouteTable ec2:CreateRoute ec2:ReplaceRoute ec2:DeleteRoute ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/routeTableAssociation:RouteTableAssociation":
        "ec2:AssociateRouteTable ec2:ReplaceRouteTableAssociation ec2:DisassociateRouteTable ec2:DescribeRouteTables",
    "aws:ec2/securityGroup:SecurityGroup":
        "ec2:CreateSecurityGroup ec2:DescribeSecurityGroups ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress ec2:DescribeNetworkInterfaces ec2:DeleteSecurityGroup ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/serialConsoleAccess:SerialConsoleAccess":
        "ec2:EnableSerialConsoleAccess ec2:DisableSerialConsoleAccess ec2:GetSerialConsoleAccessStatus",
    "aws:ec2/subnet:Subnet":
        "ec2:CreateSubnet ec2:DescribeSubnets ec2:ModifySubnetAttribute ec2:DescribeNetworkInterfaces ec2:DeleteSubnet ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/volumeAttachment:VolumeAttachment":
        "ec2:AttachVolume ec2:DetachVolume ec2:DescribeVolumes ec2:DescribeInstances ec2:StopInstances ec2:StartInstances",
    "aws:ec2/vpc:Vpc":
        "ec2:CreateVpc ec2:DescribeVpcs ec2:DescribeVpcAttribute ec2:ModifyVpcAttribute ec2:DescribeNetworkAcls ec2:DescribeRouteTables ec2:DescribeSecurityGroups ec2:DeleteVpc ec2:CreateTags ec2:DeleteTags",
    "aws:ec2/vpcEndpoint:VpcEndpoint":
        "ec2:CreateVpcEndpoint ec2:DescribeVpcEndpoints ec2:ModifyVpcEndpoint ec2:DescribePrefixLists ec2:DeleteVpcEndpoints ec2:CreateTags ec2:DeleteTags",
    "aws:iam/instanceProfile:InstanceProfile":
        "iam:CreateInstanceProfile iam:GetInstanceProfile iam:AddRoleToInstanceProfile iam:RemoveRoleFromInstanceProfile iam:DeleteInstanceProfile iam:TagInstanceProfile iam:UntagInstanceProfile iam:PassRole",
    "aws:iam/policy:Policy":
        "iam:CreatePolicy iam:GetPolicy iam:GetPolicyVersion iam:ListPolicyVersions iam:CreatePolicyVersion iam:DeletePolicyVersion iam:DeletePolicy iam:TagPolicy iam:UntagPolicy",
    "aws:iam/role:Role":
        "iam:CreateRole iam:GetRole iam:UpdateRole iam:UpdateAssumeRolePolicy iam:PutRolePermissionsBoundary iam:DeleteRolePermissionsBoundary iam:ListRolePolicies iam:ListAttachedRolePolicies iam:ListInstanceProfilesForRole iam:DeleteRole iam:TagRole iam:UntagRole",
    "aws:iam/rolePolicy:RolePolicy": "iam:PutRolePolicy iam:GetRolePolicy iam:DeleteRolePolicy",
    "aws:imagebuilder/component:Component":
        "imagebuilder:CreateComponent imagebuilder:GetComponent imagebuilder:DeleteComponent imagebuilder:TagResource imagebuilder:UntagResource iam:CreateServiceLinkedRole kms:Encrypt kms:Decrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext s3:GetObject",
    "aws:imagebuilder/distributionConfiguration:DistributionConfiguration":
        "imagebuilder:CreateDistributionConfiguration imagebuilder:GetDistributionConfiguration imagebuilder:UpdateDistributionConfiguration imagebuilder:DeleteDistributionConfiguration imagebuilder:TagResource imagebuilder:UntagResource",
    "aws:imagebuilder/imagePipeline:ImagePipeline":
        "imagebuilder:CreateImagePipeline imagebuilder:GetImagePipeline imagebuilder:UpdateImagePipeline imagebuilder:DeleteImagePipeline imagebuilder:TagResource imagebuilder:UntagResource iam:PassRole iam:CreateServiceLinkedRole",
    "aws:imagebuilder/imageRecipe:ImageRecipe":
        "imagebuilder:CreateImageRecipe imagebuilder:GetImageRecipe imagebuilder:GetComponent imagebuilder:GetImage imagebuilder:DeleteImageRecipe imagebuilder:TagResource imagebuilder:UntagResource",
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration":
        "imagebuilder:CreateInfrastructureConfiguration imagebuilder:GetInfrastructureConfiguration imagebuilder:UpdateInfrastructureConfiguration imagebuilder:DeleteInfrastructureConfiguration imagebuilder:TagResource imagebuilder:UntagResource iam:PassRole",
    "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy":
        "imagebuilder:CreateLifecyclePolicy imagebuilder:GetLifecyclePolicy imagebuilder:UpdateLifecyclePolicy imagebuilder:DeleteLifecyclePolicy imagebuilder:TagResource imagebuilder:UntagResource iam:PassRole",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream":
        "firehose:CreateDeliveryStream firehose:DescribeDeliveryStream firehose:UpdateDestination firehose:StartDeliveryStreamEncryption firehose:DeleteDeliveryStream firehose:ListTagsForDeliveryStream firehose:TagDeliveryStream firehose:UntagDeliveryStream iam:PassRole kms:CreateGrant",
    "aws:kms/alias:Alias": "kms:CreateAlias kms:UpdateAlias kms:DeleteAlias kms:ListAliases",
    "aws:kms/key:Key":
        "kms:CreateKey kms:DescribeKey kms:GetKeyPolicy kms:PutKeyPolicy kms:EnableKeyRotation kms:GetKeyRotationStatus kms:UpdateKeyDescription kms:ScheduleKeyDeletion kms:ListResourceTags kms:TagResource kms:UntagResource",
    "aws:lambda/function:Function":
        "lambda:CreateFunction lambda:GetFunction lambda:GetFunctionConfiguration lambda:GetFunctionCodeSigningConfig lambda:ListVersionsByFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:DeleteFunction lambda:ListTags lambda:TagResource lambda:UntagResource iam:PassRole",
    "aws:lambda/permission:Permission":
        "lambda:AddPermission lambda:GetPolicy lambda:RemovePermission",
    "aws:lb/listener:Listener":
        "elasticloadbalancing:CreateListener elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeListenerAttributes elasticloadbalancing:ModifyListener elasticloadbalancing:ModifyListenerAttributes elasticloadbalancing:DeleteListener elasticloadbalancing:DescribeTags elasticloadbalancing:AddTags elasticloadbalancing:RemoveTags",
    "aws:lb/loadBalancer:LoadBalancer":
        "elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:DescribeLoadBalancerAttributes elasticloadbalancing:ModifyLoadBalancerAttributes elasticloadbalancing:SetSecurityGroups elasticloadbalancing:SetSubnets elasticloadbalancing:DeleteLoadBalancer elasticloadbalancing:DescribeTags elasticloadbalancing:AddTags elasticloadbalancing:RemoveTags iam:CreateServiceLinkedRole",
    "aws:lb/targetGroup:TargetGroup":
        "elasticloadbalancing:CreateTargetGroup elasticloadbalancing:DescribeTargetGroups elasticloadbalancing:DescribeTargetGroupAttributes elasticloadbalancing:ModifyTargetGroup elasticloadbalancing:ModifyTargetGroupAttributes elasticloadbalancing:DeleteTargetGroup elasticloadbalancing:DescribeTags elasticloadbalancing:AddTags elasticloadbalancing:RemoveTags",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment":
        "elasticloadbalancing:RegisterTargets elasticloadbalancing:DescribeTargetHealth elasticloadbalancing:DeregisterTargets",
    "aws:route53/record:Record":
        "route53:ChangeResourceRecordSets route53:ListResourceRecordSets route53:GetChange route53:GetHostedZone",
    "aws:route53/zone:Zone":
        "route53:CreateHostedZone route53:GetHostedZone route53:UpdateHostedZoneComment route53:AssociateVPCWithHostedZone route53:DisassociateVPCFromHostedZone route53:DeleteHostedZone route53:GetChange route53:ListTagsForResource route53:ChangeTagsForResource ec2:DescribeVpcs",
    "aws:s3/bucket:Bucket":
        "s3:CreateBucket s3:ListBucket s3:GetBucketAcl s3:GetBucketCORS s3:GetBucketLocation s3:GetBucketLogging s3:GetBucketObjectLockConfiguration s3:GetBucketPolicy s3:GetBucketRequestPayment s3:GetBucketTagging s3:GetBucketVersioning s3:GetBucketWebsite s3:GetAccelerateConfiguration s3:GetEncryptionConfiguration s3:GetLifecycleConfiguration s3:GetReplicationConfiguration s3:PutBucketObjectLockConfiguration s3:PutBucketVersioning s3:PutBucketTagging s3:ListTagsForResource s3:TagResource s3:UntagResource s3:DeleteBucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
        "s3:GetLifecycleConfiguration s3:PutLifecycleConfiguration",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration":
        "s3:GetBucketObjectLockConfiguration s3:PutBucketObjectLockConfiguration",
    "aws:s3/bucketObjectv2:BucketObjectv2":
        "s3:PutObject s3:GetObject s3:GetObjectTagging s3:PutObjectTagging s3:DeleteObject s3:DeleteObjectVersion s3:ListBucketVersions kms:GenerateDataKey kms:Decrypt",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls":
        "s3:GetBucketOwnershipControls s3:PutBucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy":
        "s3:GetBucketPolicy s3:PutBucketPolicy s3:DeleteBucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
        "s3:GetBucketPublicAccessBlock s3:PutBucketPublicAccessBlock",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig":
        "s3:GetReplicationConfiguration s3:PutReplicationConfiguration iam:PassRole",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
        "s3:GetEncryptionConfiguration s3:PutEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning": "s3:GetBucketVersioning s3:PutBucketVersioning",
    "aws:sns/topic:Topic":
        "sns:CreateTopic sns:GetTopicAttributes sns:SetTopicAttributes sns:DeleteTopic sns:ListTagsForResource sns:TagResource sns:UntagResource",
    "aws:sns/topicPolicy:TopicPolicy": "sns:GetTopicAttributes sns:SetTopicAttributes",
    "aws:ssm/association:Association":
        "ssm:CreateAssociation ssm:DescribeAssociation ssm:UpdateAssociation ssm:DeleteAssociation ssm:GetDocument ssm:ListTagsForResource ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    "aws:ssm/document:Document":
        "ssm:CreateDocument ssm:DescribeDocument ssm:DescribeDocumentPermission ssm:GetDocument ssm:UpdateDocument ssm:UpdateDocumentDefaultVersion ssm:DeleteDocument ssm:ListTagsForResource ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    "aws:ssm/maintenanceWindow:MaintenanceWindow":
        "ssm:CreateMaintenanceWindow ssm:GetMaintenanceWindow ssm:UpdateMaintenanceWindow ssm:DeleteMaintenanceWindow ssm:ListTagsForResource ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget":
        "ssm:RegisterTargetWithMaintenanceWindow ssm:DescribeMaintenanceWindowTargets ssm:UpdateMaintenanceWindowTarget ssm:DeregisterTargetFromMaintenanceWindow",
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask":
        "ssm:RegisterTaskWithMaintenanceWindow ssm:GetMaintenanceWindowTask ssm:UpdateMaintenanceWindowTask ssm:DeregisterTaskFromMaintenanceWindow iam:PassRole",
    "aws:ssm/parameter:Parameter":
        "ssm:PutParameter ssm:GetParameter ssm:GetParameters ssm:DescribeParameters ssm:DeleteParameter ssm:ListTagsForResource ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    "aws:ssm/patchBaseline:PatchBaseline":
        "ssm:CreatePatchBaseline ssm:GetPatchBaseline ssm:UpdatePatchBaseline ssm:DeletePatchBaseline ssm:ListTagsForResource ssm:AddTagsToResource ssm:RemoveTagsFromResource",
    "aws:ssm/patchGroup:PatchGroup":
        "ssm:RegisterPatchBaselineForPatchGroup ssm:DescribePatchGroups ssm:DeregisterPatchBaselineForPatchGroup",
    "aws:ssm/serviceSetting:ServiceSetting":
        "ssm:GetServiceSetting ssm:UpdateServiceSetting ssm:ResetServiceSetting",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":
        "ec2:AuthorizeSecurityGroupEgress ec2:DescribeSecurityGroupRules ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupEgress ec2:CreateTags ec2:DeleteTags",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":
        "ec2:AuthorizeSecurityGroupIngress ec2:DescribeSecurityGroupRules ec2:ModifySecurityGroupRules ec2:RevokeSecurityGroupIngress ec2:CreateTags ec2:DeleteTags",
    // What `keyward verify` reads.
    "command:local:Command":
        "sts:GetCallerIdentity ec2:DescribeInstances ssm:DescribeInstanceInformation ssm:DescribeInstanceAssociationsStatus ssm:ListComplianceItems ssm:DescribeInstancePatchStates logs:DescribeLogStreams s3:ListBucket s3:GetObject s3:GetObjectRetention kms:Decrypt",
};

/** What components ask of AWS before they make anything: account, partition, zones, and images. */
export const lookupActions =
    "sts:GetCallerIdentity ec2:DescribeAvailabilityZones ec2:DescribeImages ec2:DescribeVpcs ec2:DescribeVpcAttribute ec2:DescribeSubnets ec2:DescribeSecurityGroups ssm:GetParameter";
