import { hostExemption } from "../../support/host-exemption";
import { adoptingClusterArgs, clusterArgs } from "../programs";
import { key, logGroup, region, type Scenario, tags, topic, type } from "./effect";

const secrets = [1, 2, 3].map(
    (node) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:bao-${node}-AbCdEf`,
);
const exemption = hostExemption("urn:pulumi:test::kms::*aws:ec2/instance:Instance::bao-2");
const mirror = { url: "https://mirror.internal/debian", cidrBlock: "10.9.0.0/24" };
const onDebian = { ...adoptingClusterArgs, operatingSystem: "debian-12", packageMirror: mirror };
const software = {
    artifactBucket: "programs",
    artifactKey: "bao",
    artifactSha256: "1".repeat(64),
};
const custom = {
    ...adoptingClusterArgs,
    workload: "custom",
    servicePorts: [8443],
    workloadUser: "kms",
    workloadUnit: "kms.service",
};
const fresh = { ...clusterArgs, clientNames: undefined };

/** Each argument of a cluster and what it brings about. */
export const clusterScenarios: readonly Scenario[] = [
    {
        component: "KeyServerCluster",
        from: {
            ...adoptingClusterArgs,
            certificateAuthorityArn: undefined,
            certificateSecretArns: secrets,
            software,
            auditLog: {
                ...adoptingClusterArgs.auditLog,
                archiveBucketArn: "arn:aws:s3:::archive",
            },
            keys: { ...adoptingClusterArgs.keys, logKeyAliasArn: undefined },
        },
        changes: {
            domainName: { to: "other.internal", at: [type.record, "name"] },
            certificateSecretArns: {
                to: secrets.map((arn) => arn.replace("bao", "other")),
                at: [type.rolePolicy, "policy"],
                shows: "secret:other-2",
            },
            "network.vpcId": { to: "vpc-9", at: [type.securityGroup, "vpcId"] },
            "network.subnetIds": {
                to: ["subnet-7", "subnet-8", "subnet-9"],
                at: [type.instance, "subnetId"],
                shows: "subnet-8",
            },
            "network.availabilityZones": {
                to: ["eu-central-1d", "eu-central-1e", "eu-central-1f"],
                at: [type.volume, "availabilityZone"],
                shows: "eu-central-1e",
            },
            "network.endpointClientSecurityGroupId": {
                to: "sg-9",
                at: [type.instance, "vpcSecurityGroupIds"],
            },
            "keys.volumeKeyArn": { to: key("other"), at: [type.volume, "kmsKeyId"] },
            "keys.secretKeyArn": {
                to: key("cluster-secret"),
                at: [type.bucketEncryption, "rules"],
            },
            keyAdministratorArns: {
                to: ["arn:aws:iam::111122223333:role/administrator"],
                at: [type.key, "policy"],
                shows: "role/administrator",
            },
            "auditLog.logGroups.systemLogGroupArn": {
                to: logGroup("system"),
                at: [type.rolePolicy, "policy"],
            },
            "auditLog.logGroups.securityLogGroupArn": {
                to: logGroup("security"),
                at: [type.rolePolicy, "policy"],
            },
            "auditLog.logGroups.applicationLogGroupArn": {
                to: logGroup("application"),
                at: [type.rolePolicy, "policy"],
            },
            "auditLog.logGroups.sessionLogGroupArn": {
                to: logGroup("session"),
                at: [type.rolePolicy, "policy"],
            },
            "auditLog.logGroups.patchLogGroupArn": {
                to: logGroup("patch"),
                at: [type.rolePolicy, "policy"],
            },
            "auditLog.alarmTopicArn": { to: topic("other"), at: [type.alarm, "alarmActions"] },
            "auditLog.archiveBucketArn": {
                to: "arn:aws:s3:::elsewhere",
                at: [type.command, "environment.KEYWARD_ARCHIVE"],
                shows: "elsewhere/logs/",
            },
            "auditLog.archiveAccountId": {
                to: "444455556666",
                at: [type.command, "environment.KEYWARD_ARCHIVE_ACCOUNT"],
            },
            patchGroup: { to: "ring-9", at: [type.instance, "tags.PatchGroup"] },
            hostedZoneId: { to: "Z9", at: [type.record, "zoneId"] },
            "clients[0].name": { to: "billing", at: [type.ingress, "description"] },
            "clients[0].securityGroupId": {
                to: "sg-billing",
                at: [type.ingress, "referencedSecurityGroupId"],
            },
            instanceType: { to: "m7i.xlarge", at: [type.instance, "instanceType"] },
            imageId: { to: "ami-0fedcba9876543210", at: [type.instance, "ami"] },
            "software.artifactBucket": { to: "other-programs", at: [type.rolePolicy, "policy"] },
            "software.artifactKey": { to: "programs/bao-9", at: [type.rolePolicy, "policy"] },
            "software.artifactSha256": {
                to: "2".repeat(64),
                at: [type.bucketObject, "source"],
            },
            dataVolumeGibibytes: { to: 77, at: [type.volume, "size"] },
            backupRetentionDays: { to: 51, at: [type.backupPlan, "rules"] },
            verifyCommand: { to: "npx keyward verify", at: [type.command, "create"] },
            verifyMinutes: {
                to: 33,
                at: [type.command, "environment.KEYWARD_TIME_LIMIT_SECONDS"],
                shows: "1980",
            },
            permissionsBoundaryArn: {
                to: "arn:aws:iam::111122223333:policy/boundary",
                at: [type.role, "permissionsBoundary"],
            },
            region: { to: region, at: [type.instance, "region"] },
            tags: { to: tags, at: [type.instance, "tags"], shows: "security" },
            serverUnderMaintenance: {
                to: 2,
                at: [type.instance, "disableApiTermination"],
                shows: "false",
            },
        },
    },
    ...single(adoptingClusterArgs, {
        workload: { to: "ejbca", at: [type.listener, "port"], shows: "8443" },
        servicePorts: { to: [9443], at: [type.listener, "port"], shows: "9443" },
        size: { to: 5, at: [type.instance, "@name"], shows: "bao-5" },
        architecture: { to: "arm64", at: [type.instance, "instanceType"], shows: "m7g.large" },
        exemptions: {
            to: [exemption],
            at: [type.document, "content"],
            shows: "mount-tmp on server-2.bao.internal until 2027-02-01 (tmp-for-the-agent)",
        },
    }),
    ...single(
        { ...adoptingClusterArgs, exemptions: [exemption] },
        {
            "exemptions[0].id": { to: "tmp-again", at: [type.document, "content"] },
            "exemptions[0].policy": { to: "mount-var-tmp", at: [type.document, "content"] },
            "exemptions[0].scope.urn": {
                to: exemption.scope.urn.replace("bao-2", "bao-3"),
                at: [type.document, "content"],
                shows: "server-3.bao.internal until",
            },
            "exemptions[0].expires": { to: "2027-01-31", at: [type.document, "content"] },
            "exemptions[0].created": { to: "2025-12-01", at: { refused: "exemptions[0]" } },
            "exemptions[0].reason": { to: "because", at: { refused: "exemptions[0]" } },
            "exemptions[0].owner": { to: " ", at: { refused: "exemptions[0]" } },
            "exemptions[0].approver": { to: " ", at: { refused: "exemptions[0]" } },
            "exemptions[0].ticket": { to: " ", at: { refused: "exemptions[0]" } },
            "exemptions[0].compensatingControl": {
                to: "only administrators may log in",
                at: [type.document, "content"],
            },
        },
    ),
    ...single(adoptingClusterArgs, {
        verifyAfterBoot: { to: false, at: [type.command, "@name"], shows: "[]" },
        "software.packageName": {
            to: "openbao-hsm",
            at: [type.bucketObject, "source"],
        },
        "clients[0]": {
            to: { name: "payment service", cidrBlock: "10.30.0.0/20" },
            at: [type.ingress, "cidrIpv4"],
            shows: "10.30.0.0/20",
        },
    }),
    ...single(
        { ...adoptingClusterArgs, size: 1, environment: "development" },
        {
            environment: { to: "production", at: { refused: "size" } },
            disposable: { to: true, at: [type.volume, "@protect"], shows: "false" },
        },
    ),
    ...single(adoptingClusterArgs, {
        certificateAuthorityArn: {
            to: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/two",
            at: [type.rolePolicy, "policy"],
        },
        certificateDays: { to: 19, at: [type.bucketObject, "source"], packed: true },
        imageParameterName: {
            to: "/imagebuilder/vault",
            at: [type.instance, "ami"],
            shows: "ami-0fedcba9876543210",
        },
    }),
    ...single(
        { ...adoptingClusterArgs, imageId: "ami-0123456789abcdef0", serverUnderMaintenance: 2 },
        {
            maintenanceChangesServer: {
                to: true,
                at: [type.instance, "@ignoreChanges"],
                shows: '["userData","userDataBase64"]',
            },
        },
    ),
    ...single(
        { ...adoptingClusterArgs, packageMirror: mirror },
        {
            operatingSystem: {
                to: "debian-12",
                at: [type.bucketObject, "source"],
                shows: "debian",
            },
        },
    ),
    ...single(onDebian, {
        "packageMirror.url": {
            to: "https://mirror.internal:8443/debian",
            at: [type.egress, "toPort"],
            shows: "8443",
        },
        "packageMirror.cidrBlock": { to: "10.9.1.0/24", at: [type.egress, "cidrIpv4"] },
        packageMirror: {
            to: { url: mirror.url, securityGroupId: "sg-mirror" },
            at: [type.egress, "referencedSecurityGroupId"],
            shows: "sg-mirror",
        },
    }),
    ...single(custom, {
        workloadUser: { to: "broker", at: [type.instance, "userData"] },
        workloadUnit: { to: "broker.service", at: [type.instance, "userData"] },
    }),
    {
        component: "KeyServerCluster",
        from: fresh,
        changes: {
            cidrBlock: { to: "10.90.0.0/22", at: [type.vpc, "cidrBlock"] },
            availabilityZones: {
                to: ["eu-central-1d", "eu-central-1e", "eu-central-1f"],
                at: [type.subnet, "availabilityZone"],
                shows: "eu-central-1e",
            },
            clientNames: { to: ["billing"], at: [type.securityGroup, "@name"], shows: "billing" },
            packageMirror: {
                to: { ...mirror, transitGatewayId: "tgw-0123456789abcdef0" },
                at: [type.routeTable, "routes"],
                shows: "tgw-0123456789abcdef0",
            },
        },
    },
    {
        component: "KeyServerCluster",
        from: fresh,
        changes: {
            packageMirror: {
                to: { ...mirror, vpcPeeringConnectionId: "pcx-0123456789abcdef0" },
                at: [type.routeTable, "routes"],
                shows: "pcx-0123456789abcdef0",
            },
        },
    },
    {
        component: "KeyServerCluster",
        from: { ...fresh, keys: { ...adoptingClusterArgs.keys, logKeyAliasArn: key("alias") } },
        changes: {
            "keys.logKeyArn": { to: key("other"), at: [type.logGroup, "kmsKeyId"] },
            "keys.logKeyAliasArn": { to: key("name"), at: [type.document, "content"] },
        },
    },
];

function single(from: object, changes: Scenario["changes"]): readonly Scenario[] {
    return Object.entries(changes).map(([path, effect]) => ({
        component: "KeyServerCluster",
        from,
        changes: { [path]: effect },
    }));
}
